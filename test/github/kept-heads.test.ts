/** What is remembered of heads, in a folder. */
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileHeads, rememberedHeads } from '../../src/github/kept-heads.ts';

const at = (headSha: string, pullNumber = 1) => ({
  repository: { owner: 'acme', name: 'shop' },
  pullNumber,
  headSha,
});
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'goplumber-heads-'));

describe('heads in a folder', () => {
  it('are known to the process that comes after', async () => {
    const folder = newFolder();
    const first = await fileHeads(folder);
    await first.note(at('a'));
    await first.judge(at('b'));
    await first.note(at('b', 2));
    const next = await fileHeads(folder);
    expect([await next.known(at('a')), await next.judged(at('a'))]).toEqual([true, false]);
    expect([await next.judged(at('b')), await next.shared(at('b'))]).toEqual([true, true]);
    expect([await next.known(at('c')), await next.shared(at('a'))]).toEqual([false, false]);
  });

  it('are judged anew after another one of their pull request, in the next process too', async () => {
    const folder = newFolder();
    const first = await fileHeads(folder);
    for (const head of ['a', 'b', 'a', 'b']) await first.judge(at(head));
    const next = await fileHeads(folder);
    expect([await next.judged(at('a')), await next.judged(at('b'))]).toEqual([false, true]);
  });

  it('outlive lines that are none, and one that was cut off', async () => {
    const folder = newFolder();
    await (await fileHeads(folder)).judge(at('a'));
    appendFileSync(join(folder, 'heads.log'), 'noise\n{"owner": 1}\nnull\n{"owner": "ac');
    const next = await fileHeads(folder);
    await next.judge(at('b', 2));
    const last = await fileHeads(folder);
    expect([await last.judged(at('a')), await last.judged(at('b', 2))]).toEqual([true, true]);
  });

  it('stay few', async () => {
    const folder = newFolder();
    const line = (pull: number) => JSON.stringify({ owner: 'acme', name: 'shop', pull, head: `${pull}`, judged: true });
    const old = Array.from({ length: 2 * rememberedHeads }, (_, index) => line(index));
    writeFileSync(join(folder, 'heads.log'), `${old.join('\n')}\n`);
    const heads = await fileHeads(folder);
    await heads.judge(at('new'));
    expect(readFileSync(join(folder, 'heads.log'), 'utf8').split('\n')).toHaveLength(rememberedHeads + 1);
    const next = await fileHeads(folder);
    expect([await next.judged(at('new')), await next.judged(at('0', 0))]).toEqual([true, false]);
    const last = 2 * rememberedHeads - 1;
    expect(await next.judged(at(`${last}`, last))).toBe(true);
  });
});
