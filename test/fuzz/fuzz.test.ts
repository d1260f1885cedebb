/** A short run of the fuzzer, the same each time, and every input that once failed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runBatch } from './batch.ts';
import { anyTarget, must } from './target.ts';
import { targets } from './targets.ts';
import { hostileText } from './texts.ts';

const seed = 20_260_701;

function corpusOf(name: string): readonly string[] {
  const folder = join(import.meta.dirname, 'corpus', name);
  return existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [];
}

describe.each(targets)('$name', (target) => {
  it('holds for inputs that follow from a seed', async () => {
    const { failure } = await runBatch(target, { seed, runs: target.name === 'go' ? 25 : 150 });
    expect(failure).toBeUndefined();
  }, 600_000);

  for (const file of corpusOf(target.name)) {
    it(`holds for an input that once failed: ${basename(file)}`, async () => {
      await target.check(JSON.parse(readFileSync(file, 'utf8')));
    });
  }
});

describe('a run of the fuzzer', () => {
  it('finds what does not hold, and makes it small', async () => {
    const target = anyTarget({
      name: 'wrong',
      weight: 1,
      inputs: hostileText,
      check: (text) => must(!text.includes('@team'), 'the text mentions a team'),
    });
    const { failure } = await runBatch(target, { seed, runs: 500 });
    expect(failure?.error).toContain('the text mentions a team');
    expect(failure?.input).toBe('@team');
  });
});
