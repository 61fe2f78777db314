// What the tests talk to: the real program where CALLMILL names one that has `live`, else the
// made-up centre. Both start paused at 09:00 or so, and come back on the same port with the same
// token.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Mock } from '../dev/mock-server';

const kRoot = fileURLToPath(new URL('../..', import.meta.url));
export const kToken = 'e2e-0123456789abcdef0123456789abcdef';

export interface Centre {
  url: string;
  real: boolean;
  stop(): Promise<void>;
  start(): Promise<void>;
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}

const program = process.env['CALLMILL'] ?? '';
const hasLive = (): boolean =>
  program !== '' && spawnSync(program, ['live', '--help'], { timeout: 10_000 }).status === 0;

async function ready(url: string): Promise<void> {
  for (let i = 0; i < 150; ++i) {
    try {
      if ((await fetch(`${url}/readyz`)).ok) return;
    } catch {
      // not yet
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`nothing is ready at ${url}`);
}

export async function open(
  scenario = 'scenarios/hotline/city-12345.yaml',
  extra = ['--paused', '--at', '09:00'],
): Promise<Centre> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  if (!hasLive()) {
    let mock: Mock | null = null;
    const start = async () => {
      mock = new Mock(kToken, `${kRoot}build/web/dist`);
      await mock.listen(port);
    };
    await start();
    return { url, real: false, start, stop: async () => mock?.close() };
  }
  let child: ChildProcess | null = null;
  const start = async () => {
    const options = ['--port', String(port), '--token', kToken, ...extra];
    child = spawn(program, ['live', scenario, ...options], { cwd: kRoot, stdio: 'inherit' });
    await ready(url);
  };
  const stop = () =>
    new Promise<void>((done) => {
      if (!child || child.exitCode != null) return done();
      child.once('exit', () => done());
      child.kill('SIGTERM');
    });
  await start();
  return { url, real: true, start, stop };
}
