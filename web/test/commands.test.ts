import { describe, expect, it } from 'vitest';
import { build, kCommands, paths, type CommandSpec } from '../src/controls/commands';

const spec = (what: string): CommandSpec => kCommands.find((c) => c.do === what)!;

describe('commands', () => {
  it('has each of the protocol but "end", which the list in force sends', () => {
    expect(kCommands.map((c) => c.do).sort()).toEqual([
      'agents',
      'call_in',
      'close_step',
      'delay_breaks',
      'end_breaks',
      'lines',
      'move',
      'notice',
      'open_step',
      'overtime',
      'raise_queue',
      'set',
      'shed',
      'surge',
    ]);
  });

  it('builds what the protocol says', () => {
    expect(build(spec('agents'), { group: 'flex', by: '+3', note: ' rain ' }).command).toEqual({
      do: 'agents',
      group: 'flex',
      by: 3,
      note: 'rain',
    });
    expect(
      build(spec('surge'), { types: ['a', 'b'], factor: '1.5', for: '30min' }).command,
    ).toEqual({ do: 'surge', types: ['a', 'b'], factor: 1.5, for: '30min' });
    expect(build(spec('lines'), { trunks: 'main', by: '−10' }).command['by']).toBe(-10);
  });

  it('leaves out what may be absent', () => {
    const { command, faults } = build(spec('surge'), { types: [], factor: '2', for: '' });
    expect(faults).toEqual({});
    expect(command).toEqual({ do: 'surge', factor: 2 });
    const notice = build(spec('notice'), {
      queue: '',
      deflect: '10',
      hang_up: '7',
      for: '',
    }).command;
    expect(notice).toEqual({ do: 'notice', deflect: 0.1, hang_up: 0.07 });
  });

  it.each([
    ['agents', { group: 'g', by: '0' }, { by: 'whole' }],
    ['agents', { group: 'g', by: '1.5' }, { by: 'whole' }],
    ['agents', { group: '', by: '1' }, { group: 'needed' }],
    ['move', { group: 'a', to: 'b', agents: '0' }, { agents: 'count' }],
    ['surge', { types: [], factor: 'x', for: '' }, { factor: 'number' }],
    ['shed', { types: [], share: '101', for: '' }, { share: 'percent' }],
    ['overtime', { group: 'a', agents: '2', by: '1 hour' }, { by: 'duration' }],
    ['overtime', { group: 'a', agents: '2', by: '' }, { by: 'duration' }],
    ['set', { path: ' ', value: '30s' }, { path: 'needed' }],
  ])('%s %j: %j', (what, values, faults) => {
    expect(build(spec(what as string), values as never).faults).toEqual(faults);
  });

  it('takes durations of several parts', () => {
    const values = { group: 'a', agents: '2', by: '1h30min' };
    expect(build(spec('overtime'), values).faults).toEqual({});
  });

  it('offers paths of the centre at hand', () => {
    const plan = {
      queues: [{ name: 'q' }],
      groups: [],
      types: ['t'],
      menus: [{ name: 'm', options: [{ key: '1' }] }],
    };
    expect(paths(plan)).toContain('queues.q.answer_within');
    expect(paths(plan)).toContain('menus.m.options.1.share');
    expect(paths(plan)).toContain('callers.t.patience.mean');
  });
});
