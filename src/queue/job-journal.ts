/**
 * Jobs that wait or run, and ids of what was taken in once, as lines of a journal: a job that came, a job that ended, an id
 * whose job ended. The file is written anew when most of its lines are about what is over.
 */
import { join } from 'node:path';
import type { Job, StoredJobs } from './job.ts';
import { type Decode, jobOf } from './job-files.ts';
import { Journal } from './journal.ts';
import { rememberedIds } from './once.ts';

const name = 'jobs.log';

/** Lines beyond which the file is written anew: at most a quarter of them is about ids that are still remembered. */
const maxLines = 4 * rememberedIds;

export class JobJournal<P> {
  readonly #journal: Journal;
  readonly #decode: Decode<P>;
  /** Lines of the jobs that have not ended. */
  readonly #open = new Map<string, string>();
  /** Lines that this version cannot read: they are kept as they are. */
  readonly #foreign: string[] = [];
  #taken: string[] = [];
  #lines = 0;

  constructor(folder: string, decode: Decode<P>) {
    this.#journal = new Journal(join(folder, name));
    this.#decode = decode;
  }

  has(id: string): boolean {
    return this.#open.has(id);
  }

  /** Resolves when the job is on stable storage. */
  async put(job: Job<P>): Promise<void> {
    const line = JSON.stringify({ put: job });
    this.#open.set(job.id, line);
    try {
      await this.#append(line);
    } catch (error) {
      this.#open.delete(job.id);
      throw error;
    }
    if (job.once !== undefined) this.#taken.push(job.once);
  }

  async end({ id }: Job<P>): Promise<void> {
    if (!this.#open.delete(id)) return;
    await this.#append(JSON.stringify({ end: id }));
    if (this.#lines <= maxLines) return;
    this.#lines = 0;
    await this.#shorten();
  }

  /**
   * What an earlier process left. `takenBefore` are ids that stand elsewhere, oldest first. The file is written anew, so
   * that it begins without what is over.
   */
  async load(takenBefore: readonly string[]): Promise<StoredJobs<P>> {
    const jobs = new Map<string, Job<P>>();
    const unreadable = new Map<string, string>();
    const taken = [...takenBefore];
    for (const [at, line] of (await this.#journal.read()).entries()) {
      if (line === '') continue;
      const { put, end, once } = recordOf(line);
      const job = jobOf(put, this.#decode);
      if (job) {
        jobs.set(job.id, job);
        if (job.once !== undefined) taken.push(job.once);
      } else if (typeof end === 'string') {
        jobs.delete(end);
        unreadable.delete(end);
      } else if (typeof once === 'string') taken.push(once);
      else unreadable.set(idOf(put) ?? `line ${at + 1}`, line);
    }
    for (const job of jobs.values()) this.#open.set(job.id, JSON.stringify({ put: job }));
    this.#foreign.push(...unreadable.values());
    this.#taken = taken;
    await this.#shorten();
    return { jobs: [...jobs.values()], unreadable: [...unreadable.keys()], taken: [...this.#taken] };
  }

  async #append(line: string): Promise<void> {
    this.#lines++;
    await this.#journal.append(line);
  }

  async #shorten(): Promise<void> {
    await this.#journal.rewrite(() => {
      this.#taken = this.#taken.slice(-rememberedIds);
      const ids = this.#taken.map((once) => JSON.stringify({ once }));
      const lines = [...this.#foreign, ...ids, ...this.#open.values()];
      this.#lines = lines.length;
      return lines;
    });
  }
}

interface Line {
  readonly put?: unknown;
  readonly end?: unknown;
  readonly once?: unknown;
}

function recordOf(line: string): Line {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Line) : {};
  } catch {
    return {};
  }
}

function idOf(value: unknown): string | undefined {
  const id = typeof value === 'object' && value !== null ? (value as { readonly id?: unknown }).id : undefined;
  return typeof id === 'string' ? id : undefined;
}
