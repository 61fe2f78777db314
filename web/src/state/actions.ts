// What people do, as requests; what went wrong is said in the corner.

import { both, t } from '../i18n';
import { Problem } from '../protocol/http';
import type { Clock, ClockRequest, Command, ProblemError } from '../protocol/types';
import { http } from './connect';
import * as store from './store';

const here = (): string => `/sessions/${encodeURIComponent(store.session.value)}`;

// What is wrong, in the language of the page.
export const faultText = (error: ProblemError): string => both(error.detail, error.detail_zh);

export function sayProblem(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
  const details = error.errors.filter((e) => e.detail !== error.detail).map(faultText);
  if (error.status === 0) notifyBad(t('problem.unreachable'));
  else if (error.status === 401) return;
  else if (error.status === 429) notifyBad(t('problem.busy'));
  else {
    const first = both(error.message, error.detailZh) || `HTTP ${error.status}`;
    notifyBad([first, ...details].join(' · '));
  }
}

const notifyBad = (text: string): void => store.notify(text, true);

export async function setClock(request: ClockRequest): Promise<void> {
  try {
    const clock = await http.post<Clock>(`${here()}/clock`, request);
    const state = store.state.value;
    // The answer is shown at once; the stream says the same a moment later.
    if (state && clock && 'paused' in clock) {
      store.state.value = { ...state, clock: { ...state.clock, ...clock } };
    }
  } catch (error) {
    sayProblem(error);
  }
}

// What the server found wrong, by field; empty when it was taken.
export async function send(command: Command): Promise<ProblemError[]> {
  try {
    const taken = await http.post<{ already_so?: boolean }>(`${here()}/commands`, command);
    store.notify(t(taken.already_so ? 'notice.alreadySo' : 'notice.sent'));
    return [];
  } catch (error) {
    if (error instanceof Problem && error.status === 422 && error.errors.length)
      return error.errors;
    sayProblem(error);
    return [{ detail: '' }];
  }
}

export async function sendAll(commands: Command[]): Promise<boolean> {
  for (const command of commands) {
    const errors = await send(command);
    for (const error of errors) if (error.detail) notifyBad(faultText(error));
    if (errors.length) return false;
  }
  return true;
}

export async function undo(seq: number): Promise<void> {
  try {
    await http.post(`${here()}/undo`, { to: seq });
    store.notify(t('notice.undone'));
  } catch (error) {
    sayProblem(error);
  }
}

export interface FuturesRequest {
  with: Command[];
  paths: number;
  until?: string;
}

export async function runFutures(request: FuturesRequest): Promise<void> {
  try {
    await http.post(`${here()}/futures`, request);
  } catch (error) {
    sayProblem(error);
  }
}

export async function askAdvice(paths: number, proposals: Command[][]): Promise<void> {
  try {
    await http.post(`${here()}/advice`, { paths, proposals });
  } catch (error) {
    sayProblem(error);
  }
}

// Speeds that keys and buttons step through.
export const kSpeeds: (number | 'max')[] = [
  0.1,
  0.2,
  0.5,
  1,
  2,
  5,
  10,
  30,
  60,
  120,
  300,
  600,
  1200,
  3600,
  10000,
  'max',
];

export function nextSpeed(now: number | 'max', by: 1 | -1): number | 'max' {
  if (now === 'max') return by > 0 ? 'max' : 10000;
  const steps = kSpeeds.filter((s): s is number => s !== 'max');
  if (by > 0) return steps.find((s) => s > now * 1.001) ?? 'max';
  return [...steps].reverse().find((s) => s < now * 0.999) ?? steps[0]!;
}

export function changeSpeed(by: 1 | -1): void {
  const clock = store.clock.value;
  if (clock) void setClock({ speed: nextSpeed(clock.speed, by) });
}

export function togglePause(): void {
  const clock = store.clock.value;
  if (clock && !clock.ended) void setClock({ paused: !clock.paused });
}
