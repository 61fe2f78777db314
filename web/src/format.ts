// Numbers, times and durations as the page writes them, in both languages.

export type Lang = 'en' | 'zh';

const kNone = '–';
const cache = new Map<string, Intl.NumberFormat>();

function formatter(lang: Lang, digits: number): Intl.NumberFormat {
  const key = lang + digits;
  let found = cache.get(key);
  if (!found) {
    const locale = lang === 'zh' ? 'zh-CN' : 'en-GB';
    const both = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    found = new Intl.NumberFormat(locale, both);
    cache.set(key, found);
  }
  return found;
}

export const number = (value: number | null | undefined, lang: Lang, digits = 0): string =>
  value == null ? kNone : formatter(lang, digits).format(value);

// A share as per cent: two digits where hundredths matter (near 0 or near 100).
export function percent(value: number | null | undefined, lang: Lang, digits = 1): string {
  return value == null ? kNone : `${formatter(lang, digits).format(100 * value)}%`;
}

// 42 s, 3:07, 1:02:09: what a wallboard shows.
export function wait(seconds: number | null | undefined): string {
  if (seconds == null) return kNone;
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  const two = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(s / 60);
  if (minutes < 60) return `${minutes}:${two(s % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(s % 60)}`;
}

// "09:30"; times beyond midnight go on: 24:30 is 00:30 of the day after.
export function clock(seconds: number): string {
  const whole = Math.floor(seconds / 60 + 1e-9);
  const minutes = whole > 24 * 60 ? whole % (24 * 60) : whole;
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export function clockSeconds(seconds: number): string {
  return `${clock(seconds)}:${String(Math.floor(seconds) % 60).padStart(2, '0')}`;
}

// "HH:MM" to seconds; null where it is no time.
export function parseClock(text: string): number | null {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (!found) return null;
  const hours = Number(found[1]);
  const minutes = Number(found[2]);
  return hours <= 24 && minutes < 60 ? hours * 3600 + minutes * 60 : null;
}

export function speed(value: number | 'max', lang: Lang): string {
  if (value === 'max') return lang === 'zh' ? '最快' : 'max';
  const digits = value < 1 ? 1 : value < 10 && value % 1 !== 0 ? 1 : 0;
  return `${formatter(lang, digits).format(value)}×`;
}

const kShares = new Set([
  'service_level',
  'answer_rate',
  'loss_rate',
  'abandon_rate',
  'occupancy',
  'trunk_occupancy',
  'overall_answer_rate',
  'answer_rate_with_callbacks',
  'network_loss_rate',
]);
const kSeconds = new Set([
  'asa_s',
  'aht_s',
  'asa',
  'aht',
  'mean_wait',
  'longest_wait',
  'longest_s',
]);

export function isShare(metric: string): boolean {
  return kShares.has(metric) || metric.startsWith('service_level');
}

// A metric's value with its unit.
export function metric(key: string, value: number | null | undefined, lang: Lang): string {
  if (value == null) return kNone;
  if (isShare(key)) return percent(value, lang, key === 'loss_rate' ? 2 : 1);
  if (kSeconds.has(key)) return `${number(value, lang, 1)} s`;
  return number(value, lang, Math.abs(value) < 10 && value % 1 !== 0 ? 1 : 0);
}

// A difference, always with its sign; of shares in percentage points.
export function difference(key: string, value: number | null | undefined, lang: Lang): string {
  if (value == null) return kNone;
  const shown = isShare(key) ? 100 * value : value;
  const digits = isShare(key) ? 2 : Math.abs(shown) < 10 ? 1 : 0;
  const text = formatter(lang, digits).format(Math.abs(shown));
  const sign = Number(Math.abs(shown).toFixed(digits)) === 0 ? '±' : shown > 0 ? '+' : '−';
  return sign + text;
}
