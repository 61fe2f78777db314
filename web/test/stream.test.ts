import { describe, expect, it } from 'vitest';
import type { Json } from '../src/protocol/merge';
import { Stream, type Link } from '../src/protocol/stream';

class FakeSocket {
  onopen = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  sent: string[] = [];
  closed = false;
  constructor(readonly ticket: string) {}
  send(data: string): void {
    this.sent.push(data);
  }
  close(): void {
    this.closed = true;
  }
  say(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

// A server that hands out numbered tickets, and a clock that runs when told to.
function setUp(ticket?: () => Promise<string>) {
  const sockets: FakeSocket[] = [];
  const states: Json[] = [];
  const links: [Link, number][] = [];
  const waiting: { action: () => void; ms: number }[] = [];
  let tickets = 0;
  const stream = new Stream(
    {
      ticket: ticket ?? (() => Promise.resolve(`t${++tickets}`)),
      open: (t) => {
        const socket = new FakeSocket(t);
        sockets.push(socket);
        return socket;
      },
      later: (action, ms) => waiting.push({ action, ms }),
      forget: () => (waiting.length = 0),
      random: () => 0,
    },
    { state: (s) => states.push(s), link: (l, ms) => links.push([l, ms]) },
  );
  const settle = async () => {
    for (let i = 0; i < 5; ++i) await Promise.resolve();
  };
  return { stream, sockets, states, links, waiting, settle };
}

describe('stream', () => {
  it('takes a snapshot, then deltas', async () => {
    const { stream, sockets, states, links, settle } = setUp();
    stream.start();
    await settle();
    expect(sockets[0]!.ticket).toBe('t1');
    sockets[0]!.say({ type: 'snapshot', seq: 4, state: { a: 1, b: 1 } });
    sockets[0]!.say({ type: 'delta', seq: 7, from: 4, patch: { a: 2 } });
    expect(states).toEqual([
      { a: 1, b: 1 },
      { a: 2, b: 1 },
    ]);
    expect(links.map(([kind]) => kind)).toEqual(['connecting', 'live']);
  });

  it('asks for a snapshot once on a gap, and shows nothing until it comes', async () => {
    const { stream, sockets, states, settle } = setUp();
    stream.start();
    await settle();
    const socket = sockets[0]!;
    socket.say({ type: 'snapshot', seq: 1, state: { a: 1 } });
    socket.say({ type: 'delta', seq: 3, from: 2, patch: { a: 3 } });
    socket.say({ type: 'delta', seq: 4, from: 3, patch: { a: 4 } });
    expect(socket.sent).toEqual(['{"type":"snapshot"}']);
    expect(states).toEqual([{ a: 1 }]);
    socket.say({ type: 'snapshot', seq: 5, state: { a: 5 } });
    socket.say({ type: 'delta', seq: 6, from: 5, patch: { a: 6 } });
    expect(states.slice(1)).toEqual([{ a: 5 }, { a: 6 }]);
  });

  it('asks for a snapshot when a frame cannot be read', async () => {
    const { stream, sockets, settle } = setUp();
    stream.start();
    await settle();
    sockets[0]!.onmessage?.({ data: '{"type":' });
    expect(sockets[0]!.sent).toEqual(['{"type":"snapshot"}']);
  });

  it('comes back later and later with new tickets, soon after a good connection', async () => {
    const { stream, sockets, links, waiting, settle } = setUp();
    stream.start();
    await settle();
    for (let i = 0; i < 8; ++i) {
      sockets[i]!.onclose?.(undefined as never);
      waiting.pop()!.action();
      await settle();
    }
    const waits = links.filter(([kind]) => kind === 'lost').map(([, ms]) => ms);
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
    expect(sockets[8]!.ticket).toBe('t9');
    sockets[8]!.say({ type: 'snapshot', seq: 1, state: {} });
    sockets[8]!.onclose?.(undefined as never);
    expect(links.at(-1)).toEqual(['lost', 250]);
  });

  it('waits no more when the token is refused', async () => {
    const refuse = () => Promise.reject(Object.assign(new Error(), { status: 401 }));
    const { stream, links, waiting, settle } = setUp(refuse);
    stream.start();
    await settle();
    expect(links.at(-1)?.[0]).toBe('refused');
    expect(waiting).toEqual([]);
  });

  it('is silent after stop', async () => {
    const { stream, sockets, states, waiting, settle } = setUp();
    stream.start();
    await settle();
    stream.stop();
    sockets[0]!.say({ type: 'snapshot', seq: 1, state: {} });
    sockets[0]!.onclose?.(undefined as never);
    expect(sockets[0]!.closed).toBe(true);
    expect(states).toEqual([]);
    expect(waiting).toEqual([]);
  });
});
