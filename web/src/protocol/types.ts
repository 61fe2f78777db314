// What the server says, as docs/reference/live-api and /openapi.json describe it. Rates are 0..1,
// null where undefined; times are seconds after midnight of the first day.

export type Rate = number | null;

export interface Figures {
  offered: Rate;
  answered: Rate;
  abandoned: Rate;
  blocked: Rate;
  attempts: Rate;
  service_level: Rate;
  answer_rate: Rate;
  loss_rate: Rate;
  abandon_rate: Rate;
  asa_s: Rate;
  aht_s: Rate;
  occupancy: Rate;
}
export type FigureKey = keyof Figures;

export interface Clock {
  now: number;
  text: string;
  day: number;
  date: string | null;
  speed: number | 'max';
  paused: boolean;
  ended: boolean;
  lag_ms: number;
  opens: number;
  closes: number;
  interval?: { index: number; start: number; end: number } | null; // none outside of open hours
  events: number;
}

export interface Queue {
  waiting: number;
  longest_s: number;
  backlog: number;
  callbacks: number;
  day: Figures;
  now: Figures;
}

export interface Group {
  agents: Record<string, number>;
  staffed: number;
  spare: number;
  lent_in: number;
  lent_out: number;
  occupancy: Rate;
}

export interface Lines {
  in_use: number;
  in_service: number;
  lines: number;
}

export interface Target {
  metric: string;
  scope?: string | null; // a queue or a group of lines; none: the centre
  text: string;
  text_zh: string;
  goal: number;
  value: Rate;
  met: boolean | null;
}

export type Field = string | number | string[];
export interface Command {
  do: string;
  [field: string]: Field;
}

export interface Active {
  kind?: string;
  seq?: number | null; // of a command; rules and events have none, and cannot be ended
  command?: Command | null;
  text: string;
  text_zh: string;
  since: number;
  until?: number | null;
}

export interface LogEntry {
  seq: number;
  at: number;
  text: string;
  text_zh: string;
  kind: string;
  command?: number | Command | null;
  note?: string;
  undone?: boolean;
}

export interface Fan {
  p10: Rate[];
  p50: Rate[];
  p90: Rate[];
}
export type SeriesKey = 'service_level' | 'answer_rate' | 'loss_rate' | 'waiting' | 'occupancy';

export interface Band {
  mean: Rate;
  low: Rate;
  high: Rate;
  p10: Rate;
  p90: Rate;
}

export interface Bands {
  made_at: number;
  until: number;
  paths: number;
  seconds: number;
  times: number[];
  series: Record<SeriesKey, Fan>;
  day: Record<string, Band>;
  targets: { index: number; chance: Rate }[];
}

export interface Interval3 {
  mean: Rate;
  low: Rate;
  high: Rate;
}

export interface Difference extends Interval3 {
  metric: string;
  scope?: string | null;
}

export interface WhatIf {
  id: string;
  with: Command[];
  state: 'running' | 'done';
  progress: number;
  bands: Bands | null;
  without: Bands | null;
  differences: Difference[] | null;
  errors?: ProblemError[];
}

export interface Candidate {
  proposed?: boolean; // by who asked
  commands: Command[];
  text: string;
  text_zh: string;
  cost: Rate;
  figures: Record<string, Interval3>;
  gain: Interval3;
  best_chance: Rate;
}

export interface Advice {
  id: string;
  state: 'running' | 'done';
  progress?: number;
  candidates: Candidate[] | null;
}

// Of a session that follows a real centre.
export interface Twin {
  source: string;
  replay: boolean; // a recorded day, which has a pace
  trouble?: string | null;
  behind_s: number;
  events: number;
  late: number;
  duplicate: number;
  impossible: number;
  out_of_day: number;
  unknown: number;
  broken_lines: number;
  busyness: number; // of the day, as its calls so far say; 1: as foreseen
  // How long talks of a queue are today, against the scenario's, as those over say.
  talks: { queue: string; scale: number; over: number }[];
  unknown_names: string[];
  last_event: string | null;
}

export interface State {
  session: {
    id: string;
    title: string;
    scenario: string;
    seed: number;
    version: string;
    looks_ahead?: boolean;
  };
  clock: Clock;
  figures: { day: Figures; now: Figures };
  queues: Record<string, Queue>;
  lines: Record<string, Lines>;
  menus: { in_menus: number; ports: number | null; by_menu: Record<string, number> } | null;
  groups: Record<string, Group>;
  targets: Target[];
  active: Active[];
  log: LogEntry[];
  futures: Bands | null;
  what_if: WhatIf | null;
  advice: Advice | null;
  twin: Twin | null;
}

export interface HistoryInterval {
  start: number;
  figures: Figures;
  queues?: Record<string, Figures>;
  groups?: Record<string, { staffed: number; busy: number }>;
}
export interface History {
  interval_s: number;
  intervals: HistoryInterval[];
}

export interface Kpi {
  key: string;
  name: string;
  name_zh: string;
  formula: string;
  formula_zh: string;
}

export interface Shift {
  group: string;
  name: string;
  agents: number;
  start: number;
  end: number;
  breaks: [number, number][];
}

export interface Plan {
  currency: string;
  interval_s: number;
  opens: number;
  closes: number;
  queues: { name: string; [field: string]: unknown }[];
  groups: { name: string; kind: string; agents: number; spare: number }[];
  trunks: ({ name: string } | string)[];
  types: ({ name: string } | string)[];
  menus: { name: string; options: { key: string; to: string; share: number }[] }[];
  requirement: Record<string, Rate[]> & { start_s?: number[] };
  staffed: Record<string, number[]>;
  forecast: number[];
  shifts: Shift[];
  kpis: Kpi[];
}

export interface SessionRow {
  id: string;
  scenario: string;
  title?: string;
  now: number;
  clock: string;
  speed: number | 'max';
  paused: boolean;
  ended: boolean;
}

export interface ProblemError {
  pointer?: string;
  code?: string;
  detail: string;
  detail_zh?: string;
  expected?: string;
  expected_zh?: string;
  nearest?: string;
}

export interface ClockRequest {
  speed?: number | 'max';
  paused?: boolean;
  step?: 'event' | 'interval' | number;
  until?: string;
}
