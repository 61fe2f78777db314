// The commands as forms: which fields each has, and from what people typed to the JSON of the
// protocol.

import type { Command } from '../protocol/types';

export type FieldKind =
  | 'group'
  | 'trunks'
  | 'queue'
  | 'anyQueue'
  | 'types'
  | 'signed'
  | 'count'
  | 'factor'
  | 'percent'
  | 'duration'
  | 'maybeDuration'
  | 'path'
  | 'text';

export interface FieldSpec {
  name: string;
  kind: FieldKind;
  start: string;
}

export interface CommandSpec {
  do: string;
  part: 'people' | 'callers' | 'routing' | 'centre';
  fields: FieldSpec[];
}

const f = (name: string, kind: FieldKind, start = ''): FieldSpec => ({ name, kind, start });

export const kCommands: CommandSpec[] = [
  { do: 'agents', part: 'people', fields: [f('group', 'group'), f('by', 'signed', '3')] },
  {
    do: 'move',
    part: 'people',
    fields: [f('group', 'group'), f('to', 'group'), f('agents', 'count', '2')],
  },
  { do: 'call_in', part: 'people', fields: [f('group', 'group'), f('agents', 'count', '3')] },
  {
    do: 'overtime',
    part: 'people',
    fields: [f('group', 'group'), f('agents', 'count', '3'), f('by', 'duration', '1h')],
  },
  { do: 'end_breaks', part: 'people', fields: [f('group', 'group')] },
  {
    do: 'delay_breaks',
    part: 'people',
    fields: [f('group', 'group'), f('by', 'duration', '15min'), f('for', 'maybeDuration', '30min')],
  },
  {
    do: 'surge',
    part: 'callers',
    fields: [f('types', 'types'), f('factor', 'factor', '1.5'), f('for', 'maybeDuration', '30min')],
  },
  {
    do: 'notice',
    part: 'callers',
    fields: [
      f('queue', 'anyQueue'),
      f('deflect', 'percent', '10'),
      f('hang_up', 'percent', '5'),
      f('for', 'maybeDuration', '30min'),
    ],
  },
  {
    do: 'shed',
    part: 'callers',
    fields: [f('types', 'types'), f('share', 'percent', '20'), f('for', 'maybeDuration', '30min')],
  },
  { do: 'open_step', part: 'routing', fields: [f('queue', 'queue'), f('group', 'group')] },
  { do: 'close_step', part: 'routing', fields: [f('queue', 'queue'), f('group', 'group')] },
  {
    do: 'raise_queue',
    part: 'routing',
    fields: [f('queue', 'queue'), f('for', 'maybeDuration', '30min')],
  },
  { do: 'lines', part: 'centre', fields: [f('trunks', 'trunks'), f('by', 'signed', '10')] },
  { do: 'set', part: 'centre', fields: [f('path', 'path'), f('value', 'text')] },
];

export type Fault = 'number' | 'whole' | 'count' | 'percent' | 'duration' | 'needed';
export type Values = Record<string, string | string[]>;

const kDuration = /^(\d+(\.\d+)?(d|h|min|s))+$/;
const kWhole = /^[+-]?\d{1,6}$/;

type Read = { value?: string | number | string[]; fault?: Fault };

function numberIn(text: string, low: number, high: number, fault: Fault): Read {
  const value = Number(text);
  return text !== '' && Number.isFinite(value) && value >= low && value <= high
    ? { value }
    : { fault };
}

// A field as the protocol has it; nothing where it may be left out and was.
function read(kind: FieldKind, raw: string | string[]): Read {
  if (Array.isArray(raw)) return raw.length ? { value: raw } : {};
  const text = raw.trim().replace(/−/g, '-');
  switch (kind) {
    case 'signed':
      return kWhole.test(text) && Number(text) !== 0 ? { value: Number(text) } : { fault: 'whole' };
    case 'count':
      return kWhole.test(text) && Number(text) >= 1 ? { value: Number(text) } : { fault: 'count' };
    case 'factor':
      return numberIn(text, 0, 100, 'number');
    case 'percent': {
      const { value, fault } = numberIn(text, 0, 100, 'percent');
      return fault ? { fault } : { value: Number(((value as number) / 100).toFixed(6)) };
    }
    case 'duration':
      return kDuration.test(text) ? { value: text } : { fault: 'duration' };
    case 'maybeDuration':
      return text === '' ? {} : read('duration', text);
    case 'anyQueue':
    case 'types':
      return text === '' ? {} : { value: text };
    default:
      return text === '' ? { fault: 'needed' } : { value: text };
  }
}

export interface Built {
  command: Command;
  faults: Record<string, Fault>;
}

export function build(spec: CommandSpec, values: Values): Built {
  const command: Command = { do: spec.do };
  const faults: Record<string, Fault> = {};
  for (const field of spec.fields) {
    const { value, fault } = read(field.kind, values[field.name] ?? field.start);
    if (fault) faults[field.name] = fault;
    else if (value !== undefined) command[field.name] = value;
  }
  const note = values['note'];
  if (typeof note === 'string' && note.trim()) command['note'] = note.trim();
  return { command, faults };
}

// Fields that planners change most, for the list that opens while they type.
export function paths(plan: {
  queues: { name: string }[];
  groups: { name: string; kind: string }[];
  types: ({ name: string } | string)[];
  menus: { name: string; options: { key: string }[] }[];
}): string[] {
  const found: string[] = [];
  for (const { name } of plan.queues) {
    found.push(`queues.${name}.answer_within`, `queues.${name}.capacity`);
  }
  for (const type of plan.types) {
    const name = typeof type === 'string' ? type : type.name;
    found.push(`callers.${name}.patience.mean`, `callers.${name}.balk`);
  }
  for (const menu of plan.menus) {
    found.push(`menus.${menu.name}.prompt`);
    for (const option of menu.options) found.push(`menus.${menu.name}.options.${option.key}.share`);
  }
  return found;
}

export const nameOf = (named: { name: string } | string): string =>
  typeof named === 'string' ? named : named.name;
