/** Reading and writing the files of a folder of jobs. */
import { open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from './job.ts';

/** Of jobs that wait or run, and of those that were given up. */
export const suffixes = { job: '.job.json', dead: '.dead.json' } as const;

/** Turns what was read into a payload; undefined when it is none. */
export type Decode<P> = (value: unknown) => P | undefined;

export interface ReadJob<P> {
  readonly job: Job<P>;
  /** Of a job that was given up. */
  readonly reason: string;
  readonly at: number;
}

/** Larger files are not ours and are not read. */
const maxFileBytes = 1_048_576;

/** File names in the order of their numbers. */
export async function listJobs(folder: string, suffix: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((file) => file.endsWith(suffix)).sort();
}

/** Undefined when the file holds no job that this version can read. */
export async function readJob<P>(path: string, decode: Decode<P>): Promise<ReadJob<P> | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    if (text.length > maxFileBytes) return undefined;
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { id, key, payload, once, reason, at } = value as Record<string, unknown>;
    if (typeof id !== 'string' || typeof key !== 'string') return undefined;
    const decoded = decode(payload);
    if (decoded === undefined) return undefined;
    const job = { id, key, payload: decoded, ...(typeof once === 'string' ? { once } : {}) };
    return { job, reason: typeof reason === 'string' ? reason : '', at: typeof at === 'number' ? at : 0 };
  } catch {
    return undefined;
  }
}

/** Writes a file whole or not at all. */
export async function writeAtomically(folder: string, name: string, text: string): Promise<void> {
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
