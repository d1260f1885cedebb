import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DiskCache, userCacheFolder } from '../../src/local/disk-cache.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'goplumber-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const key = (digit: string) => digit.repeat(64);
const pathOf = (digit: string) => join(folder, digit.repeat(2), digit.repeat(62));

describe('a cache on disk', () => {
  it('gives back what was put, to every process', async () => {
    await new DiskCache(folder).put(key('a'), { found: ['leak'] });
    expect(await new DiskCache(folder).get(key('a'))).toEqual({ found: ['leak'] });
    expect(await new DiskCache(folder).get(key('b'))).toBeUndefined();
  });

  it('takes damage for absence, wherever it is, and writes the entry anew', async () => {
    const cache = new DiskCache(folder);
    await cache.put(key('a'), { found: ['leak'] });
    const whole = readFileSync(pathOf('a'));
    const damaged = [
      whole.subarray(0, 20),
      whole.subarray(0, whole.length - 1),
      Buffer.alloc(0),
      ...[0, 40, whole.length - 1].map((at) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        return bytes;
      }),
    ];
    for (const bytes of damaged) {
      writeFileSync(pathOf('a'), bytes);
      expect(await cache.get(key('a'))).toBeUndefined();
    }
    await cache.put(key('a'), 'new');
    expect(await cache.get(key('a'))).toBe('new');
  });

  it('can be written by many at once: each reader sees a whole value', async () => {
    const values = Array.from({ length: 20 }, (_, at) => ({ at, text: String(at).repeat(5_000) }));
    const seen: unknown[] = [];
    await Promise.all(
      values.map(async (value) => {
        await new DiskCache(folder).put(key('a'), value);
        seen.push(await new DiskCache(folder).get(key('a')));
      }),
    );
    expect(seen.every((value) => values.some((one) => JSON.stringify(one) === JSON.stringify(value)))).toBe(true);
    expect(readdirSync(join(folder, 'aa'))).toEqual(['a'.repeat(62)]);
  });

  it('lets go of what was not asked for the longest time', async () => {
    const cache = new DiskCache(folder);
    for (const digit of ['a', 'b', 'c']) await cache.put(key(digit), digit);
    const size = statSync(pathOf('a')).size;
    for (const [at, digit] of ['a', 'b', 'c'].entries()) utimesSync(pathOf(digit), 1_000 + at, 1_000 + at);
    await cache.get(key('a'));
    await cache.trim(size * 3);
    expect(await cache.get(key('b'))).toBe('b');
    utimesSync(pathOf('b'), 1_001, 1_001);
    await cache.trim(size * 2.5);
    const left = await Promise.all(['a', 'b', 'c'].map((digit) => cache.get(key(digit))));
    expect(left).toEqual(['a', undefined, 'c']);
  });

  it('ends where the system refuses folders as if the one above were missing', async () => {
    const cache = new DiskCache('/proc/goplumber/cache');
    await cache.put('abcdef', 1);
    expect(await cache.get('abcdef')).toBeUndefined();
  });

  it('is no error where nothing can be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    const cache = new DiskCache(join(folder, 'file'));
    await cache.put(key('a'), 1);
    expect(await cache.get(key('a'))).toBeUndefined();
    await cache.trim();
  });

  it('lies where the system keeps caches of a user', () => {
    expect(userCacheFolder({ XDG_CACHE_HOME: '/x', HOME: '/home/me' }, 'linux')).toBe('/x');
    expect(userCacheFolder({ XDG_CACHE_HOME: 'relative', HOME: '/home/me' }, 'linux')).toBe('/home/me/.cache');
    expect(userCacheFolder({ HOME: '/home/me' }, 'darwin')).toBe('/home/me/Library/Caches');
    expect(userCacheFolder({ LOCALAPPDATA: 'C:\\Local', HOME: 'x' }, 'win32')).toBe('C:\\Local');
  });
});
