// From history and futures to the columns of a chart. Times are seconds; an interval's figure
// stands at its middle, the callers who wait at the moment itself.

import type { Bands, Fan, History, Rate, SeriesKey } from '../protocol/types';

export type Columns = [number[], ...Rate[][]];

// Columns: time, past, then p10, p50, p90 without, then the same with the change.
export interface ChartData {
  columns: Columns;
  now: number;
}

interface Sources {
  metric: SeriesKey;
  now: number;
  current: Rate; // of the interval at hand
  intervalStart: number;
  history: History | null;
  samples: [number, number][];
  without: Bands | null;
  with: Bands | null;
}

type Row = Rate[];

class Table {
  private readonly rows = new Map<number, Row>();
  constructor(private readonly width: number) {}

  put(time: number, column: number, value: Rate | undefined): void {
    let row = this.rows.get(time);
    if (!row) {
      row = new Array<Rate>(this.width).fill(null);
      this.rows.set(time, row);
    }
    row[column] = value ?? null;
  }

  columns(): Columns {
    const times = [...this.rows.keys()].sort((a, b) => a - b);
    const columns: Columns = [times];
    for (let c = 0; c < this.width; ++c)
      columns.push(times.map((time) => this.rows.get(time)![c]!));
    return columns;
  }
}

export function chartData(from: Sources): ChartData {
  const table = new Table(7);
  const moments = from.metric === 'waiting';
  if (moments) {
    for (const [at, n] of from.samples) table.put(at, 0, n);
    table.put(from.now, 0, from.current);
  } else {
    const key = from.metric as Exclude<SeriesKey, 'waiting'>;
    const step = from.history?.interval_s ?? 0;
    for (const interval of from.history?.intervals ?? []) {
      if (interval.start + step > from.now) continue;
      table.put(interval.start + step / 2, 0, interval.figures[key]);
    }
    table.put((from.intervalStart + from.now) / 2, 0, from.current);
  }
  putFan(table, from.without, from, 1);
  putFan(table, from.with, from, 4);
  return { columns: table.columns(), now: from.now };
}

function putFan(table: Table, bands: Bands | null, from: Sources, column: number): void {
  const fan: Fan | undefined = bands?.series?.[from.metric];
  if (!bands || !fan) return;
  const times = bands.times;
  const step = times.length > 1 ? times[1]! - times[0]! : (from.history?.interval_s ?? 0);
  const shift = from.metric === 'waiting' ? 0 : step / 2;
  times.forEach((time, i) => {
    const at = time - shift;
    table.put(at, column, fan.p10[i]);
    table.put(at, column + 1, fan.p50[i]);
    table.put(at, column + 2, fan.p90[i]);
  });
}

// The scale of an indicator: shares of what is worth seeing, numbers from 0.
export function range(metric: SeriesKey, columns: Columns, goal: number | null): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const column of columns.slice(1) as Rate[][]) {
    for (const value of column) {
      if (value == null) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (goal != null) {
    low = Math.min(low, goal);
    high = Math.max(high, goal);
  }
  if (low === Infinity) return metric === 'waiting' ? [0, 10] : [0, 1];
  if (metric === 'waiting') return [0, Math.max(5, Math.ceil(high * 1.08))];
  if (metric === 'loss_rate') return [0, Math.min(1, Math.max(0.01, high * 1.15))];
  const pad = Math.max(0.02, (high - low) * 0.08);
  return [
    Math.max(0, Math.floor((low - pad) * 20) / 20),
    Math.min(1, Math.ceil((high + pad) * 20) / 20),
  ];
}
