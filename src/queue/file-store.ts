/**
 * Jobs in a folder: those that wait or run in a journal, which belongs to one process at a time; those that were given up
 * as files, which another process may rename, to be tried again.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeadJob, type Job, type JobStore, keptDeadJobs, type StoredJobs } from './job.ts';
import { type Decode, listJobs, readJob, readJobs, suffixes } from './job-files.ts';
import { JobJournal } from './job-journal.ts';
import { writeDurably } from './journal.ts';

/** Ids in folders of earlier versions, one a line; their jobs were files, which are taken in like all that arrive. */
const oldTakenLog = 'taken.log';

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
  readonly #journal: JobJournal<P>;
  #sequence = Date.now();

  constructor(folder: string, decode: Decode<P>) {
    this.#folder = folder;
    this.#decode = decode;
    this.#journal = new JobJournal(folder, decode);
  }

  save(job: Job<P>): Promise<void> {
    return this.#journal.put(job);
  }

  remove(job: Job<P>): Promise<void> {
    return this.#journal.end(job);
  }

  async bury(job: Job<P>, reason: string): Promise<void> {
    const path = join(this.#folder, this.#nextName(job.id, suffixes.dead));
    await writeDurably(path, JSON.stringify({ ...job, reason, at: Date.now() }));
    await this.remove(job);
    const old = (await listJobs(this.#folder, suffixes.dead)).slice(0, -keptDeadJobs);
    for (const one of old) await rm(join(this.#folder, one), { force: true });
  }

  async load(): Promise<StoredJobs<P>> {
    const oldLog = join(this.#folder, oldTakenLog);
    const takenBefore = (await readFile(oldLog, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
    const stored = await this.#journal.load(takenBefore);
    await rm(oldLog, { force: true });
    const files = await readJobs(this.#folder, this.#decode);
    const arrived = await this.arrivals();
    return {
      jobs: [...stored.jobs, ...arrived],
      unreadable: [...stored.unreadable, ...files.flatMap(({ name, job }) => (job ? [] : [name]))],
      taken: [...stored.taken, ...arrived.flatMap(({ once }) => once ?? [])],
    };
  }

  async countDead(): Promise<number> {
    return (await listJobs(this.#folder, suffixes.dead)).length;
  }

  async arrivals(): Promise<readonly Job<P>[]> {
    const jobs: Job<P>[] = [];
    for (const { path, job } of await readJobs(this.#folder, this.#decode)) {
      if (!job) continue;
      const isNew = !this.#journal.has(job.id);
      if (isNew) await this.#journal.put(job);
      await rm(path, { force: true });
      if (isNew) jobs.push(job);
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
    const path = join(this.#folder, found.name);
    await writeDurably(path, JSON.stringify(job));
    await rename(path, join(this.#folder, this.#nextName(job.id, suffixes.job)));
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
  #nextName(id: string, suffix: string): string {
    this.#sequence = Math.max(this.#sequence + 1, Date.now());
    return `${String(this.#sequence).padStart(15, '0')}-${id}${suffix}`;
  }
}
