// What the page knows, as signals: whatever reads one is drawn again when it changes. Parts of
// the state are computed by identity (merge patches leave what did not change alone), so that a
// table of queues is not drawn again because the clock ticked.

import { computed, signal } from '@preact/signals';
import type { Lang } from '../format';
import type { Link } from '../protocol/stream';
import type { History, Plan, SessionRow, State } from '../protocol/types';

export const state = signal<State | null>(null);
export const plan = signal<Plan | null>(null);
export const history = signal<History | null>(null);
export const sessions = signal<SessionRow[] | null>(null);
export const scenarios = signal<{ id: string; title: string }[]>([]);
export const session = signal('');
export const link = signal<{ kind: Link; retryMs: number }>({ kind: 'connecting', retryMs: 0 });
export const unauthorised = signal(false);

export const clock = computed(() => state.value?.clock ?? null);
export const figures = computed(() => state.value?.figures ?? null);
export const queues = computed(() => state.value?.queues ?? {});
export const groups = computed(() => state.value?.groups ?? {});
export const lines = computed(() => state.value?.lines ?? {});
export const menus = computed(() => state.value?.menus ?? null);
export const targets = computed(() => state.value?.targets ?? []);
export const active = computed(() => state.value?.active ?? []);
export const log = computed(() => state.value?.log ?? []);
export const futures = computed(() => state.value?.futures ?? null);
export const whatIf = computed(() => state.value?.what_if ?? null);
export const advice = computed(() => state.value?.advice ?? null);
// A real centre is on show: nothing can be done to it from here, only asked.
export const twin = computed(() => state.value?.twin ?? null);
export const follows = computed(() => twin.value !== null);
// ... and its clock is the wall's; a recorded day has a pace.
export const realTime = computed(() => twin.value !== null && !twin.value.replay);

// Callers who wait, as seen by this page: [time, number], one a simulated half minute at the most.
export const samples = signal<[number, number][]>([]);
const kSampleEvery = 30;
const kMostSamples = 6000;

export function sample(now: number, waiting: number): void {
  const kept = samples.value;
  const last = kept[kept.length - 1];
  if (last && now < last[0]) {
    samples.value = kept.filter(([at]) => at < now);
  } else if (!last || now - last[0] >= kSampleEvery) {
    samples.value = [...kept.slice(-kMostSamples), [now, waiting]];
  }
}

export type View = 'wallboard' | 'floor' | 'plan';
export const kViews: View[] = ['wallboard', 'floor', 'plan'];
export type Theme = 'auto' | 'dark' | 'light';

function remembered<T extends string>(key: string, allowed: readonly T[], otherwise: T): T {
  try {
    const found = localStorage.getItem(`callmill.${key}`) as T | null;
    return found && allowed.includes(found) ? found : otherwise;
  } catch {
    return otherwise; // storage is off: nothing is remembered
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`callmill.${key}`, value);
  } catch {
    // storage is off
  }
}

const spoken: Lang =
  typeof navigator !== 'undefined' && navigator.language?.startsWith('zh') ? 'zh' : 'en';
const inBrowser = typeof localStorage !== 'undefined';
export const lang = signal<Lang>(inBrowser ? remembered('lang', ['en', 'zh'], spoken) : 'en');
export const theme = signal<Theme>(
  inBrowser ? remembered('theme', ['auto', 'dark', 'light'], 'auto') : 'auto',
);
export const view = signal<View>(inBrowser ? remembered('view', kViews, 'wallboard') : 'wallboard');
// Whether the system wants dark colours, so that charts are drawn again when it changes its mind.
export const systemDark = signal(true);
if (typeof matchMedia !== 'undefined') {
  const query = matchMedia('(prefers-color-scheme: dark)');
  systemDark.value = query.matches;
  query.addEventListener('change', (event) => (systemDark.value = event.matches));
}

export const whatIfOpen = signal(false);
export const helpOpen = signal(false);

export interface Notice {
  id: number;
  text: string;
  bad: boolean;
}
export const notices = signal<Notice[]>([]);
let lastNotice = 0;

export function notify(text: string, bad = false): void {
  const id = ++lastNotice;
  notices.value = [...notices.value.slice(-3), { id, text, bad }];
  setTimeout(() => dismiss(id), bad ? 12000 : 5000);
}

export function dismiss(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id);
}
