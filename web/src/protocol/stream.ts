// The stream of a session: a ticket, a WebSocket, a snapshot, then deltas. A gap in the numbers
// asks for a snapshot; a lost connection is made again, later and later, with a new ticket.

import { mergePatch, type Json } from './merge';

export type Link = 'connecting' | 'live' | 'lost' | 'refused';

interface SocketLike {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: never) => void) | null;
  send(data: string): void;
  close(): void;
}

export interface StreamPorts {
  ticket(): Promise<string>;
  open(ticket: string): SocketLike;
  later(action: () => void, ms: number): unknown;
  forget(timer: unknown): void;
  random(): number;
}

export interface StreamListener {
  state(state: Json): void;
  link(link: Link, retryMs: number): void;
}

type Frame =
  | { type: 'snapshot'; seq: number; state: Json }
  | { type: 'delta'; seq: number; from: number; patch: Json };

const kFirstMs = 250;
const kMostMs = 8000;
// The server pings within every 15 s, but pings do not show here: a paused centre may be silent.

export class Stream {
  private socket: SocketLike | null = null;
  private timer: unknown = null;
  private state: Json = null;
  private seq = -1;
  private asked = false;
  private failures = 0;
  private closed = false;

  constructor(
    private readonly ports: StreamPorts,
    private readonly listener: StreamListener,
  ) {}

  start(): void {
    this.closed = false;
    void this.connect();
  }

  stop(): void {
    this.closed = true;
    this.ports.forget(this.timer);
    this.drop();
  }

  // At once, where the next attempt would still wait.
  retryNow(): void {
    if (this.closed || this.socket) return;
    this.ports.forget(this.timer);
    void this.connect();
  }

  private async connect(): Promise<void> {
    this.listener.link('connecting', 0);
    let ticket: string;
    try {
      ticket = await this.ports.ticket();
    } catch (error) {
      const status = (error as { status?: number }).status;
      if (status === 401) {
        this.listener.link('refused', 0);
        return;
      }
      this.retry();
      return;
    }
    if (this.closed) return;
    this.open(ticket);
  }

  private open(ticket: string): void {
    const socket = this.ports.open(ticket);
    this.socket = socket;
    this.seq = -1;
    this.asked = false;
    socket.onmessage = (event) => {
      if (this.socket === socket && typeof event.data === 'string') this.take(event.data);
    };
    socket.onclose = () => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.retry();
    };
  }

  private take(text: string): void {
    let frame: Frame;
    try {
      frame = JSON.parse(text) as Frame;
    } catch {
      this.askSnapshot();
      return;
    }
    if (frame.type === 'snapshot') {
      this.state = frame.state;
      this.asked = false;
      if (this.failures > 0 || this.seq < 0) this.listener.link('live', 0);
      this.failures = 0;
    } else if (frame.type === 'delta') {
      if (this.seq < 0 || frame.from !== this.seq) {
        this.askSnapshot();
        return;
      }
      this.state = mergePatch(this.state, frame.patch);
    } else {
      return;
    }
    this.seq = frame.seq;
    this.listener.state(this.state);
  }

  private askSnapshot(): void {
    if (this.asked || !this.socket) return;
    this.asked = true;
    this.seq = -1;
    this.socket.send('{"type":"snapshot"}');
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  // A quarter of chance, so that many pages do not come back in the same moment.
  private retry(): void {
    if (this.closed) return;
    const base = Math.min(kMostMs, kFirstMs * 2 ** this.failures);
    const ms = Math.round(base * (1 + 0.25 * this.ports.random()));
    this.failures += 1;
    this.listener.link('lost', ms);
    this.timer = this.ports.later(() => void this.connect(), ms);
  }
}
