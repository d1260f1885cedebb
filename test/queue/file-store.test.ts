/** What the folder of a process keeps, whatever happens to the process between two bytes. */
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileStore } from '../../src/queue/file-store.ts';
import type { Job } from '../../src/queue/job.ts';
import { Journal } from '../../src/queue/journal.ts';
import { rememberedIds } from '../../src/queue/once.ts';

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'goplumber-store-'));
const jobOf = (id: string, once?: string): Job<string> => ({
  id,
  key: `pr ${id}`,
  payload: id,
  ...(once === undefined ? {} : { once }),
});
const idsIn = async (folder: string): Promise<readonly string[]> =>
  (await (await fileStore(folder, asText)).load()).jobs.map(({ id }) => id);

describe('a journal', () => {
  it('holds the lines of many writers whole and in order', async () => {
    const path = join(newFolder(), 'a.log');
    const journal = new Journal(path);
    const lines = Array.from({ length: 300 }, (_, at) => `line ${at}`);
    await Promise.all(lines.map((line) => journal.append(line)));
    expect(await new Journal(path).read()).toEqual(lines);
  });

  it('cut off after any byte, has the lines before, and takes new ones', async () => {
    const folder = newFolder();
    const whole = join(folder, 'whole.log');
    const writer = new Journal(whole);
    for (const line of ['one', 'zwölf', '']) await writer.append(line);
    const bytes = readFileSync(whole);
    for (let length = 0; length <= bytes.length; length++) {
      const path = join(folder, `cut-${length}.log`);
      writeFileSync(path, bytes.subarray(0, length));
      const journal = new Journal(path);
      const before = await journal.read();
      expect(before).toEqual(['one', 'zwölf', ''].slice(0, before.length));
      await journal.append('new');
      expect((await new Journal(path).read()).at(-1)).toBe('new');
    }
  });

  it('tells each writer when nothing could be written', async () => {
    const folder = newFolder();
    const path = join(folder, 'none', 'a.log');
    const journal = new Journal(path);
    const results = await Promise.allSettled([journal.append('a'), journal.append('b')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    mkdirSync(join(folder, 'none'));
    await journal.append('c');
    expect((await journal.read()).filter((line) => line !== '')).toEqual(['c']);
  });
});

describe('a folder of jobs', () => {
  it('gives back what has not ended, in order, with the ids of what was taken in', async () => {
    const folder = newFolder();
    const store = await fileStore(folder, asText);
    await Promise.all(['a', 'b', 'c'].map((id) => store.save(jobOf(id, `once ${id}`))));
    await store.remove(jobOf('b', 'once b'));
    const next = await (await fileStore(folder, asText)).load();
    expect(next.jobs).toEqual([jobOf('a', 'once a'), jobOf('c', 'once c')]);
    expect([...next.taken].sort()).toEqual(['once a', 'once b', 'once c']);
    expect(await idsIn(folder)).toEqual(['a', 'c']);
  });

  it('cut off after any byte, has lost no job that was stored before', async () => {
    const folder = newFolder();
    const store = await fileStore(folder, asText);
    await store.load();
    await store.save(jobOf('a'));
    const stored = readFileSync(join(folder, 'jobs.log')).length;
    await store.save(jobOf('b'));
    const bytes = readFileSync(join(folder, 'jobs.log'));
    for (let length = stored; length < bytes.length; length++) {
      const cut = newFolder();
      writeFileSync(join(cut, 'jobs.log'), bytes.subarray(0, length));
      expect(await idsIn(cut)).toEqual(['a']);
    }
  });

  it('keeps lines that it cannot read, names them, and forgets them when their job ends', async () => {
    const folder = newFolder();
    const log = join(folder, 'jobs.log');
    writeFileSync(log, '{"put":{"id":"new","key":"k","payload":{"kind":"of a later version"}}}\nnoise\n');
    const { jobs, unreadable } = await (await fileStore(folder, asText)).load();
    expect([jobs, unreadable]).toEqual([[], ['new', 'line 2']]);
    expect(readFileSync(log, 'utf8')).toContain('of a later version');
    appendFileSync(log, '{"end":"new"}\n');
    expect((await (await fileStore(folder, asText)).load()).unreadable).toEqual(['line 2']);
  });

  it('takes in what an earlier version left there', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, '000001764500000-x.job.json'), JSON.stringify(jobOf('x', 'd1')));
    writeFileSync(join(folder, '000001764500001-y.job.json'), JSON.stringify(jobOf('y')));
    writeFileSync(join(folder, 'taken.log'), 'd0\n');
    const store = await fileStore(folder, asText);
    const { jobs, taken } = await store.load();
    expect(jobs).toEqual([jobOf('x', 'd1'), jobOf('y')]);
    expect(taken).toEqual(['d0', 'd1']);
    expect(readdirSync(folder)).toEqual(['jobs.log']);
    await store.remove(jobOf('x', 'd1'));
    const next = await (await fileStore(folder, asText)).load();
    expect(next.jobs).toEqual([jobOf('y')]);
    expect([...next.taken].sort()).toEqual(['d0', 'd1']);
  });

  it('takes a job in once when its file outlived the process that took it in', async () => {
    const folder = newFolder();
    const store = await fileStore(folder, asText);
    await store.save(jobOf('a'));
    writeFileSync(join(folder, '000001764500000-a.job.json'), JSON.stringify(jobOf('a')));
    expect(await idsIn(folder)).toEqual(['a']);
    expect(readdirSync(folder)).toEqual(['jobs.log']);
  });

  it('stays small, and remembers the newest ids', async () => {
    const folder = newFolder();
    const store = await fileStore(folder, asText);
    await store.save(jobOf('stays'));
    const many = 2 * rememberedIds + 100;
    for (let at = 0; at < many; at += 500) {
      const jobs = Array.from({ length: 500 }, (_, one) => jobOf(`j${at + one}`, `d${at + one}`));
      await Promise.all(jobs.map((job) => store.save(job)));
      await Promise.all(jobs.map((job) => store.remove(job)));
    }
    const lines = readFileSync(join(folder, 'jobs.log'), 'utf8').split('\n').length;
    expect(lines).toBeLessThan(4 * rememberedIds + 1_000);
    const { jobs, taken } = await (await fileStore(folder, asText)).load();
    expect(jobs).toEqual([jobOf('stays')]);
    expect(taken).toHaveLength(rememberedIds);
    expect(taken).toContain(`d${many - 1}`);
  });
});
