/**
 * One question to a fresh process: what runs there can crash, hang or exhaust its memory without taking the App along,
 * and all of its memory, that of native syntax trees included, goes back when it ends.
 */
import { fork } from 'node:child_process';

/** Bounds of one question. */
export interface IsolationLimits {
  readonly timeoutMs: number;
  /** Of the JavaScript heap, in megabytes; native memory is bounded by the sizes of what is asked. */
  readonly heapMb: number;
}

/**
 * The process did not answer. After a crash or a limit, asking again would end the same way; a process that was
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

/** The one setting that the process has to share with this one. */
function parserChoice(): NodeJS.ProcessEnv {
  const choice = process.env['GOPLUMBER_PARSER'];
  return choice === undefined ? {} : { GOPLUMBER_PARSER: choice };
}

/** What the process sends back. */
export type Answer<T> =
  | { readonly kind: 'answer'; readonly value: T }
  | { readonly kind: 'error'; readonly message: string };

/**
 * Starts `entry`, sends it the question (structured clone), and resolves with its answer. Rejects with `IsolationError`
 * when the process ends without one, says that it failed, or exceeds a limit; the process is gone in every case.
 */
export function askIsolated<T>(entry: URL, question: unknown, limits: IsolationLimits): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = fork(entry, [], {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${limits.heapMb}`],
      // Credentials of the App are none of its business.
      env: parserChoice(),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // A signal to the App's process group is for the App, which ends its reviews in order.
      detached: true,
    });
    const timer = setTimeout(() => {
      const text = `The analysis took longer than ${limits.timeoutMs / 1000} seconds`;
      end(new IsolationError(text, 'analysis-out-of-time'));
    }, limits.timeoutMs);
    function end(outcome: IsolationError | { readonly value: T }): void {
      clearTimeout(timer);
      child.removeAllListeners();
      // A process that has already ended may still report a broken channel.
      child.on('error', () => undefined);
      child.kill('SIGKILL');
      if (outcome instanceof IsolationError) reject(outcome);
      else resolve(outcome.value);
    }
    child.once('message', (message) => {
      const answer = message as Answer<T>;
      end(answer.kind === 'answer' ? answer : new IsolationError(`The analysis failed: ${answer.message}`));
    });
    child.once('error', (error) => end(new IsolationError(`The analysis could not be started: ${error.message}`)));
    child.once('exit', (code, signal) => end(exitError(code, signal)));
    child.send(question as object, (error) => {
      if (error) end(new IsolationError(`The analysis could not be asked: ${error.message}`));
    });
  });
}

function exitError(code: number | null, signal: NodeJS.Signals | null): IsolationError {
  if (signal !== null && stopSignals.has(signal))
    return new IsolationError(`The analysis was stopped (${signal})`, 'analysis-interrupted');
  const how = signal ?? `exit ${code}`;
  return new IsolationError(`The analysis ended early (${how}); it may have run out of memory`);
}
