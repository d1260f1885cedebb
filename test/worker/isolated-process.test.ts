import { describe, expect, it } from 'vitest';
import { askIsolated, IsolationError } from '../../src/worker/isolated-process.ts';

const fixture = (name: string) => new URL(`./fixtures/${name}.mjs`, import.meta.url);
const generous = { timeoutMs: 30_000, heapMb: 256 };

describe('a question to a process of its own', () => {
  it('carries maps and nested data both ways, and no environment', async () => {
    process.env['SECRET'] = 'private key';
    const answer = await askIsolated<{ names: Map<string, number>; pid: number; secret?: string }>(
      fixture('echo'),
      { names: new Map([['a', 1]]) },
      generous,
    );
    delete process.env['SECRET'];
    expect(answer.names.get('a')).toBe(1);
    expect(answer.secret).toBeUndefined();
    expect(answer.pid).not.toBe(process.pid);
    await expect.poll(() => isAlive(answer.pid)).toBe(false);
  });

  it('says why there is no answer, once, and not to be asked again', async () => {
    const failure = askIsolated(fixture('fails'), {}, generous);
    await expect(failure).rejects.toThrow('The analysis failed: no such thing');
    await expect(failure).rejects.toMatchObject({ code: 'analysis-ended', retryable: false });
    await expect(askIsolated(fixture('missing'), {}, generous)).rejects.toBeInstanceOf(IsolationError);
  });

  it('ends a process that hangs', async () => {
    await expect(askIsolated(fixture('hangs'), {}, { ...generous, timeoutMs: 500 })).rejects.toThrow(
      'longer than 0.5 seconds',
    );
  });

  it('survives a process that runs out of memory', async () => {
    await expect(askIsolated(fixture('eats-memory'), {}, { timeoutMs: 60_000, heapMb: 32 })).rejects.toThrow(
      'ended early',
    );
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
