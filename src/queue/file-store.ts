/**
 * Jobs as files: one JSON file per job in one folder, written beside and renamed, so that a crash leaves either the
 * whole job or none. The folder belongs to one process at a time.
 */
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job, JobStore } from './job.ts';

const suffix = '.job.json';

/** Larger files are not ours and are not read. */
const maxFileBytes = 1_048_576;

/** Keeps jobs in memory only: for tests and for those who accept that a restart forgets what waits. */
export function memoryStore<P>(): JobStore<P> {
  return {
    save: async () => {},
    remove: async () => {},
    load: async () => ({ jobs: [], unreadable: [] }),
  };
}

/**
 * Opens (and creates) the folder. `decode` turns what was read back into a payload, or returns undefined when it is not
 * one, e.g. because another version wrote it. Throws the file system's error when the folder cannot be written.
 */
export async function fileStore<P>(folder: string, decode: (value: unknown) => P | undefined): Promise<JobStore<P>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let sequence = Date.now();
  const names = new Map<string, string>();
  return {
    async save(job) {
      const name = `${String(++sequence).padStart(15, '0')}-${job.id}${suffix}`;
      await writeAtomically(folder, name, JSON.stringify(job));
      names.set(job.id, name);
    },
    async remove(job) {
      const name = names.get(job.id);
      names.delete(job.id);
      if (name !== undefined) await rm(join(folder, name), { force: true });
    },
    async load() {
      const found = await readAll(folder, decode);
      for (const { name, job } of found.entries) names.set(job.id, name);
      return { jobs: found.entries.map((entry) => entry.job), unreadable: found.unreadable };
    },
  };
}

async function writeAtomically(folder: string, name: string, text: string): Promise<void> {
  const temporary = join(folder, `${name}.tmp`);
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, join(folder, name));
}

interface Found<P> {
  readonly entries: readonly { readonly name: string; readonly job: Job<P> }[];
  readonly unreadable: readonly string[];
}

async function readAll<P>(folder: string, decode: (value: unknown) => P | undefined): Promise<Found<P>> {
  const entries: { name: string; job: Job<P> }[] = [];
  const unreadable: string[] = [];
  // The name begins with a number of fixed width, so that the order of names is the order of saving.
  for (const name of (await readdir(folder)).filter((file) => file.endsWith(suffix)).sort()) {
    const job = await readJob(join(folder, name), decode);
    if (job) entries.push({ name, job });
    else unreadable.push(name);
  }
  return { entries, unreadable };
}

async function readJob<P>(path: string, decode: (value: unknown) => P | undefined): Promise<Job<P> | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    if (text.length > maxFileBytes) return undefined;
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { id, key, payload } = value as Record<string, unknown>;
    if (typeof id !== 'string' || typeof key !== 'string') return undefined;
    const decoded = decode(payload);
    return decoded === undefined ? undefined : { id, key, payload: decoded };
  } catch {
    return undefined;
  }
}
