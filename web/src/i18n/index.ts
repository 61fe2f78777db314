// The words of the page: a table a language, with the same keys (a test holds them together).

import { lang } from '../state/store';
import { en } from './en';
import { zh } from './zh';

export type Key = keyof typeof en;
export const tables = { en, zh };

export function t(key: Key, values: Record<string, string | number> = {}): string {
  const text: string = tables[lang.value][key];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

// A word that the server names; itself where the table does not have it.
export function word(prefix: 'state' | 'metric' | 'do' | 'kind' | 'field', name: string): string {
  const key = `${prefix}.${name}`;
  return key in en ? t(key as Key) : name;
}

// The sentence of the language, where the server says both.
export const both = (english: string | undefined, chinese: string | undefined): string =>
  (lang.value === 'zh' ? chinese || english : english || chinese) ?? '';
