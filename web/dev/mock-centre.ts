// Test equipment: a small made-up centre, second by second, so that the page can be worked on and
// tested without the program. It is no model of anything; callmill is.

import type { Command, Figures, State } from '../src/protocol/types';

interface Agent {
  group: string;
  state: string;
  until: number;
  queue: string;
}
interface Caller {
  since: number;
  gives: number;
  queue: string;
  line: string;
}
interface Tally {
  attempts: number;
  offered: number;
  answered: number;
  within: number;
  abandoned: number;
  blocked: number;
  wait: number;
  handle: number;
  busy: number;
  free: number;
}
interface Lasting {
  seq: number;
  command: Command;
  since: number;
  until: number | null;
}
export interface Data {
  random: number;
  now: number;
  seq: number;
  logSeq: number;
  events: number;
  agents: Agent[];
  waiting: Caller[];
  menus: { until: number; caller: Caller; menu: string }[];
  used: Record<string, number>;
  trunks: Record<string, { service: number; lines: number }>;
  tallies: Record<string, Tally>[];
  active: Lasting[];
  log: State['log'];
  within: number;
}

export const kInterval = 1800;
export const kGroups = { inbound: 41, flex: 9, outbound: 8 };
export const kQueues = ['general', 'vip'];
const kSpare = 12;
const kTypes: Record<string, { share: number; line: string; queue: string }> = {
  resident: { share: 0.62, line: 'main', queue: 'general' },
  mobile: { share: 0.27, line: 'mobile', queue: 'general' },
  enterprise: { share: 0.11, line: 'main', queue: 'vip' },
};
export const kTypeNames = Object.keys(kTypes);

// Calls an hour through the day: two humps.
export function rate(second: number): number {
  const hour = second / 3600;
  const hump = (at: number, wide: number) => Math.exp(-(((hour - at) / wide) ** 2));
  return 90 + 1050 * hump(10.3, 2.1) + 820 * hump(15.2, 2.6) + 160 * hump(20, 2);
}

export function staffed(group: string, second: number): number {
  const most = kGroups[group as keyof typeof kGroups];
  const hour = second / 3600;
  if (group === 'outbound') return hour >= 8.5 && hour < 18 ? most : 0;
  const share = hour < 7 ? 0.22 : hour < 8.5 ? 0.55 : hour < 18 ? 1 : hour < 21 ? 0.5 : 0.25;
  return Math.round(most * share);
}

const empty = (): Tally => ({
  attempts: 0,
  offered: 0,
  answered: 0,
  within: 0,
  abandoned: 0,
  blocked: 0,
  wait: 0,
  handle: 0,
  busy: 0,
  free: 0,
});

export function begin(seed: number, at: number): Data {
  const agents: Agent[] = [];
  for (const [group, n] of Object.entries(kGroups)) {
    for (let i = 0; i < n + kSpare; ++i) agents.push({ group, state: 'off', until: 0, queue: '' });
  }
  const data: Data = {
    random: seed,
    now: 0,
    seq: 0,
    logSeq: 0,
    events: 0,
    agents,
    waiting: [],
    menus: [],
    used: { main: 0, mobile: 0 },
    trunks: { main: { service: 84, lines: 84 }, mobile: { service: 36, lines: 36 } },
    tallies: [],
    active: [],
    log: [],
    within: 15,
  };
  while (data.now < at) tick(data);
  return data;
}

function draw(data: Data): number {
  data.random = (data.random + 0x6d2b79f5) | 0;
  let t = Math.imul(data.random ^ (data.random >>> 15), 1 | data.random);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const spell = (data: Data, mean: number): number => -mean * Math.log(1 - draw(data));

function tally(data: Data, queue: string): Tally {
  const index = Math.floor(data.now / kInterval);
  const row = (data.tallies[index] ??= {});
  return (row[queue] ??= empty());
}

function note(data: Data, kind: string, text: string, textZh: string, command?: number): void {
  const entry = { seq: ++data.logSeq, at: data.now, text, text_zh: textZh, kind };
  data.log.push(command === undefined ? entry : { ...entry, command });
  data.log = data.log.slice(-50);
}

function factor(data: Data): number {
  return data.active.reduce(
    (f, a) => (a.command.do === 'surge' ? f * (a.command['factor'] as number) : f),
    1,
  );
}

function extra(data: Data, group: string): number {
  return data.active.reduce((n, { command }) => {
    if (command['group'] === group && command.do === 'agents') return n + (command['by'] as number);
    if (command['group'] === group && command.do === 'call_in')
      return n + (command['agents'] as number);
    if (command.do !== 'move') return n;
    if (command['group'] === group) return n - (command['agents'] as number);
    return command['to'] === group ? n + (command['agents'] as number) : n;
  }, 0);
}

function arrive(data: Data): void {
  let left = draw(data) < ((rate(data.now) * factor(data)) / 3600) % 1 ? 1 : 0;
  left += Math.floor((rate(data.now) * factor(data)) / 3600);
  for (; left > 0; --left) {
    let pick = draw(data);
    const name = kTypeNames.find((n) => (pick -= kTypes[n]!.share) < 0) ?? 'resident';
    const type = kTypes[name]!;
    tally(data, 'total').attempts += 1;
    data.events += 3;
    if (data.used[type.line]! >= data.trunks[type.line]!.service) {
      tally(data, 'total').blocked += 1;
      continue;
    }
    data.used[type.line]! += 1;
    const caller = { since: 0, gives: 0, queue: type.queue, line: type.line };
    const menu = draw(data) < 0.4 ? 'advice' : 'welcome';
    data.menus.push({ until: data.now + 9 + spell(data, 12), caller, menu });
  }
}

function leaveMenus(data: Data): void {
  const out = data.menus.filter((m) => m.until <= data.now);
  if (!out.length) return;
  data.menus = data.menus.filter((m) => m.until > data.now);
  for (const { caller } of out) {
    if (caller.queue === 'general' && draw(data) < 0.22) {
      data.used[caller.line]! -= 1;
      continue;
    }
    for (const scope of ['total', caller.queue]) tally(data, scope).offered += 1;
    data.waiting.push({ ...caller, since: data.now, gives: data.now + spell(data, 150) });
  }
}

function answer(data: Data, agent: Agent, caller: Caller): void {
  const wait = data.now - caller.since;
  const talk = 40 + spell(data, 110);
  for (const scope of ['total', caller.queue]) {
    const t = tally(data, scope);
    t.answered += 1;
    t.wait += wait;
    t.handle += talk + 35;
    if (wait <= data.within) t.within += 1;
  }
  agent.state = 'talk';
  agent.until = data.now + talk;
  agent.queue = caller.line;
  data.events += 2;
}

function agentsStep(data: Data): void {
  for (const group of Object.keys(kGroups)) {
    const mine = data.agents.filter((a) => a.group === group);
    const want = Math.min(mine.length, Math.max(0, staffed(group, data.now) + extra(data, group)));
    let there = mine.filter((a) => a.state !== 'off').length;
    for (const agent of mine) {
      if (there < want && agent.state === 'off') {
        agent.state = 'available';
        there += 1;
      } else if (there > want && (agent.state === 'available' || agent.state === 'aux')) {
        agent.state = 'off';
        there -= 1;
      }
    }
  }
  const total = tally(data, 'total');
  for (const agent of data.agents) {
    if (agent.state === 'off') continue;
    if (agent.state === 'talk' && agent.until <= data.now) {
      data.used[agent.queue]! -= 1;
      agent.state = 'wrap';
      agent.until = data.now + 10 + spell(data, 25);
    } else if (agent.state !== 'available' && agent.until <= data.now) {
      agent.state = draw(data) < 0.02 ? 'aux' : 'available';
      if (agent.state === 'aux') agent.until = data.now + 600;
    }
    if (agent.state === 'available' && agent.group === 'outbound' && draw(data) < 0.08) {
      agent.state = 'dialling';
      agent.until = data.now + 20 + spell(data, 60);
    }
    if (agent.state === 'talk' || agent.state === 'wrap') total.busy += 1;
    else if (agent.state === 'available') total.free += 1;
  }
}

function route(data: Data): void {
  data.waiting.sort((a, b) =>
    a.queue === b.queue ? a.since - b.since : a.queue === 'vip' ? -1 : 1,
  );
  const left: Caller[] = [];
  for (const caller of data.waiting) {
    const waited = data.now - caller.since;
    const steps = caller.queue === 'vip' || waited >= 10 ? ['inbound', 'flex'] : ['inbound'];
    const agent = data.agents.find((a) => a.state === 'available' && steps.includes(a.group));
    if (agent) answer(data, agent, caller);
    else if (caller.gives <= data.now) {
      for (const scope of ['total', caller.queue]) tally(data, scope).abandoned += 1;
      data.used[caller.line]! -= 1;
    } else left.push(caller);
  }
  data.waiting = left;
}

export function tick(data: Data): void {
  data.now += 1;
  for (const over of data.active.filter((a) => a.until != null && a.until <= data.now)) {
    note(data, 'command', `over: ${over.command.do}`, `结束：${over.command.do}`);
  }
  data.active = data.active.filter((a) => a.until == null || a.until > data.now);
  if (data.now === 8 * 3600) note(data, 'event', 'notice: peak expected', '公告：预计高峰');
  arrive(data);
  leaveMenus(data);
  agentsStep(data);
  route(data);
}

const seconds = (text: unknown): number => {
  let sum = 0;
  for (const [, n, unit] of String(text).matchAll(/([\d.]+)(h|min|s)/g)) {
    sum += Number(n) * { h: 3600, min: 60, s: 1 }[unit as 'h']!;
  }
  return sum;
};

const kZh: Record<string, string> = { agents: '增减坐席', surge: '话务突增', lines: '增停中继' };

export function carryOut(data: Data, command: Command): number {
  const seq = ++data.seq;
  const { do: what, ...rest } = command;
  const facts = Object.values(rest).join(' ');
  if (what === 'end') data.active = data.active.filter((a) => a.seq !== command['command']);
  else if (what === 'lines') {
    const trunk = data.trunks[command['trunks'] as string]!;
    trunk.service = Math.max(0, Math.min(trunk.lines, trunk.service + (command['by'] as number)));
  } else if (what === 'set') data.within = seconds(command['value']) || data.within;
  else {
    const until = command['for'] ? data.now + seconds(command['for']) : null;
    data.active.push({ seq, command, since: data.now, until });
  }
  note(data, 'command', `${what} ${facts}`, `${kZh[what] ?? what} ${facts}`, seq);
  return seq;
}

export function undone(data: Data, seq: number): void {
  note(data, 'undo', `back to before command ${seq}`, `回到命令 ${seq} 之前`);
}

export function sumOf(rows: (Tally | undefined)[]): Tally {
  const sum = empty();
  for (const row of rows) {
    if (row) for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += row[key];
  }
  return sum;
}

const over = (a: number, b: number): number | null => (b > 0 ? a / b : null);

export function figuresOf(t: Tally): Figures {
  const ended = t.answered + t.abandoned;
  return {
    offered: t.offered,
    answered: t.answered,
    abandoned: t.abandoned,
    blocked: t.blocked,
    attempts: t.attempts,
    service_level: over(t.within, ended),
    answer_rate: over(t.answered, ended),
    loss_rate: over(t.blocked, t.attempts),
    abandon_rate: over(t.abandoned, ended),
    asa_s: over(t.wait, t.answered),
    aht_s: over(t.handle, t.answered),
    occupancy: over(t.busy, t.busy + t.free),
  };
}

export { extra, factor };
