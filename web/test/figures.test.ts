import { describe, expect, it } from 'vitest';
import { fromSlider, toSlider } from '../src/controls/clock-bar';
import { assignSeats, perMark, scaled } from '../src/floor/seats';
import { clock, difference, metric, parseClock, percent, speed, wait } from '../src/format';
import { coverOf, overText } from '../src/plan/cover';
import type { Bands, Plan } from '../src/protocol/types';
import { nextSpeed } from '../src/state/actions';
import { chartData, range } from '../src/timeline/series';
import { goalText, judge } from '../src/wallboard/judge';
import { readingOf } from '../src/whatif/differences';

describe('figures as text', () => {
  it('has waits, times and shares', () => {
    expect([wait(7.4), wait(187), wait(3729), wait(null)]).toEqual(['7 s', '3:07', '1:02:09', '–']);
    expect([clock(34200), clock(86400), clock(88200)]).toEqual(['09:30', '24:00', '00:30']);
    expect(percent(0.8125, 'en')).toBe('81.3%');
    expect(metric('loss_rate', 0.0051, 'zh')).toBe('0.51%');
    expect(metric('service_level', undefined, 'en')).toBe('–');
    expect([speed(0.1, 'en'), speed(10000, 'en'), speed('max', 'zh')]).toEqual([
      '0.1×',
      '10,000×',
      '最快',
    ]);
  });

  it('shows differences with their sign, shares in points', () => {
    expect(difference('service_level', 0.0312, 'en')).toBe('+3.12');
    expect(difference('asa', -4.25, 'en')).toBe('−4.3');
    expect(difference('answer_rate', 0.00001, 'en')).toBe('±0.00');
  });

  it('reads times that people type', () => {
    expect([parseClock('9:30'), parseClock(' 24:00 ')]).toEqual([34200, 86400]);
    expect([parseClock('25:00'), parseClock('9.30'), parseClock('9:60')]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('speeds', () => {
  it('step up and down, to as fast as it can and back', () => {
    expect([nextSpeed(1, 1), nextSpeed(1, -1), nextSpeed(7, 1), nextSpeed(7, -1)]).toEqual([
      2, 0.5, 10, 5,
    ]);
    expect([nextSpeed(10000, 1), nextSpeed('max', 1), nextSpeed('max', -1)]).toEqual([
      'max',
      'max',
      10000,
    ]);
    expect(nextSpeed(0.1, -1)).toBe(0.1);
  });

  it('go through the slider from 0.1 to 10,000', () => {
    expect([fromSlider(0), fromSlider(20), fromSlider(100)]).toEqual([0.1, 1, 10000]);
    for (const value of [0.1, 1, 10, 100, 1000, 10000])
      expect(fromSlider(toSlider(value))).toBe(value);
  });
});

describe('judging', () => {
  it('knows which way is better', () => {
    expect(judge('service_level', 0.8, 0.8)).toBe('met');
    expect(judge('loss_rate', 0.006, 0.005)).toBe('missed');
    expect(judge('asa', undefined, 20)).toBe('open');
    expect(goalText('loss_rate', 0.005, 'en')).toBe('≤ 0.5%');
    expect(goalText('answer_rate', 0.95, 'en')).toBe('≥ 95%');
  });

  it('reads an interval of differences', () => {
    expect(readingOf('service_level', { mean: 0.1, low: 0.05, high: 0.15 })).toBe('better');
    expect(readingOf('asa', { mean: 2, low: 1, high: 3 })).toBe('worse');
    expect(readingOf('answer_rate', { mean: 0.1, low: -0.1, high: 0.2 })).toBe('unclear');
    expect(readingOf('occupancy', { mean: 0.1, low: 0.05, high: 0.2 })).toBe('more');
  });
});

describe('seats', () => {
  it('keep their state while the numbers allow', () => {
    const before = assignSeats([], { talk: 3, available: 2 });
    expect(before).toEqual(['talk', 'talk', 'talk', 'available', 'available']);
    const after = assignSeats(before, { talk: 3, wrap: 1, available: 2 });
    expect(after).toEqual([...before, 'wrap']);
    expect(assignSeats(after, { talk: 2, wrap: 2, available: 1 })).toEqual([
      'talk',
      'talk',
      'wrap',
      'available',
      'wrap',
    ]);
  });

  it('scale down without losing anybody', () => {
    expect([perMark(240, 240), perMark(900, 240), perMark(9000, 240)]).toEqual([1, 5, 50]);
    const marks = scaled({ talk: 13, wrap: 4, aux: 3 }, 5);
    expect(Object.values(marks).reduce((a, b) => a + b)).toBe(4);
  });
});

const bands: Bands = {
  made_at: 3700,
  until: 10800,
  paths: 2,
  seconds: 1,
  times: [5400, 7200],
  series: {
    service_level: { p10: [0.5, null], p50: [0.7, 0.8], p90: [0.9, 0.95] },
    answer_rate: { p10: [], p50: [], p90: [] },
    loss_rate: { p10: [], p50: [], p90: [] },
    waiting: { p10: [1, 1], p50: [2, 3], p90: [4, 9] },
    occupancy: { p10: [], p50: [], p90: [] },
  },
  day: {},
  targets: [],
};

describe('chart data', () => {
  const past = {
    interval_s: 1800,
    intervals: [{ start: 0, figures: { service_level: 0.9 } }],
  } as never;
  const common = { now: 3700, intervalStart: 3600, history: past, samples: [], with: null };

  it('puts intervals at their middle, and the bands behind them', () => {
    const { columns } = chartData({
      ...common,
      metric: 'service_level',
      current: 0.6,
      without: bands,
    });
    expect(columns[0]).toEqual([900, 3650, 4500, 6300]);
    expect(columns[1]).toEqual([0.9, 0.6, null, null]);
    expect(columns[3]).toEqual([null, null, 0.7, 0.8]);
    expect(columns[2]![3]).toBeNull();
  });

  it('puts waiting at the moment itself', () => {
    const samples: [number, number][] = [[3600, 4]];
    const { columns } = chartData({
      ...common,
      metric: 'waiting',
      current: 5,
      samples,
      without: bands,
    });
    expect(columns[0]).toEqual([3600, 3700, 5400, 7200]);
    expect(columns[1]).toEqual([4, 5, null, null]);
    expect(range('waiting', columns, null)).toEqual([0, 10]);
  });

  it('keeps the goal on the picture', () => {
    expect(range('service_level', [[0], [0.95]], 0.8)[0]).toBeLessThanOrEqual(0.8);
    expect(range('service_level', [[]], null)).toEqual([0, 1]);
  });
});

describe('cover', () => {
  it('is staff less requirement', () => {
    const plan = {
      groups: [{ name: 'a' }, { name: 'none' }],
      requirement: { a: [10.5, null] },
      staffed: { a: [12, 3] },
    } as unknown as Plan;
    expect(coverOf(plan)).toEqual([
      { group: 'a', required: [10.5, null], staffed: [12, 3], over: [1.5, null] },
    ]);
    expect([overText(1.5), overText(-0.24), overText(-3.4), overText(0.01)]).toEqual([
      '+2',
      '−0.2',
      '−3',
      '0',
    ]);
  });
});
