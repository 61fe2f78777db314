// The parts of ECharts that the plan view needs; loaded only with that view.
import { CustomChart, HeatmapChart } from 'echarts/charts';
import { GridComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([
  CanvasRenderer,
  CustomChart,
  GridComponent,
  HeatmapChart,
  TooltipComponent,
  VisualMapComponent,
]);

export { init, type EChartsCoreOption, type EChartsType };
