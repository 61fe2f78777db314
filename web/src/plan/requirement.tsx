// Required and on duty through the day, as steps; one group at a time.

import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { t } from '../i18n';
import { clock as hhmm, number } from '../format';
import { lang } from '../state/store';
import type { Rate } from '../protocol/types';
import { colour } from './figure';

interface StepsProps {
  times: number[];
  step: number;
  required: Rate[];
  staffed: number[];
  look: string;
  label: string;
}

// A last point, so that the last step has its width.
const closed = <T,>(row: T[]): T[] => (row.length ? [...row, row[row.length - 1]!] : row);

export function Steps({ times, step, required, staffed, look, label }: StepsProps) {
  const place = useRef<HTMLDivElement>(null);
  const l = lang.value;
  useEffect(() => {
    const element = place.current!;
    const stepped = uPlot.paths.stepped!({ align: 1 });
    const axis = {
      stroke: colour('--ink-2'),
      font: '11px system-ui, sans-serif',
      grid: { stroke: colour('--grid'), width: 1 },
      ticks: { show: false },
    };
    const x = [...times, (times[times.length - 1] ?? 0) + step];
    const need = x.map((_, i) => closed(required)[i] ?? null);
    const there = x.map((_, i) => closed(staffed)[i] ?? null);
    const options: uPlot.Options = {
      width: Math.max(120, element.clientWidth),
      height: 220,
      padding: [10, 20, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: false, y: false } },
      scales: {
        x: { time: false, range: () => [x[0]!, x[x.length - 1]!] },
        y: { range: (_, __, high) => [0, Math.max(5, high * 1.08)] },
      },
      axes: [
        {
          ...axis,
          size: 26,
          splits: (u) => {
            const every = u.width < 500 ? 14400 : 7200;
            const first = Math.ceil(x[0]! / every) * every;
            const n = Math.floor((x[x.length - 1]! - first) / every) + 1;
            return Array.from({ length: Math.max(0, n) }, (_, i) => first + i * every);
          },
          values: (_, ticks) => ticks.map(hhmm),
        },
        { ...axis, size: 44, values: (_, ticks) => ticks.map((v) => number(v, l)) },
      ],
      series: [
        {},
        {
          stroke: colour('--without'),
          fill: colour('--without-fill'),
          width: 1.5,
          paths: stepped,
          points: { show: false },
        },
        { stroke: colour('--with'), width: 2, paths: stepped, points: { show: false } },
      ],
    };
    const plot = new uPlot(options, [x, there, need] as uPlot.AlignedData, element);
    const observer = new ResizeObserver(() =>
      plot.setSize({ width: Math.max(120, element.clientWidth), height: 220 }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [times, required, staffed, look, l]);
  return <div class="chart" role="img" aria-label={label} ref={place} />;
}

export function StepsLegend() {
  return (
    <ul class="legend">
      <li>
        <i class="line line-with" /> {t('plan.required')}
      </li>
      <li>
        <i class="line line-without line-solid" /> {t('plan.staffed')}
      </li>
    </ul>
  );
}
