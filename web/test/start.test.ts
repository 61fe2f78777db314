// What the tiles show of scoped targets, and what the start form asks for.

import { describe, expect, it } from 'vitest';
import { tileTarget } from '../src/wallboard/judge';
import { wishOf } from '../src/ui/entry';
import type { Target } from '../src/protocol/types';

const target = (scope: string | null, met: boolean | null): Target =>
  ({ metric: 'loss_rate', scope, goal: 0.005, value: met === false ? 0.02 : 0, met }) as Target;

describe('the target of a tile', () => {
  it('is the one of the whole centre', () => {
    expect(tileTarget([target('main', false), target(null, true)], 'loss_rate')?.scope).toBeNull();
  });
  it('is else the one that is missed, so that the tile warns', () => {
    const missed = tileTarget([target('main', true), target('mobile', false)], 'loss_rate');
    expect(missed?.scope).toBe('mobile');
    expect(tileTarget([target('main', true), target('mobile', null)], 'loss_rate')?.scope).toBe(
      'main',
    );
    expect(tileTarget([target('main', true)], 'answer_rate')).toBeUndefined();
  });
});

describe('what the start form asks for', () => {
  it('leaves out what is empty', () => {
    expect(wishOf('city', { seed: '', at: ' ', speed: '1' })).toEqual({
      scenario: 'city',
      speed: 1,
    });
  });
  it('asks for seed, time and speed', () => {
    expect(wishOf('city', { seed: '7', at: '9:30', speed: 'max' })).toEqual({
      scenario: 'city',
      seed: 7,
      at: '09:30',
      speed: 'max',
    });
  });
  it('takes no seed that is no whole number', () => {
    expect(wishOf('city', { seed: '1.5', at: '', speed: '1' })).toBeNull();
    expect(wishOf('city', { seed: 'x', at: '', speed: '1' })).toBeNull();
  });
});
