// uPlot as a component: colours from the style sheet, sizes from its place, new data without a new
// chart. What it draws is also there as a table (timeline.tsx).

import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Columns } from './series';

export interface FanChartProps {
  columns: Columns;
  now: number;
  goal: number | null;
  from: number;
  to: number;
  scale: [number, number];
  height: number;
  label: string;
  look: string; // changes when colours do
  show: { past: boolean; without: boolean; with: boolean };
  value: (v: number) => string;
  time: (seconds: number) => string;
}

const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function hoursBetween(from: number, to: number, width: number): number[] {
  const most = Math.max(2, Math.floor(width / 56));
  const step = [900, 1800, 3600, 7200, 10800, 14400, 21600, 43200].find(
    (s) => (to - from) / s <= most,
  );
  const every = step ?? 86400;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / every) * every; at <= to; at += every) ticks.push(at);
  return ticks;
}

function options(props: { current: FanChartProps }, width: number): uPlot.Options {
  const { show } = props.current;
  const past = colour('--past');
  const without = colour('--without');
  const withIt = colour('--with');
  const axis = {
    stroke: colour('--ink-2'),
    font: '11px system-ui, sans-serif',
    grid: { stroke: colour('--grid'), width: 1 },
    ticks: { show: false },
  };
  const edge = { width: 0, points: { show: false } };
  return {
    width,
    height: props.current.height,
    padding: [10, 20, 0, 0],
    legend: { show: false },
    cursor: { points: { size: 6 }, drag: { x: false, y: false } },
    scales: {
      x: { time: false, range: () => [props.current.from, props.current.to] },
      y: { range: () => props.current.scale },
    },
    axes: [
      {
        ...axis,
        size: 26,
        splits: (u) => hoursBetween(props.current.from, props.current.to, u.width),
        values: (_, ticks) => ticks.map((at) => props.current.time(at)),
      },
      { ...axis, size: 50, values: (_, ticks) => ticks.map((v) => props.current.value(v)) },
    ],
    series: [
      {},
      { stroke: past, width: 2, spanGaps: true, show: show.past, points: { show: false } },
      { ...edge, show: show.without },
      { stroke: without, width: 1.75, dash: [5, 3], show: show.without, points: { show: false } },
      { ...edge, show: show.without },
      { ...edge, show: show.with },
      { stroke: withIt, width: 2, show: show.with, points: { show: false } },
      { ...edge, show: show.with },
    ],
    bands: [
      { series: [4, 2], fill: colour('--without-fill') },
      { series: [7, 5], fill: colour('--with-fill') },
    ],
    hooks: {
      drawClear: [
        (u) => {
          // The past lies on a ground of its own.
          const x = u.valToPos(Math.min(props.current.now, props.current.to), 'x', true);
          u.ctx.fillStyle = colour('--past-ground');
          u.ctx.fillRect(u.bbox.left, u.bbox.top, Math.max(0, x - u.bbox.left), u.bbox.height);
        },
      ],
      draw: [
        (u) => {
          const { goal, now } = props.current;
          const ctx = u.ctx;
          ctx.save();
          ctx.lineWidth = devicePixelRatio;
          if (goal != null) {
            const y = Math.round(u.valToPos(goal, 'y', true));
            ctx.strokeStyle = colour('--goal');
            ctx.setLineDash([2 * devicePixelRatio, 4 * devicePixelRatio]);
            ctx.beginPath();
            ctx.moveTo(u.bbox.left, y);
            ctx.lineTo(u.bbox.left + u.bbox.width, y);
            ctx.stroke();
          }
          if (now >= props.current.from && now <= props.current.to) {
            const x = Math.round(u.valToPos(now, 'x', true));
            ctx.strokeStyle = colour('--ink-2');
            ctx.setLineDash([]);
            ctx.beginPath();
            ctx.moveTo(x, u.bbox.top);
            ctx.lineTo(x, u.bbox.top + u.bbox.height);
            ctx.stroke();
          }
          ctx.restore();
        },
      ],
    },
  };
}

interface ReadoutRow {
  name: string;
  text: string;
}

export interface FanChartMore {
  readout?: (index: number) => { time: string; rows: ReadoutRow[] };
}

export function FanChart(props: FanChartProps & FanChartMore) {
  const place = useRef<HTMLDivElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const shape = `${props.look} ${props.height} ${JSON.stringify(props.show)}`;

  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const width = Math.max(120, element.clientWidth);
    const plot = new uPlot(
      options(latest, width),
      latest.current.columns as uPlot.AlignedData,
      element,
    );
    plot.hooks.setCursor = [(u: uPlot) => showTip(u, tip.current, latest.current)];
    chart.current = plot;
    const observer = new ResizeObserver(() => {
      const now = Math.max(120, element.clientWidth);
      if (now !== plot.width) plot.setSize({ width: now, height: latest.current.height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, [shape]);

  useEffect(() => {
    chart.current?.setData(props.columns as uPlot.AlignedData);
  }, [props.columns, props.scale[0], props.scale[1], props.from, props.to, props.goal]);

  return (
    <div class="chart" role="img" aria-label={props.label}>
      <div ref={place} />
      <div ref={tip} class="chart-tip" hidden />
    </div>
  );
}

function showTip(u: uPlot, tip: HTMLDivElement | null, props: FanChartProps & FanChartMore): void {
  if (!tip || !props.readout) return;
  const index = u.cursor.idx;
  if (index == null || (u.cursor.left ?? -1) < 0) {
    tip.hidden = true;
    return;
  }
  const { time, rows } = props.readout(index);
  tip.hidden = rows.length === 0;
  const head = document.createElement('b');
  head.textContent = time;
  const lines = rows.map(({ name, text }) => {
    const row = document.createElement('span');
    row.textContent = `${name} ${text}`;
    return row;
  });
  tip.replaceChildren(head, ...lines);
  const left = u.cursor.left ?? 0;
  const right = left > u.over.clientWidth / 2;
  tip.style.left = right ? '' : `${left + 64}px`;
  tip.style.right = right ? `${u.over.clientWidth - left + 24}px` : '';
}
