// Test equipment: the protocol of `callmill live` over HTTP and WebSocket, with its security
// headers, in front of the made-up centre. Serves the built page.
//
//   npm run mock -- [PORT] [DIST]

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Json } from '../src/protocol/merge';
import type { ClockRequest, Command } from '../src/protocol/types';
import { begin, carryOut, tick, undone, type Data } from './mock-centre';
import {
  adviceOf,
  bandsOf,
  historyOf,
  planOf,
  stateOf,
  whatIfOf,
  type Extras,
  type Pace,
} from './mock-documents';

const kHeaders = {
  'Content-Security-Policy':
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; " +
    "form-action 'self'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
const kTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const kFrameMs = 200;

// RFC 7396, the other way round.
export function diff(before: Json, after: Json): Json {
  const object = (v: Json): v is { [key: string]: Json } =>
    typeof v === 'object' && v !== null && !Array.isArray(v);
  if (!object(before) || !object(after)) return after;
  const patch: { [key: string]: Json } = {};
  for (const key of Object.keys(before)) if (!(key in after)) patch[key] = null;
  for (const [key, value] of Object.entries(after)) {
    const old = before[key];
    if (old !== undefined && JSON.stringify(old) === JSON.stringify(value)) continue;
    patch[key] = old === undefined ? value : diff(old, value);
  }
  return patch;
}

interface Viewer {
  socket: WebSocket;
  seq: number;
  state: Json;
}

export class Mock {
  private data: Data;
  private readonly pace: Pace = { speed: 60, paused: true, ended: false, lag: 0 };
  private readonly extras: Extras = { futures: null, whatIf: null, advice: null };
  private readonly saved = new Map<number, Data>();
  private readonly viewers = new Set<Viewer>();
  private readonly tickets = new Set<string>();
  private readonly server: Server;
  private readonly sockets = new WebSocketServer({ noServer: true });
  private timers: NodeJS.Timeout[] = [];
  private owed = 0;
  private until = 0;
  private seq = 0;
  private ids = 0;

  constructor(
    private readonly token: string,
    private readonly dist: string,
    at = 9.4 * 3600,
  ) {
    this.data = begin(7, Math.round(at));
    this.server = createServer((request, response) => void this.answer(request, response));
    this.server.on('upgrade', (request, socket, head) => {
      const ticket = new URL(request.url ?? '', 'http://x').searchParams.get('ticket') ?? '';
      if (!this.tickets.delete(ticket)) {
        socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
        return;
      }
      this.sockets.handleUpgrade(request, socket, head, (ws) => this.join(ws));
    });
  }

  listen(port: number): Promise<number> {
    const beat = () => this.beat();
    this.timers = [setInterval(beat, 50), setInterval(() => this.show(), kFrameMs)];
    return new Promise((done) =>
      this.server.listen(port, '127.0.0.1', () =>
        done((this.server.address() as { port: number }).port),
      ),
    );
  }

  async close(): Promise<void> {
    this.timers.forEach(clearInterval);
    for (const { socket } of this.viewers) socket.close(1001);
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private beat(): void {
    if (this.pace.paused || this.pace.ended) return;
    this.owed += this.pace.speed === 'max' ? 2000 : this.pace.speed * 0.05;
    for (; this.owed >= 1; --this.owed) {
      tick(this.data);
      if (this.data.now >= 86400) this.pace.ended = true;
      if (this.pace.ended || this.data.now === this.until) {
        this.pace.paused = true;
        this.owed = 0;
        break;
      }
    }
    if (!this.extras.futures || this.data.now - this.extras.futures.made_at > 300) {
      this.extras.futures = bandsOf(this.data, [], 200);
    }
  }

  private now(): Json {
    const state = stateOf('s1', this.data, this.pace, this.extras);
    return JSON.parse(JSON.stringify(state)) as Json;
  }

  private join(socket: WebSocket): void {
    const viewer: Viewer = { socket, seq: -1, state: null };
    this.viewers.add(viewer);
    socket.on('close', () => this.viewers.delete(viewer));
    socket.on('message', () => this.snapshot(viewer));
    this.snapshot(viewer);
  }

  private snapshot(viewer: Viewer): void {
    viewer.seq = ++this.seq;
    viewer.state = this.now();
    viewer.socket.send(JSON.stringify({ type: 'snapshot', seq: viewer.seq, state: viewer.state }));
  }

  private show(): void {
    const state = this.now();
    const seq = ++this.seq;
    for (const viewer of this.viewers) {
      const patch = diff(viewer.state, state);
      if (Object.keys(patch as object).length === 0) continue;
      viewer.socket.send(JSON.stringify({ type: 'delta', seq, from: viewer.seq, patch }));
      viewer.seq = seq;
      viewer.state = state;
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    for (const [name, value] of Object.entries(kHeaders)) response.setHeader(name, value);
    if (!path.startsWith('/api/')) return this.file(path, response);
    const say = (status: number, body: unknown) => {
      const type = status >= 400 ? 'application/problem+json' : 'application/json';
      response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
      response.end(JSON.stringify(body));
    };
    if (request.headers.authorization !== `Bearer ${this.token}`)
      return say(401, { title: 'Unauthorized' });
    let text = '';
    for await (const part of request) text += part;
    const body = (text ? JSON.parse(text) : {}) as Record<string, unknown>;
    const [status, result] = this.api(`${request.method} ${path.slice('/api/v1'.length)}`, body);
    say(status, result);
  }

  private api(what: string, body: Record<string, unknown>): [number, unknown] {
    const part = what.replace(' /sessions/s1/', ' ');
    switch (part) {
      case 'GET /sessions':
        return [
          200,
          [{ id: 's1', scenario: 'mock', now: this.data.now, paused: this.pace.paused }],
        ];
      case 'GET /scenarios':
        return [200, [{ id: 'mock', title: 'Mock centre', file: 'mock.yaml' }]];
      case 'POST /tickets': {
        if (body['session'] !== 's1') return [404, { title: 'Not Found' }];
        const ticket = `t${++this.ids}`;
        this.tickets.add(ticket);
        return [200, { ticket }];
      }
      case 'GET plan':
        return [200, planOf('s1')];
      case 'GET history':
        return [200, historyOf(this.data)];
      case 'POST clock':
        return this.setClock(body as ClockRequest);
      case 'POST commands':
        return this.command(body as unknown as Command);
      case 'POST undo':
        return this.undo(body['to'] as number);
      case 'POST futures': {
        const id = `f${++this.ids}`;
        const commands = (body['with'] ?? []) as Command[];
        const running = { id, with: commands, state: 'running' as const, progress: 0.3 };
        this.extras.whatIf = { ...running, bands: null, without: null, differences: null };
        setTimeout(() => {
          this.extras.whatIf = whatIfOf(this.data, id, commands, (body['paths'] as number) ?? 200);
        }, 300);
        return [202, { id }];
      }
      case 'POST advice': {
        const id = `a${++this.ids}`;
        this.extras.advice = { id, state: 'running', progress: 0.4, candidates: null };
        setTimeout(() => (this.extras.advice = adviceOf(this.data, id)), 300);
        return [202, { id }];
      }
      default:
        return [404, { title: 'Not Found' }];
    }
  }

  private setClock(request: ClockRequest): [number, unknown] {
    if (request.speed !== undefined) this.pace.speed = request.speed;
    if (request.paused !== undefined) this.pace.paused = request.paused;
    const run = (n: number) => {
      for (let i = 0; i < n && this.data.now < 86400; ++i) tick(this.data);
    };
    if (request.step === 'event') run(1);
    else if (request.step === 'interval') run(1800 - (this.data.now % 1800));
    else if (typeof request.step === 'number') run(request.step);
    if (request.until) {
      const [hours, minutes] = request.until.split(':').map(Number);
      const until = hours! * 3600 + minutes! * 60;
      if (until <= this.data.now) return [422, { title: 'Unprocessable', detail: 'that is over' }];
      this.until = until;
      this.pace.paused = false;
      this.pace.speed = 'max';
    }
    return [200, stateOf('s1', this.data, this.pace, this.extras).clock];
  }

  private command(command: Command): [number, unknown] {
    const known: Record<string, string[]> = {
      group: ['inbound', 'flex', 'outbound'],
      trunks: ['main', 'mobile'],
      path: ['queues.general.answer_within', 'queues.vip.answer_within'],
    };
    for (const [field, names] of Object.entries(known)) {
      const name = command[field];
      if (typeof name !== 'string' || names.includes(name)) continue;
      const detail = `no ${field} is called "${name}"`;
      const errors = [
        { pointer: `/${field}`, detail, expected: names.join(', '), nearest: names[0] },
      ];
      return [422, { title: 'Unprocessable', detail, errors }];
    }
    this.saved.set(this.data.seq + 1, structuredClone(this.data));
    const seq = carryOut(this.data, command);
    this.extras.futures = bandsOf(this.data, [], 200);
    return [202, { seq, at: this.data.now }];
  }

  private undo(to: number): [number, unknown] {
    const before = this.saved.get(to);
    if (!before) return [422, { title: 'Unprocessable', detail: `no command ${to}` }];
    const logSeq = this.data.logSeq;
    // The log forgets nothing: what was undone is marked.
    const log = this.data.log.map((e) =>
      typeof e.command === 'number' && e.command >= to ? { ...e, undone: true } : e,
    );
    this.data = structuredClone(before);
    this.data.logSeq = logSeq;
    this.data.log = log;
    undone(this.data, to);
    this.extras.futures = bandsOf(this.data, [], 200);
    this.extras.whatIf = null;
    return [202, { seq: to, at: this.data.now }];
  }

  private async file(path: string, response: ServerResponse): Promise<void> {
    const name = path === '/' ? '/index.html' : normalize(path);
    try {
      const bytes = await readFile(join(this.dist, name));
      response.writeHead(200, {
        'Content-Type': kTypes[extname(name)] ?? 'application/octet-stream',
      });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  }
}
