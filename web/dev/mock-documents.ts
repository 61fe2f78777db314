// Test equipment: the documents of the protocol, from the made-up centre.

import type {
  Advice,
  Bands,
  Command,
  Fan,
  History,
  Plan,
  State,
  WhatIf,
} from '../src/protocol/types';
import {
  carryOut,
  extra,
  factor,
  figuresOf,
  kGroups,
  kInterval,
  kQueues,
  kTypeNames,
  rate,
  staffed,
  sumOf,
  type Data,
} from './mock-centre';

export interface Pace {
  speed: number | 'max';
  paused: boolean;
  ended: boolean;
  lag: number;
}
export interface Extras {
  futures: Bands | null;
  whatIf: WhatIf | null;
  advice: Advice | null;
}

const kDay = 86400;
const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
const hms = (s: number): string => `${two(s / 3600)}:${two((s / 60) % 60)}:${two(s % 60)}`;

export function stateOf(id: string, data: Data, pace: Pace, extras: Extras): State {
  const index = Math.min(47, Math.floor(data.now / kInterval));
  const row = data.tallies[index];
  const scope = (name: string) => ({
    day: figuresOf(sumOf(data.tallies.map((t) => t?.[name]))),
    now: figuresOf(sumOf([row?.[name]])),
  });
  const figures = scope('total');
  const goals: [string, string, number][] = [
    ['answer_rate', 'total', 0.95],
    ['service_level', 'total', 0.8],
    ['loss_rate', 'total', 0.005],
    ['service_level', 'vip', 0.85],
  ];
  const state: State = {
    session: { id, title: 'Mock centre 示例中心', scenario: 'mock', seed: 1, version: 'mock' },
    clock: {
      now: data.now,
      text: hms(data.now),
      day: 0,
      date: '2026-05-04',
      speed: pace.speed,
      paused: pace.paused,
      ended: pace.ended,
      lag_ms: pace.lag,
      opens: 0,
      closes: kDay,
      interval: { index, start: index * kInterval, end: (index + 1) * kInterval },
      events: data.events,
    },
    figures,
    queues: {},
    lines: {},
    menus: { in_menus: data.menus.length, ports: 60, by_menu: { welcome: 0, advice: 0 } },
    groups: {},
    targets: goals.map(([metric, of, goal]) => {
      const day = of === 'total' ? figures.day : scope(of).day;
      const value = day[metric as 'answer_rate'];
      const met = value == null ? null : metric === 'loss_rate' ? value <= goal : value >= goal;
      return {
        metric,
        scope: of === 'total' ? null : of,
        text: `${metric} ${goal}`,
        text_zh: `${metric} ${goal}`,
        goal,
        value,
        met,
      };
    }),
    active: data.active.map((row) => ({
      ...row,
      kind: 'command',
      text: row.command.do === 'surge' ? 'Surge of calls' : row.command.do,
      text_zh: row.command.do === 'surge' ? '话务突增' : row.command.do,
    })),
    log: data.log,
    futures: extras.futures,
    what_if: extras.whatIf,
    advice: extras.advice,
    twin: null,
  };
  for (const name of kQueues) {
    const mine = data.waiting.filter((c) => c.queue === name);
    const longest_s = mine.length ? data.now - Math.min(...mine.map((c) => c.since)) : 0;
    state.queues[name] = {
      waiting: mine.length,
      longest_s,
      backlog: 0,
      callbacks: 0,
      ...scope(name),
    };
  }
  for (const [name, { service, lines }] of Object.entries(data.trunks)) {
    state.lines[name] = { in_use: data.used[name]!, in_service: service, lines };
  }
  for (const { menu } of data.menus) state.menus!.by_menu[menu]! += 1;
  for (const name of Object.keys(kGroups)) {
    const agents: Record<string, number> = {};
    for (const a of data.agents) if (a.group === name) agents[a.state] = (agents[a.state] ?? 0) + 1;
    const on = data.agents.filter((a) => a.group === name && a.state !== 'off').length;
    const busy = (agents['talk'] ?? 0) + (agents['wrap'] ?? 0);
    const occupancy = on ? busy / Math.max(1, busy + (agents['available'] ?? 0)) : null;
    const spare = data.agents.filter((a) => a.group === name).length - on;
    state.groups[name] = { agents, staffed: on, spare, lent_in: 0, lent_out: 0, occupancy };
  }
  return state;
}

export function historyOf(data: Data): History {
  const intervals = data.tallies.map((row, i) => ({
    start: i * kInterval,
    figures: figuresOf(sumOf([row?.['total']])),
    queues: Object.fromEntries(kQueues.map((q) => [q, figuresOf(sumOf([row?.[q]]))])),
  }));
  return { interval_s: kInterval, intervals };
}

function fan(times: number[], at: (t: number, luck: number) => number): Fan {
  const line = (luck: number) => times.map((t) => at(t, luck));
  return { p10: line(-1), p50: line(0), p90: line(1) };
}

// A guess at the rest of the day from load against staff; `commands` are carried out on a copy.
export function bandsOf(before: Data, commands: Command[], paths: number): Bands {
  const data = structuredClone(before);
  for (const command of commands) carryOut(data, command);
  const first = Math.floor(data.now / kInterval) + 1;
  const times = Array.from({ length: 49 - first }, (_, i) => (first + i) * kInterval);
  const rho = (t: number, luck: number): number => {
    const until = (a: { until: number | null }) => a.until == null || a.until > t - kInterval;
    const now = { ...data, active: data.active.filter(until) };
    const agents = ['inbound', 'flex'].reduce((n, g) => n + staffed(g, t - 1) + extra(now, g), 0);
    const load = (rate(t - kInterval / 2) * factor(now) * 0.8 * 180) / 3600;
    return (load * (1 - 0.05 * luck)) / Math.max(1, agents);
  };
  const good = (t: number, luck: number, at: number) =>
    1 / (1 + Math.exp(22 * (rho(t, luck) - at)));
  const bounded = (v: number) => Math.min(1, Math.max(0, v));
  const series: Bands['series'] = {
    service_level: fan(times, (t, luck) => bounded(0.97 * good(t, luck, 0.98))),
    answer_rate: fan(times, (t, luck) => bounded(0.6 + 0.39 * good(t, luck, 1.03))),
    loss_rate: fan(times, (t, luck) => bounded(0.02 * (1 - good(t, -luck, 1.02)))),
    waiting: fan(times, (t, luck) => Math.max(0, 40 * (rho(t, -luck) - 0.75))),
    occupancy: fan(times, (t, luck) => bounded(rho(t, -luck))),
  };
  const mean = (key: keyof Bands['series'], p: keyof Fan) =>
    series[key][p].reduce<number>((sum, v) => sum + (v ?? 0), 0) / Math.max(1, times.length);
  const day: Bands['day'] = {};
  for (const key of ['service_level', 'answer_rate', 'loss_rate', 'occupancy'] as const) {
    const m = mean(key, 'p50');
    day[key] = {
      mean: m,
      low: m - 0.004,
      high: m + 0.004,
      p10: mean(key, 'p10'),
      p90: mean(key, 'p90'),
    };
  }
  const chance = (key: keyof Bands['series'], goal: number) =>
    bounded(0.5 + (mean(key, 'p50') - goal) * 6);
  const targets = [
    { index: 0, chance: chance('answer_rate', 0.95) },
    { index: 1, chance: chance('service_level', 0.8) },
    { index: 2, chance: 0.9 },
    { index: 3, chance: chance('service_level', 0.85) },
  ];
  return { made_at: data.now, until: kDay, paths, seconds: 0.31, times, series, day, targets };
}

export function whatIfOf(data: Data, id: string, commands: Command[], paths: number): WhatIf {
  const without = bandsOf(data, [], paths);
  const bands = bandsOf(data, commands, paths);
  const differences = Object.keys(bands.day).map((metric) => {
    const mean = bands.day[metric]!.mean! - without.day[metric]!.mean!;
    return { metric, scope: null, mean, low: mean - 0.003, high: mean + 0.003 };
  });
  return { id, with: commands, state: 'done', progress: 1, bands, without, differences };
}

export function adviceOf(data: Data, id: string): Advice {
  const tries: [string, string, number, Command[]][] = [
    ['4 more flex agents', '机动组增加 4 人', 960, [{ do: 'agents', group: 'flex', by: 4 }]],
    [
      'call in 6 inbound agents',
      '召回 6 名呼入坐席',
      1620,
      [{ do: 'call_in', group: 'inbound', agents: 6 }],
    ],
    ['nothing', '维持现状', 0, []],
  ];
  const base = bandsOf(data, [], 100).day['service_level']!.mean!;
  const candidates = tries.map(([text, text_zh, cost, commands]) => {
    const after = bandsOf(data, commands, 100).day;
    const mean = 100 * (after['service_level']!.mean! - base);
    const gain = { mean, low: mean - 0.4, high: mean + 0.4 };
    return { commands, text, text_zh, cost, figures: after, gain, best_chance: 0 };
  });
  candidates.sort((a, b) => b.gain.mean - a.gain.mean);
  candidates.forEach((c, i) => (c.best_chance = [0.86, 0.13, 0.01][i]!));
  return { id, state: 'done', progress: 1, candidates };
}

const kKpis: [string, string, string, string, string][] = [
  ['service_level', 'Service level', '服务水平', 'A(T) / (A + B + D)  (f3)', 'A(T) / (A + B + D)'],
  ['answer_rate', 'Answer rate', '接通率(人工)', 'A / (A + B + D)', 'A / (A + B + D)'],
  ['loss_rate', 'Loss rate', '呼损率(中继)', 'X / N', 'X / N'],
  ['abandon_rate', 'Abandon rate', '放弃率', 'B / (A + B + D)', 'B / (A + B + D)'],
  ['asa', 'Average speed of answer', '平均应答速度', 'wait of answered / A', '接通等待 / A'],
  [
    'aht',
    'Average handle time',
    '平均处理时长',
    '(talk + hold + wrap) / A',
    '(通话 + 保持 + 话后) / A',
  ],
  ['occupancy', 'Occupancy', '利用率(话务)', 'busy / (busy + available)', '忙 / (忙 + 空闲)'],
  ['attempts', 'Attempts', '呼入量', 'N', 'N'],
  ['offered', 'Offered to agents', '人工请求量', 'O', 'O'],
  ['answered', 'Answered', '接通量', 'A', 'A'],
  ['abandoned', 'Abandoned', '放弃量', 'B', 'B'],
  ['blocked', 'Blocked', '呼损量', 'X', 'X'],
];

export function planOf(id: string): Plan {
  const start_s = Array.from({ length: 48 }, (_, i) => i * kInterval);
  const need = (t: number) => (rate(t + 900) * 0.8 * 180) / 3600;
  const shifts = [6, 7.5, 8, 9, 10, 13, 14, 22].flatMap((hour, i) => {
    const start = hour * 3600;
    const group = i % 4 === 3 ? 'flex' : 'inbound';
    const breaks: [number, number][] = [
      [start + 7200, start + 8100],
      [start + 14400, start + 16200],
      [start + 23400, start + 24300],
    ];
    return [
      {
        group,
        name: hour < 11 ? 'day8' : 'late8',
        agents: 4 + (i % 3) * 5,
        start,
        end: start + 30600,
        breaks,
      },
    ];
  });
  return {
    session: id,
    currency: 'CNY',
    interval_s: kInterval,
    opens: 0,
    closes: kDay,
    queues: kQueues.map((name) => ({ name, answer_within_s: 15 })),
    groups: Object.entries(kGroups).map(([name, agents]) => ({
      name,
      kind: name,
      agents,
      spare: 12,
    })),
    trunks: [{ name: 'main' }, { name: 'mobile' }],
    types: kTypeNames.map((name) => ({ name })),
    menus: [
      {
        name: 'welcome',
        options: [
          { key: '1', to: 'advice', share: 0.4 },
          { key: '0', to: 'general', share: 0.6 },
        ],
      },
      { name: 'advice', options: [{ key: '1', to: 'self_service', share: 0.22 }] },
    ],
    requirement: {
      start_s,
      inbound: start_s.map((t) => Math.round(need(t) * 0.86 * 10) / 10),
      flex: start_s.map((t) => Math.round(need(t) * 0.16 * 10) / 10),
    } as Plan['requirement'],
    staffed: Object.fromEntries(
      Object.keys(kGroups).map((g) => [g, start_s.map((t) => staffed(g, t))]),
    ),
    forecast: start_s.map((t) => Math.round(rate(t) / 2)),
    shifts,
    kpis: kKpis.map(([key, name, name_zh, formula, formula_zh]) => ({
      key,
      name,
      name_zh,
      formula,
      formula_zh,
    })),
  } as Plan;
}
