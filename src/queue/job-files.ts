/**
 * Jobs as files, one for each, for those that pass from one process to another: what was given up, and what is to be tried
 * again.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from './job.ts';

/** Of jobs that are to be taken in, and of those that were given up. */
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
    const job = jobOf(value, decode);
    if (!job) return undefined;
    const { reason, at } = value as { readonly reason?: unknown; readonly at?: unknown };
    return { job, reason: typeof reason === 'string' ? reason : '', at: typeof at === 'number' ? at : 0 };
  } catch {
    return undefined;
  }
}

/** A job that was read back; undefined when it is none of this version. */
export function jobOf<P>(value: unknown, decode: Decode<P>): Job<P> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, key, payload, once } = value as Record<string, unknown>;
  if (typeof id !== 'string' || typeof key !== 'string') return undefined;
  const decoded = decode(payload);
  if (decoded === undefined) return undefined;
  return { id, key, payload: decoded, ...(typeof once === 'string' ? { once } : {}) };
}

/** File names of all jobs in a folder that are to be taken in, without those that cannot be read. */
export async function readJobs<P>(
  folder: string,
  decode: Decode<P>,
): Promise<readonly { readonly path: string; readonly name: string; readonly job: Job<P> | undefined }[]> {
  const names = await listJobs(folder, suffixes.job);
  const read = async (name: string) => {
    const path = join(folder, name);
    return { path, name, job: (await readJob(path, decode))?.job };
  };
  return Promise.all(names.map(read));
}
