// From the address bar to a running stream: token, session, plan, history, WebSocket.

import { effect, untracked } from '@preact/signals';
import { Http, Problem } from '../protocol/http';
import { Stream } from '../protocol/stream';
import { takeToken } from '../protocol/token';
import type { History, Plan, SessionRow, State } from '../protocol/types';
import { t } from '../i18n';
import * as store from './store';

export let http: Http;
let stream: Stream | null = null;
let historyFor = '';
let planFor = '';
let wasAway = false; // the server could not be reached a moment ago

export async function begin(): Promise<void> {
  const clean = (url: string) => window.history.replaceState(null, '', url);
  http = new Http(takeToken(location, sessionStorage, clean), () => {
    store.unauthorised.value = true;
  });
  addEventListener('online', () => stream?.retryNow());
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) stream?.retryNow();
  });
  effect(refreshAround);
  await findSession();
}

// Which session: the one that this tab showed last, else the only one, else the person chooses.
async function findSession(): Promise<void> {
  try {
    const rows = await listSessions();
    const last = sessionStorage.getItem('callmill.session');
    const again = rows.find((row) => row.id === last) ?? (rows.length === 1 ? rows[0] : undefined);
    if (again) openSession(again.id);
    else await listScenarios();
    if (!again) store.link.value = { kind: 'live', retryMs: 0 };
  } catch (error) {
    if ((error as Problem).status === 401) return;
    store.link.value = { kind: 'lost', retryMs: 2000 };
    setTimeout(() => void findSession(), 2000);
  }
}

async function listScenarios(): Promise<void> {
  store.scenarios.value = await http.get<{ id: string; title: string }[]>('/scenarios');
}

export interface Wish {
  scenario: string;
  seed?: number;
  at?: string;
  speed: number | 'max';
}

export async function startSession(wish: Wish): Promise<void> {
  const made = await http.post<{ id: string }>('/sessions', { ...wish, paused: true });
  openSession(made.id);
}

// Back to the list of sessions.
export async function leaveSession(): Promise<void> {
  stream?.stop();
  stream = null;
  sessionStorage.removeItem('callmill.session');
  store.session.value = '';
  store.state.value = null;
  store.plan.value = null;
  store.history.value = null;
  store.whatIfOpen.value = false;
  await listSessions();
  await listScenarios();
  store.link.value = { kind: 'live', retryMs: 0 };
}

export async function endSession(id: string): Promise<void> {
  await http.request('DELETE', `/sessions/${encodeURIComponent(id)}`);
  await listSessions();
}

async function listSessions(): Promise<SessionRow[]> {
  const rows = await http.get<SessionRow[]>('/sessions');
  store.sessions.value = rows;
  return rows;
}

export function openSession(id: string): void {
  stream?.stop();
  sessionStorage.setItem('callmill.session', id);
  store.session.value = id;
  store.samples.value = [];
  historyFor = '';
  planFor = '';
  stream = new Stream(
    {
      ticket: () => ticketFor(id),
      open: (ticket) => {
        const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
        const query = `ticket=${encodeURIComponent(ticket)}`;
        const path = `/api/v1/sessions/${encodeURIComponent(id)}/stream?${query}`;
        return new WebSocket(`${scheme}//${location.host}${path}`) as never;
      },
      later: (action, ms) => setTimeout(action, ms),
      forget: (timer) => clearTimeout(timer as number),
      random: Math.random,
    },
    {
      state: (json) => take(json as unknown as State),
      link: (kind, retryMs) => {
        store.link.value = { kind, retryMs };
        if (kind === 'refused') store.unauthorised.value = true;
        if (kind === 'live') planFor = historyFor = '';
      },
    },
  );
  stream.start();
}

// A session that is no more. Where the server was away it has been started anew, and its own
// session is taken instead. Else somebody has ended this one: that is said, and who looked at it
// chooses - to land on another unasked would be to command the wrong centre.
async function ticketFor(id: string): Promise<string> {
  try {
    const { ticket } = await http.post<{ ticket: string }>('/tickets', { session: id });
    wasAway = false;
    return ticket;
  } catch (error) {
    const status = (error as Problem).status;
    if (status === 0) wasAway = true;
    if ((status === 404 || status === 422) && store.session.value === id) {
      const title = store.state.value?.session.title ?? id;
      await leaveSession();
      if (wasAway) await findSession();
      else store.notify(t('start.gone', { title }), true);
      wasAway = false;
    }
    throw error;
  }
}

function take(next: State): void {
  store.state.value = next;
  let waiting = 0;
  for (const queue of Object.values(next.queues ?? {})) waiting += queue.waiting;
  store.sample(next.clock.now, waiting);
}

const newest = <T extends { seq: number }>(rows: T[]): number =>
  rows.reduce((most, row) => Math.max(most, row.seq), 0);

// Plan and history are asked for again when an interval ends, and when somebody has done something.
function refreshAround(): void {
  const id = store.session.value;
  const clock = store.clock.value;
  if (!id || !clock) return;
  const interval = clock.interval?.index ?? -1;
  const done = newest(store.log.value.filter((e) => e.kind === 'command' || e.kind === 'undo'));
  const linked = store.link.value.kind === 'live';
  if (!linked) return;
  untracked(() => {
    if (planFor !== `${id} ${done}`) {
      planFor = `${id} ${done}`;
      void fetchInto<Plan>(`/sessions/${id}/plan`, (plan) => (store.plan.value = plan));
    }
    if (historyFor !== `${id} ${interval} ${done}`) {
      historyFor = `${id} ${interval} ${done}`;
      void fetchInto<History>(`/sessions/${id}/history`, (past) => (store.history.value = past));
    }
  });
}

async function fetchInto<T>(path: string, put: (found: T) => void): Promise<void> {
  try {
    put(await http.get<T>(path));
  } catch {
    // the next interval, or the next connection, asks again
  }
}
