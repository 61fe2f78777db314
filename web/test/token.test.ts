import { describe, expect, it } from 'vitest';
import { takeToken } from '../src/protocol/token';

function store(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as unknown as Storage;
}

describe('token', () => {
  it('is taken from the address once, kept for the tab, and cleaned away', () => {
    const kept = store();
    const seen: string[] = [];
    const place = { hash: '#token=a%2Bb', pathname: '/', search: '?x=1' };
    expect(takeToken(place, kept, (url) => seen.push(url))).toBe('a+b');
    expect(seen).toEqual(['/?x=1']);
    expect(takeToken({ ...place, hash: '' }, kept, (url) => seen.push(url))).toBe('a+b');
    expect(seen.length).toBe(1);
  });

  it('is empty where there is none, and survives a stray per cent', () => {
    expect(takeToken({ hash: '#/floor', pathname: '/', search: '' }, store(), () => {})).toBe('');
    const odd = { hash: '#token=50%', pathname: '/', search: '' };
    expect(takeToken(odd, store(), () => {})).toBe('50%');
  });
});
