/** One target for some time, in a process that may hang or die. */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Batch, Failure } from './batch.ts';
import { smaller } from './shrink.ts';

export interface Outcome {
  readonly inputs: number;
  readonly seconds: number;
  readonly failures: readonly Failure[];
}

export interface RunOptions {
  readonly seed: number;
  readonly seconds: number;
  /** Seconds that one input may take before it counts as one that hangs. */
  readonly deadline: number;
  readonly folder: string;
}

/** Enough of one kind is enough. */
const mostFailures = 10;
const child = fileURLToPath(new URL('./child.js', import.meta.url));
/** A single check stays below a gigabyte; what does not ends the process and is a failure. */
const execArgv = ['--max-old-space-size=1024'];

export async function runTarget(name: string, options: RunOptions): Promise<Outcome> {
  const started = performance.now();
  const left = () => options.seconds * 1_000 - (performance.now() - started);
  const failures = new Map<string, Failure>();
  let inputs = 0;
  for (let seed = options.seed; left() > 0 && failures.size < mostFailures; ) {
    const part = await runProcess(name, seed, left(), options);
    inputs += part.inputs;
    seed = part.nextSeed;
    for (const failure of part.failures) failures.set(kindOf(failure), failures.get(kindOf(failure)) ?? failure);
  }
  return { inputs, seconds: (performance.now() - started) / 1_000, failures: [...failures.values()] };
}

/** Two failures with the same words at the same place of the program are one. */
function kindOf({ error }: Failure): string {
  const [message = '', at = ''] = error.split('\n');
  return `${message.replace(/\d+/g, '#').slice(0, 120)} ${at}`;
}

interface Part {
  readonly inputs: number;
  readonly nextSeed: number;
  readonly failures: readonly Failure[];
}

function runProcess(name: string, seed: number, milliseconds: number, { deadline, folder }: RunOptions): Promise<Part> {
  const state = join(folder, `${name}.input`);
  writeFileSync(state, 'null');
  const worker = fork(child, [name, state, String(seed)], { execArgv, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const failures: Failure[] = [];
  let inputs = 0;
  let nextSeed = seed;
  return new Promise((resolve) => {
    const end = (ended?: string): void => {
      clearTimeout(over);
      clearInterval(watch);
      worker.removeAllListeners();
      worker.kill('SIGKILL');
      const input: unknown = ended === undefined ? undefined : JSON.parse(readFileSync(state, 'utf8'));
      rmSync(state, { force: true });
      if (ended === undefined) resolve({ inputs, nextSeed, failures });
      else
        void smaller(input, (one) => fails(name, one, deadline, folder)).then((small) =>
          resolve({
            inputs,
            nextSeed: nextSeed + 1,
            failures: [...failures, { target: name, seed: nextSeed, path: '', error: ended, input: small }],
          }),
        );
    };
    const over = setTimeout(end, milliseconds);
    const watch = setInterval(() => {
      if (Date.now() - statSync(state).mtimeMs > deadline * 1_000)
        end(`an input takes longer than ${deadline} seconds`);
    }, 1_000);
    worker.on('message', (batch: Batch) => {
      inputs += batch.inputs;
      nextSeed += 1;
      if (batch.failure) failures.push(batch.failure);
      if (failures.length >= mostFailures) end();
    });
    worker.on('exit', (code, signal) =>
      end(`the process ended (${signal ?? `exit ${code}`}); it may have run out of memory`),
    );
  });
}

/** Whether an input alone hangs or ends the process. */
function fails(name: string, input: unknown, deadline: number, folder: string): Promise<boolean> {
  const file = join(folder, `${name}.trial`);
  writeFileSync(file, JSON.stringify(input));
  const worker: ChildProcess = fork(child, [name, '', '--input', file], {
    execArgv,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise((resolve) => {
    const end = (failed: boolean): void => {
      clearTimeout(over);
      worker.removeAllListeners();
      worker.kill('SIGKILL');
      rmSync(file, { force: true });
      resolve(failed);
    };
    const over = setTimeout(() => end(true), deadline * 1_000);
    worker.on('exit', (code) => end(code !== 0));
  });
}
