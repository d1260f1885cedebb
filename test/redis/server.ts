/** A Redis of its own for tests: the real server, on a free port, with its files in a temporary folder. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe } from 'vitest';

const { GOPLUMBER_REQUIRE_REDIS } = process.env;
const found = spawnSync('redis-server', ['--version']).status === 0;

/** Tests that need a Redis: without `redis-server` they are skipped, with GOPLUMBER_REQUIRE_REDIS=1 they fail. */
export const describeWithRedis = found || GOPLUMBER_REQUIRE_REDIS === '1' ? describe : describe.skip;

export class RedisServer {
  readonly port: number;
  readonly #folder = mkdtempSync(join(tmpdir(), 'goplumber-redis-'));
  #child: ChildProcess | undefined;

  private constructor(port: number) {
    this.port = port;
  }

  static async start(): Promise<RedisServer> {
    if (!found) throw new Error('there is no redis-server; GOPLUMBER_REQUIRE_REDIS wants one');
    const server = new RedisServer(await freePort());
    await server.run();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts the server on what it wrote before. */
  async run(): Promise<void> {
    const files = ['--dir', this.#folder, '--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
    const child = spawn('redis-server', ['--port', String(this.port), '--bind', '127.0.0.1', ...files], {
      stdio: 'ignore',
    });
    this.#child = child;
    const endWithUs = (): boolean => child.kill('SIGKILL');
    process.once('exit', endWithUs);
    child.once('exit', () => process.off('exit', endWithUs));
    for (let tries = 0; !(await answers(this.port)); tries++) {
      if (tries > 400) throw new Error('redis-server does not answer');
      await sleep(25);
    }
  }

  /** What it holds in memory. */
  async usedBytes(): Promise<number> {
    const text = await new Promise<string>((resolve) => {
      const socket = connect(this.port, '127.0.0.1', () => socket.write('INFO memory\r\n'));
      socket.once('data', (data) => {
        socket.destroy();
        resolve(data.toString());
      });
    });
    return Number(/used_memory:(\d+)/.exec(text)?.[1]);
  }

  /** Ends the server as a crash does. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Whether it takes commands, which it does not while it reads its files. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const end = (is: boolean): void => {
      socket.destroy();
      resolve(is);
    };
    socket.once('data', (data) => end(data.toString().startsWith('+PONG')));
    socket.once('error', () => end(false));
    socket.setTimeout(1_000, () => end(false));
  });
}
