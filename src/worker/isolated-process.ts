/**
 * A conversation with a fresh process: what runs there can crash, hang or exhaust its memory without taking the App along,
 * and all of its memory goes back when it ends. It is given one task, may ask questions, and says one last thing.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { commandFor, sandbox } from './sandbox.ts';

/** Bounds of one process. */
export interface IsolationLimits {
  /** Time of its own: while the App has a question of it to answer, the clock stands. */
  readonly timeoutMs: number;
  /** Of the JavaScript heap, in megabytes. */
  readonly heapMb: number;
  /** Of all its memory, in megabytes; watched where the platform tells it (Linux). */
  readonly memoryMb: number;
  /** Messages that are taken from it. */
  readonly messages: number;
}

/**
 * The process gave no answer. After a crash or a limit, asking again would end the same way; a process that was
 * interrupted from outside, as all of a service are when it is stopped, can be asked again.
 */
export class IsolationError extends Error {
  readonly code: 'analysis-ended' | 'analysis-out-of-time' | 'analysis-interrupted';
  readonly retryable: boolean;

  constructor(message: string, code: IsolationError['code'] = 'analysis-ended') {
    super(message);
    this.name = 'IsolationError';
    this.code = code;
    this.retryable = code === 'analysis-interrupted';
  }
}

/** What stops a service: a supervisor, a terminal that closes, Ctrl-C. */
const stopSignals: ReadonlySet<string> = new Set(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']);

/** Settings that the process shares with this one. Credentials of the App are none of its business. */
const sharedSettings = ['GOPLUMBER_PARSER', 'GHE_HOST', 'GHE_PROTOCOL', 'DOCS_URL'] as const;

function sharedEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(sharedSettings.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** What a message of the process leads to. */
export type Reaction =
  | { readonly kind: 'none' }
  /** The App works on it, and replies when it has the message. */
  | { readonly kind: 'reply'; readonly message: Promise<object> }
  /** The last word: the process is ended. */
  | { readonly kind: 'end'; readonly outcome: () => unknown };

export interface Conversation {
  readonly task: object;
  readonly onMessage: (message: unknown) => Reaction;
  /** Where the process said it was, for the sentence about its end. */
  readonly place: () => string | undefined;
}

const memoryWatchMs = 500;
/** After a broken channel: how long the end of the process, which says more, is waited for. */
const exitMs = 5_000;

/**
 * Starts `entry`, sends it the task and goes on until its last word, whose outcome is returned or thrown. Rejects with
 * `IsolationError` when the process ends before that or exceeds a limit; it is gone in every case.
 */
export async function converse<T>(entry: URL, conversation: Conversation, limits: IsolationLimits): Promise<T> {
  const { command, args } = commandFor(entry, await sandbox(), {
    heapMb: limits.heapMb,
    // Its own clock ends it long before; this one ends what the App cannot end any more.
    cpuSeconds: Math.ceil(limits.timeoutMs / 1_000) * 2 + 10,
  });
  const child = spawn(command, args, {
    serialization: 'advanced',
    env: sharedEnvironment(),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // A signal to the App's process group is for the App, which ends its reviews in order.
    detached: true,
  });
  yieldProcessor(child);
  return new Promise<T>((resolve, reject) => new Dialogue<T>(child, conversation, limits, resolve, reject));
}

/** Webhooks are answered first, however many reviews run. */
function yieldProcessor({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, 5);
  } catch {
    // Where that is not allowed, all have the same priority.
  }
}

class Dialogue<T> {
  readonly #child: ChildProcess;
  readonly #conversation: Conversation;
  readonly #limits: IsolationLimits;
  readonly #resolve: (value: T) => void;
  readonly #reject: (error: unknown) => void;
  readonly #watch: NodeJS.Timeout;
  #clock: NodeJS.Timeout | undefined;
  #broken: NodeJS.Timeout | undefined;
  #used = 0;
  #since = 0;
  #open = 0;
  #messages = 0;
  #over = false;

  constructor(
    child: ChildProcess,
    conversation: Conversation,
    limits: IsolationLimits,
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
  ) {
    this.#child = child;
    this.#conversation = conversation;
    this.#limits = limits;
    this.#resolve = resolve;
    this.#reject = reject;
    child.on('message', (message) => this.#hear(message));
    child.once('error', (error) => this.#fail(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => this.#ended(code, signal));
    this.#watch = setInterval(() => void this.#weigh(), memoryWatchMs);
    this.#watch.unref();
    this.#startClock();
    this.#send(conversation.task);
  }

  #send(message: object): void {
    if (this.#over) return;
    this.#child.send(message, (error) => {
      if (!error || this.#over) return;
      this.#broken ??= setTimeout(() => this.#fail(`could not be sent its input: ${error.message}`), exitMs);
    });
  }

  #hear(message: unknown): void {
    if (this.#over) return;
    if (++this.#messages > this.#limits.messages) {
      this.#fail('wrote too much output');
      return;
    }
    const reaction = this.#conversation.onMessage(message);
    if (reaction.kind === 'end') this.#end(reaction.outcome);
    else if (reaction.kind === 'reply') void this.#reply(reaction.message);
  }

  /** `message` does not reject. */
  async #reply(message: Promise<object>): Promise<void> {
    if (this.#open++ === 0) this.#stopClock();
    const reply = await message;
    if (--this.#open === 0) this.#startClock();
    this.#send(reply);
  }

  #startClock(): void {
    if (this.#over) return;
    this.#since = performance.now();
    this.#clock = setTimeout(() => this.#outOfTime(), Math.max(0, this.#limits.timeoutMs - this.#used));
  }

  #stopClock(): void {
    clearTimeout(this.#clock);
    this.#used += performance.now() - this.#since;
  }

  #outOfTime(): void {
    const text = `The analysis took longer than ${this.#limits.timeoutMs / 1_000} seconds`;
    this.#end(() => {
      throw new IsolationError(`${text}${this.#where()}`, 'analysis-out-of-time');
    });
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): void {
    if (signal !== null && stopSignals.has(signal)) {
      this.#end(() => {
        throw new IsolationError(`The analysis was stopped (${signal})`, 'analysis-interrupted');
      });
    } else this.#fail(`ended early (${signal ?? `exit ${code}`}); it may have run out of memory`);
  }

  async #weigh(): Promise<void> {
    const megabytes = await residentMegabytes(this.#child.pid);
    if (megabytes !== undefined && megabytes > this.#limits.memoryMb)
      this.#fail(`needed more than ${this.#limits.memoryMb} MB of memory`);
  }

  #fail(what: string): void {
    this.#end(() => {
      throw new IsolationError(`The analysis ${what}${this.#where()}`);
    });
  }

  #where(): string {
    const place = this.#conversation.place();
    return place === undefined ? '' : `, at ${place}`;
  }

  #end(outcome: () => unknown): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#clock);
    clearTimeout(this.#broken);
    clearInterval(this.#watch);
    this.#child.removeAllListeners();
    // A process that has already ended may still report a broken channel.
    this.#child.on('error', () => undefined);
    this.#child.kill('SIGKILL');
    try {
      this.#resolve(outcome() as T);
    } catch (error) {
      this.#reject(error);
    }
  }
}

/** Undefined where the platform does not tell. */
async function residentMegabytes(pid: number | undefined): Promise<number | undefined> {
  if (process.platform !== 'linux' || pid === undefined) return undefined;
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1_024;
}
