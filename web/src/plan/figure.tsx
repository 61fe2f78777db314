// An ECharts picture in its place: sized by it, and drawn again when its option or the colours
// change.

import { useEffect, useRef } from 'preact/hooks';
import { init, type EChartsCoreOption, type EChartsType } from './echarts';

interface FigureProps {
  option: EChartsCoreOption;
  height: number;
  label: string;
}

export function Figure({ option, height, label }: FigureProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  useEffect(() => {
    const element = place.current!;
    chart.current = init(element, null, { renderer: 'canvas' });
    const observer = new ResizeObserver(() => chart.current?.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
    chart.current?.resize();
  }, [option, height]);
  return (
    <div class="figure" role="img" aria-label={label}>
      <div ref={place} style={{ height: `${height}px` }} />
    </div>
  );
}

export const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// What stands in a tooltip, as elements: user text never becomes markup.
export function tipOf(head: string, lines: string[]): HTMLElement {
  const box = document.createElement('div');
  const bold = document.createElement('b');
  bold.textContent = head;
  box.append(bold);
  for (const line of lines) {
    const row = document.createElement('div');
    row.textContent = line;
    box.append(row);
  }
  return box;
}

export const tooltipLook = () => ({
  backgroundColor: colour('--panel-3'),
  borderColor: colour('--line'),
  textStyle: { color: colour('--ink'), fontSize: 12 },
  transitionDuration: 0,
  confine: true,
});

export const textLook = () => ({ color: colour('--ink-2'), fontSize: 11 });
