import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kCommands } from '../src/controls/commands';
import { kStates } from '../src/floor/seats';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';

const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe('words', () => {
  it('are the same keys in both languages, with the same places', () => {
    expect(Object.keys(zh)).toEqual(Object.keys(en));
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(places(zh[key]), key).toEqual(places(en[key]));
      expect(zh[key], key).not.toBe('');
    }
  });

  it('are Chinese where they are words', () => {
    const plain = new Set(['time.p10', 'time.p90']);
    for (const key of Object.keys(zh) as (keyof typeof zh)[]) {
      if (!plain.has(key)) expect(zh[key], key).toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it('name every command, every field and every state', () => {
    for (const spec of kCommands) {
      expect(en).toHaveProperty([`do.${spec.do}`]);
      for (const field of spec.fields) expect(en).toHaveProperty([`field.${field.name}`]);
    }
    for (const state of kStates) expect(en).toHaveProperty([`state.${state}`]);
  });

  // Indicators have the names of docs/reference/kpi.md: its rows are | `key` | English | 中文 | ...
  it('name indicators as the reference does', () => {
    const page = new URL('../../docs/reference/kpi.md', import.meta.url);
    expect(existsSync(page)).toBe(true);
    const names = new Map<string, [string, string]>();
    for (const line of readFileSync(page, 'utf8').split('\n')) {
      const cells = line.split('|').map((cell) => cell.trim());
      const key = /^`(\w+)`$/.exec(cells[1] ?? '')?.[1];
      if (key && !names.has(key)) names.set(key, [cells[2]!, cells[3]!]);
    }
    const shared = [
      'service_level',
      'answer_rate',
      'loss_rate',
      'abandon_rate',
      'occupancy',
      'asa',
      'aht',
      'attempts',
      'answered',
      'abandoned',
      'blocked',
    ];
    for (const key of shared) {
      const mine = [en, zh].map((table) => table[`metric.${key}` as keyof typeof en]);
      expect(mine, key).toEqual(names.get(key));
    }
  });
});
