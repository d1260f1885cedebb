/**
 * Jobs as files: one JSON file per job in one folder, written beside and renamed, so that a crash leaves either the
 * whole job or none. The folder belongs to one process at a time, but for jobs that were given up: those may be renamed
 * by another one, to be tried again.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeadJob, type Job, type JobStore, keptDeadJobs, type StoredJobs } from './job.ts';
import { type Decode, listJobs, readJob, suffixes, writeAtomically } from './job-files.ts';
import { TakenLog } from './taken-log.ts';

/**
 * Opens (and creates) the folder. `decode` turns what was read back into a payload, or returns undefined when it is not
 * one, e.g. because another version wrote it. Throws the file system's error when the folder cannot be written.
 */
export async function fileStore<P>(folder: string, decode: Decode<P>): Promise<JobStore<P>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return new FileStore(folder, decode);
}

class FileStore<P> implements JobStore<P> {
  readonly #folder: string;
  readonly #decode: Decode<P>;
  /** File names of the jobs that this process knows. */
  readonly #names = new Map<string, string>();
  readonly #taken: TakenLog;
  #sequence = Date.now();

  constructor(folder: string, decode: Decode<P>) {
    this.#folder = folder;
    this.#decode = decode;
    this.#taken = new TakenLog(folder);
  }

  async save(job: Job<P>): Promise<void> {
    const name = this.#nextName(job.id);
    this.#names.set(job.id, name);
    await writeAtomically(this.#folder, name, JSON.stringify(job));
  }

  async remove(job: Job<P>): Promise<void> {
    const name = this.#names.get(job.id);
    // As long as the file stands, it says itself that the job was taken in.
    if (job.once !== undefined) await this.#taken.add(job.once);
    if (name !== undefined) await rm(join(this.#folder, name), { force: true });
    // Forgotten last: a file that is there and unknown is an arrival.
    this.#names.delete(job.id);
  }

  async bury(job: Job<P>, reason: string): Promise<void> {
    const name = `${this.#nextName(job.id).slice(0, -suffixes.job.length)}${suffixes.dead}`;
    await writeAtomically(this.#folder, name, JSON.stringify({ ...job, reason, at: Date.now() }));
    await this.remove(job);
    const old = (await listJobs(this.#folder, suffixes.dead)).slice(0, -keptDeadJobs);
    for (const one of old) await rm(join(this.#folder, one), { force: true });
  }

  async load(): Promise<StoredJobs<P>> {
    const jobs: Job<P>[] = [];
    const unreadable: string[] = [];
    for (const name of await listJobs(this.#folder, suffixes.job)) {
      const read = await readJob(join(this.#folder, name), this.#decode);
      if (read) this.#names.set(read.job.id, name);
      if (read) jobs.push(read.job);
      else unreadable.push(name);
    }
    const taken = [...(await this.#taken.read()), ...jobs.flatMap(({ once }) => once ?? [])];
    return { jobs, unreadable, taken };
  }

  async countDead(): Promise<number> {
    return (await listJobs(this.#folder, suffixes.dead)).length;
  }

  async arrivals(): Promise<readonly Job<P>[]> {
    const jobs: Job<P>[] = [];
    const known = new Set(this.#names.values());
    for (const name of await listJobs(this.#folder, suffixes.job)) {
      if (known.has(name)) continue;
      const read = await readJob(join(this.#folder, name), this.#decode);
      if (!read || this.#names.has(read.job.id)) continue;
      this.#names.set(read.job.id, name);
      jobs.push(read.job);
    }
    return jobs;
  }

  async dead(): Promise<readonly DeadJob<P>[]> {
    return (await this.#graves()).map(({ grave }) => grave);
  }

  async replay(id: string): Promise<boolean> {
    const found = (await this.#graves()).find(({ grave }) => grave.job.id === id);
    if (!found) return false;
    const { key, payload } = found.grave.job;
    const job: Job<P> = { id: randomUUID(), key, payload };
    // One rename, so that a crash leaves the job either given up or waiting.
    await writeAtomically(this.#folder, found.name, JSON.stringify(job));
    await rename(join(this.#folder, found.name), join(this.#folder, this.#nextName(job.id)));
    return true;
  }

  async #graves(): Promise<readonly { readonly name: string; readonly grave: DeadJob<P> }[]> {
    const graves: { readonly name: string; readonly grave: DeadJob<P> }[] = [];
    for (const name of (await listJobs(this.#folder, suffixes.dead)).toReversed()) {
      const read = await readJob(join(this.#folder, name), this.#decode);
      if (read) graves.push({ name, grave: { job: read.job, reason: read.reason, at: read.at } });
    }
    return graves;
  }

  /** The name begins with a number of fixed width, so that the order of names is the order of saving. */
  #nextName(id: string): string {
    this.#sequence = Math.max(this.#sequence + 1, Date.now());
    return `${String(this.#sequence).padStart(15, '0')}-${id}${suffixes.job}`;
  }
}
