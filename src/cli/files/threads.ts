/**
 * The check of several folders in threads. Which thread checks which folder changes nothing: a folder is checked as if it
 * were alone, and outcomes are put together in the order of the folders. A thread that runs out of memory takes its folder
 * along, not the run.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { displayPath, type WantedFolder } from '../../local/folder.ts';
import { LocalError } from '../../local/local-error.ts';
import type { ReportedDiagnostic } from '../report.ts';
import { InOrder } from './in-order.ts';
import type { Message, Task, ThreadData } from './messages.ts';
import { type FolderOutcome, unfinished, withTexts } from './outcome.ts';
import type { Run, RunEvents } from './run.ts';

const script = new URL('./check-thread.js', import.meta.url);

/** Whether this program has threads: its sources have not, as Node does not run them. */
export function hasThreads(): boolean {
  return existsSync(fileURLToPath(script));
}

/** What a thread may need, in megabytes: a package of some thousand functions takes a gigabyte. */
const leastHeap = 1_024;
const mostHeap = 4_096;

/** Milliseconds between two looks whether Ctrl-C was pressed. */
const lookEvery = 50;

/** Threads for so many folders, when so many are wanted: as many as the free memory (in a container: its own) lets work. */
export function threadsFor(folders: number, jobs: number): number {
  const fitting = Math.floor(process.availableMemory() / 1e6 / leastHeap);
  return Math.max(1, Math.min(jobs, folders, fitting));
}

/** Rejects with `LocalError` for a folder that cannot be read, and with what a thread that cannot start says. */
export function checkInThreads(
  folders: readonly WantedFolder[],
  data: ThreadData,
  threads: number,
  events: RunEvents,
): Promise<Run> {
  return new Promise((resolve, reject) => {
    new Pool(folders, data, threads, events, (end) => (end instanceof Error ? reject(end) : resolve(end))).start();
  });
}

class Pool {
  readonly #folders: readonly WantedFolder[];
  readonly #data: ThreadData;
  readonly #threads: number;
  readonly #events: RunEvents;
  readonly #ended: (end: Run | Error) => void;
  readonly #inOrder: InOrder;
  readonly #workers = new Set<Worker>();
  readonly #found = new Map<number, ReportedDiagnostic[]>();
  readonly #texts = new Map<number, Map<string, string>>();
  readonly #outcomes = new Map<number, FolderOutcome>();
  #next = 0;
  #look: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(
    folders: readonly WantedFolder[],
    data: ThreadData,
    threads: number,
    events: RunEvents,
    ended: (end: Run | Error) => void,
  ) {
    this.#folders = folders;
    this.#data = data;
    this.#threads = threads;
    this.#events = events;
    this.#ended = ended;
    this.#inOrder = new InOrder(events.found);
  }

  start(): void {
    this.#look = setInterval(() => this.#stopWhenAsked(), lookEvery);
    for (let count = 0; count < this.#threads; count += 1) this.#startThread();
    if (this.#folders.length === 0) this.#end();
  }

  #startThread(): void {
    const at = this.#take();
    if (at === undefined) return;
    const worker = new Worker(script, {
      workerData: this.#data,
      resourceLimits: { maxOldGenerationSizeMb: this.#heap() },
    });
    let current = at;
    this.#workers.add(worker);
    worker.on('message', (message: Message) => {
      const next = this.#hear(message);
      if (next === undefined) return;
      if (next === 'none') {
        this.#workers.delete(worker);
        void worker.terminate();
        return;
      }
      current = next;
      this.#send(worker, current);
    });
    worker.on('error', (error) => this.#lost(worker, current, error));
    this.#send(worker, current);
  }

  /** The threads share what is free. */
  #heap(): number {
    return Math.round(Math.min(mostHeap, Math.max(leastHeap, process.availableMemory() / 1e6 / this.#threads)));
  }

  #take(): number | undefined {
    if (this.#next >= this.#folders.length) return undefined;
    this.#next += 1;
    return this.#next - 1;
  }

  #send(worker: Worker, at: number): void {
    const wanted = this.#folders[at];
    if (wanted) worker.postMessage({ at, wanted } satisfies Task);
  }

  /** The folder that the thread is to check next, if it asks for one. */
  #hear(message: Message): number | 'none' | undefined {
    if (this.#isOver) return undefined;
    switch (message.kind) {
      case 'step':
        this.#events.step(message.step, this.#outcomes.size);
        return undefined;
      case 'texts':
        this.#texts.set(message.at, new Map([...(this.#texts.get(message.at) ?? []), ...message.texts]));
        return undefined;
      case 'found':
        for (const found of withTexts([message.diagnostic], this.#texts.get(message.at) ?? new Map()))
          this.#keep(message.at, found);
        return undefined;
      case 'failed':
        this.#stop(message.code ? new LocalError(message.code, message.message) : new Error(message.message));
        return undefined;
      case 'done':
        this.#finish(message.at, { ...message.outcome, diagnostics: this.#found.get(message.at) ?? [] });
        return this.#isOver ? undefined : (this.#take() ?? 'none');
    }
  }

  #keep(at: number, diagnostic: ReportedDiagnostic): void {
    const found = this.#found.get(at) ?? [];
    found.push(diagnostic);
    this.#found.set(at, found);
    this.#inOrder.found(at, diagnostic);
  }

  #finish(at: number, outcome: FolderOutcome): void {
    this.#outcomes.set(at, outcome);
    this.#texts.delete(at);
    this.#inOrder.done(at);
    if (this.#outcomes.size === this.#folders.length) this.#end();
  }

  /** A thread that ended: out of memory, what it had found is kept; for another reason none would do better. */
  #lost(worker: Worker, at: number, error: NodeJS.ErrnoException): void {
    this.#workers.delete(worker);
    if (this.#isOver) return;
    if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') {
      this.#stop(error);
      return;
    }
    const dir = displayPath(this.#data.request.root, this.#folders[at]?.folder ?? '');
    this.#finish(at, unfinished(this.#found.get(at) ?? [], `${dir}: the check of this folder ran out of memory`));
    if (!this.#isOver) this.#startThread();
  }

  #stopWhenAsked(): void {
    if (this.#events.stopped()) this.#end(true);
  }

  #end(interrupted = false): void {
    this.#inOrder.end();
    const outcomes = this.#folders.flatMap((_, at) => {
      const partly = this.#found.get(at);
      return this.#outcomes.get(at) ?? (partly ? unfinished(partly) : []);
    });
    this.#stop({ outcomes, interrupted });
  }

  #stop(end: Run | Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#look);
    void Promise.all([...this.#workers].map((worker) => worker.terminate())).then(() => this.#ended(end));
  }
}
