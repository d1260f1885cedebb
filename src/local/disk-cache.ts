/**
 * Values on disk by a hash of what they were made from. Several processes may use one folder: an entry is written beside
 * its place and moved there at once, and one that is damaged counts as absent. What was not asked for the longest time
 * goes first when the folder grows beyond its limit. No failure of the disk is an error: the value is made again.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** Bytes of one entry on disk, and of its text: a file that somebody put there must not exhaust the memory. */
const largestEntry = 16_000_000;
const largestText = 256_000_000;

/** Bytes of all entries together. */
const largestCache = 256_000_000;

/** Of what is left after the oldest entries were removed. */
const keptShare = 0.8;

export class DiskCache {
  readonly #folder: string;

  /** @param folder absolute; made when something is kept */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The value of a key; undefined when there is none that is whole. */
  async get(key: string): Promise<unknown> {
    const path = this.#pathOf(key);
    try {
      const info = await stat(path);
      if (!info.isFile() || info.size > largestEntry) return undefined;
      const value = contentOf(await readFile(path));
      const now = new Date();
      await utimes(path, now, now);
      return value;
    } catch {
      return undefined;
    }
  }

  async put(key: string, value: unknown): Promise<void> {
    const bytes = entryOf(value);
    if (bytes.length > largestEntry) return;
    const path = this.#pathOf(key);
    const beside = `${path}.${randomUUID()}.tmp`;
    try {
      await makeFolder(dirname(path));
      await writeFile(beside, bytes, { mode: 0o600, flag: 'wx' });
      await rename(beside, path);
    } catch {
      await rm(beside, { force: true }).catch(() => undefined);
    }
  }

  /** Removes the entries that were not asked for the longest time, when all together are too large. */
  async trim(limit = largestCache): Promise<void> {
    const entries = await this.#entries();
    let size = entries.reduce((sum, { info }) => sum + info.size, 0);
    if (size <= limit) return;
    for (const { path, info } of entries.sort((a, b) => a.info.mtimeMs - b.info.mtimeMs)) {
      if (size <= limit * keptShare) return;
      await rm(path, { force: true }).catch(() => undefined);
      size -= info.size;
    }
  }

  async #entries(): Promise<{ readonly path: string; readonly info: Stats }[]> {
    const found: { readonly path: string; readonly info: Stats }[] = [];
    for (const shelf of await namesIn(this.#folder)) {
      if (!/^[0-9a-f]{2}$/.test(shelf)) continue;
      for (const name of await namesIn(join(this.#folder, shelf))) {
        const path = join(this.#folder, shelf, name);
        const info = await stat(path).catch(() => undefined);
        if (info?.isFile()) found.push({ path, info });
      }
    }
    return found;
  }

  #pathOf(key: string): string {
    return join(this.#folder, key.slice(0, 2), key.slice(2));
  }
}

/**
 * Makes a folder and those above it. Not by `recursive`: where the system refuses a folder although the one above it
 * exists, as below `/proc`, Node tries that forever.
 */
async function makeFolder(path: string): Promise<void> {
  const code = await mkdir(path, { mode: 0o700 }).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error.code,
  );
  if (code !== 'ENOENT' || dirname(path) === path) return;
  await makeFolder(dirname(path));
  await mkdir(path, { mode: 0o700 });
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

const digestLength = 32;

/** A digest of the packed text, then the packed text. */
function entryOf(value: unknown): Buffer {
  const packed = gzipSync(JSON.stringify(value));
  return Buffer.concat([digest(packed), packed]);
}

/** Throws for bytes that are no whole entry. */
function contentOf(bytes: Buffer): unknown {
  const packed = bytes.subarray(digestLength);
  if (!digest(packed).equals(bytes.subarray(0, digestLength))) return undefined;
  return JSON.parse(gunzipSync(packed, { maxOutputLength: largestText }).toString());
}

function digest(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** Where caches of this user lie: as the XDG specification has it, and where macOS and Windows keep them. */
export function userCacheFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  if (env['XDG_CACHE_HOME']?.startsWith('/')) return env['XDG_CACHE_HOME'];
  if (platform === 'win32' && env['LOCALAPPDATA']) return env['LOCALAPPDATA'];
  const home = env['HOME'] || homedir();
  return platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
}
