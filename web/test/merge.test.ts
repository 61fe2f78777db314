import { describe, expect, it } from 'vitest';
import { diff } from '../dev/mock-server';
import { mergePatch, type Json } from '../src/protocol/merge';

// RFC 7396, appendix A.
const kExamples: [Json, Json, Json][] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

describe('merge patch', () => {
  it.each(kExamples)('%j with %j is %j', (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result);
  });

  it('leaves what it does not name the very same object', () => {
    const before = { queues: { a: { n: 1 } }, log: [1, 2], clock: { now: 1 } };
    const after = mergePatch(before, { clock: { now: 2 } }) as typeof before;
    expect(after.queues).toBe(before.queues);
    expect(after.log).toBe(before.log);
    expect(before.clock.now).toBe(1);
  });

  it('takes "__proto__" as a name like any other', () => {
    const patch = JSON.parse('{"__proto__": {"bad": true}}') as Json;
    const merged = mergePatch({}, patch) as Record<string, unknown>;
    expect(Object.keys(merged)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['bad']).toBeUndefined();
  });

  it('undoes what diff did, for documents without null', () => {
    const a = { x: 1, list: [1], deep: { p: 1, q: 2 }, gone: 'x' };
    const b = { x: 2, list: [1, 2], deep: { p: 1, r: 3 }, came: {} };
    expect(mergePatch(a, diff(a, b))).toEqual(b);
  });
});
