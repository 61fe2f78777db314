import { useMemo } from 'preact/hooks';
import { t } from '../i18n';
import { clock as hhmm, number } from '../format';
import { lang } from '../state/store';
import type { Plan } from '../protocol/types';
import { coverOf, overText, starts, type CoverRow } from './cover';
import { colour, Figure, textLook, tipOf, tooltipLook } from './figure';
import type { EChartsCoreOption } from './echarts';

type Params = { value: [number, number, number] };

function optionOf(rows: CoverRow[], times: number[]): EChartsCoreOption {
  const l = lang.value;
  const cells = rows.flatMap((row, y) =>
    row.over.flatMap((over, x) => (over == null ? [] : [[x, y, Math.round(over * 10) / 10]])),
  );
  const widest = Math.max(1, ...cells.map((cell) => Math.abs(cell[2]!)));
  return {
    animation: false,
    grid: { left: 4, right: 8, top: 6, bottom: 4, containLabel: true },
    tooltip: {
      ...tooltipLook(),
      formatter: ({ value: [x, y, over] }: Params) => {
        const row = rows[y]!;
        return tipOf(`${row.group} ${hhmm(times[x]!)}`, [
          `${t('plan.required')} ${number(row.required[x], l, 1)}`,
          `${t('plan.staffed')} ${number(row.staffed[x], l)}`,
          overText(over),
        ]);
      },
    },
    xAxis: {
      type: 'category',
      data: times.map(hhmm),
      axisLabel: textLook(),
      axisLine: { show: false },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map((row) => row.group),
      axisLabel: textLook(),
      axisLine: { show: false },
      axisTick: { show: false },
    },
    visualMap: {
      show: false,
      min: -widest,
      max: widest,
      inRange: { color: [colour('--under'), colour('--even'), colour('--over')] },
    },
    series: [
      {
        type: 'heatmap',
        data: cells,
        label: {
          show: times.length <= 60 || rows.length <= 4,
          fontSize: 10,
          color: colour('--cell-ink'),
          formatter: ({ value }: Params) => overText(value[2]).replace('+', ''),
        },
        labelLayout: { hideOverlap: true },
        itemStyle: { borderColor: colour('--panel'), borderWidth: 1 },
        emphasis: { itemStyle: { borderColor: colour('--ink'), borderWidth: 1.5 } },
      },
    ],
  };
}

export function Heatmap({ plan, look }: { plan: Plan; look: string }) {
  const rows = useMemo(
    () => coverOf(plan).filter((row) => row.over.some((v) => v != null)),
    [plan],
  );
  const times = useMemo(() => starts(plan), [plan]);
  const option = useMemo(() => optionOf(rows, times), [rows, times, look, lang.value]);
  if (!rows.length) return <p class="quiet">{t('plan.none')}</p>;
  const height = 44 + 34 * rows.length;
  return <Figure option={option} height={height} label={t('plan.heatmap.text')} />;
}
