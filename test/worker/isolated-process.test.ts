import { mkdtempSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Conversation, converse, type Reaction } from '../../src/worker/isolated-process.ts';
import { sandbox } from '../../src/worker/sandbox.ts';
import { orSkipped } from '../skipped.ts';

const isLinux = process.platform === 'linux';

const fixture = (name: string) => new URL(`./fixtures/${name}.mjs`, import.meta.url);
const generous = { timeoutMs: 30_000, heapMb: 256, memoryMb: 1_024, messages: 1_000 };

/** The first message is the last word; messages that tell a place are heard. */
function oneAnswer(task: object): Conversation {
  let place: string | undefined;
  return {
    task,
    place: () => place,
    onMessage(message): Reaction {
      const said = message as { readonly place?: string };
      if (said.place === undefined) return { kind: 'end', outcome: () => message };
      place = said.place;
      return { kind: 'none' };
    },
  };
}

function ask<T>(name: string, task: object = {}, limits: Partial<typeof generous> = {}): Promise<T> {
  return converse<T>(fixture(name), oneAnswer(task), { ...generous, ...limits });
}

describe('a process of its own', () => {
  it('carries maps and nested data both ways, and nothing of our environment', async () => {
    process.env['SECRET'] = 'private key';
    const answer = await ask<{ names: Map<string, number>; pid: number; environment: Record<string, string> }>('echo', {
      names: new Map([['a', 1]]),
    });
    delete process.env['SECRET'];
    expect(answer.names.get('a')).toBe(1);
    expect(Object.values(answer.environment)).not.toContain('private key');
    expect(answer.pid).not.toBe(process.pid);
    await expect.poll(() => isAlive(answer.pid)).toBe(false);
  });

  it('reads no file beside its own, starts nothing, and reaches nobody', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'goplumber-spy-')), '.env');
    writeFileSync(file, 'PRIVATE_KEY=x');
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const found = await ask<Record<string, string>>('spies', { port, file });
    server.close();
    const denied = 'ERR_ACCESS_DENIED';
    expect(found).toMatchObject({ read: denied, parent: denied, write: denied, run: denied });
    if ((await sandbox()).network) expect(found['network']).not.toBe('done');
  });

  it.each([1, 20_000_000])('that is stopped before it has read its %i bytes is tried again', async (size) => {
    const stopped = ask('is-stopped', { text: 'x'.repeat(size) });
    await expect(stopped).rejects.toMatchObject({ code: 'analysis-interrupted', retryable: true });
  });

  it('has its questions answered while its clock stands', async () => {
    const conversation: Conversation = {
      task: { question: 'who?' },
      place: () => undefined,
      onMessage(message): Reaction {
        const said = message as { readonly ask?: string; readonly last?: string };
        if (said.ask === undefined) return { kind: 'end', outcome: () => said.last };
        const reply = new Promise<object>((resolve) => setTimeout(() => resolve({ reply: 'me' }), 3_000));
        return { kind: 'reply', message: reply };
      },
    };
    await expect(converse(fixture('asks'), conversation, { ...generous, timeoutMs: 2_500 })).resolves.toBe('me');
  });

  it('that hangs is ended, and where it was is said', async () => {
    const failure = ask('hangs', {}, { timeoutMs: 8_000 });
    await expect(failure).rejects.toThrow('The analysis took longer than 8 seconds, at shop.go');
    await expect(failure).rejects.toMatchObject({ code: 'analysis-out-of-time', retryable: false });
  });

  it('that runs out of its heap is survived', async () => {
    await expect(ask('eats-memory', {}, { heapMb: 32, timeoutMs: 60_000 })).rejects.toThrow('ended early');
  });

  it.runIf(isLinux)(
    orSkipped(!isLinux, 'that takes memory beside its heap is ended', 'memory is read from /proc'),
    async () => {
      await expect(ask('eats-buffers', {}, { memoryMb: 200 })).rejects.toThrow('needed more than 200 MB');
    },
  );

  it('that does not stop talking is ended', async () => {
    await expect(ask('chatters')).rejects.toThrow('wrote too much output');
  });

  it('that cannot start is said, and not to be asked again', async () => {
    await expect(ask('missing')).rejects.toMatchObject({ code: 'analysis-ended', retryable: false });
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
