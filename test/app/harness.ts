/** The real App against the stand-in, for the tests of the whole way. */

import type { AnyRule } from '../../src/analysis/rule.ts';
import { type RunningApp, startApp } from '../../src/app.ts';
import { readEnvironment } from '../../src/github/environment.ts';
import type { ReviewJob } from '../../src/github/jobs.ts';
import { createLog } from '../../src/github/log.ts';
import type { Transport } from '../../src/github/transport.ts';
import { type Task, type WorkPlace, workHere } from '../../src/github/work.ts';
import type { JobStore } from '../../src/queue/job.ts';
import { mayCall } from '../../src/worker/permitted-calls.ts';
import type { Door } from '../stand-in/door.ts';
import { StandIn } from '../stand-in/stand-in.ts';

export interface House {
  readonly gitHub: StandIn;
  readonly app: RunningApp;
  /** Everything that was logged, one JSON object per line. */
  readonly log: string[];
  close(): Promise<void>;
}

export interface HouseOptions {
  readonly rules: readonly AnyRule[];
  readonly env?: Readonly<Record<string, string>>;
  /** See `AppOptions`; default 0: nothing is looked for. */
  readonly sweepMs?: number;
  /** The way to GitHub; see `Door`. */
  readonly door?: Door;
  /** Wraps the store, e.g. to let it die with its process. */
  readonly store?: JobStore<ReviewJob>;
  /** Where work is done; default: in this process, with `rules`. */
  readonly place?: WorkPlace;
  /** Wraps the review, e.g. to hold it up. */
  readonly before?: () => Promise<void>;
}

/** Retries within milliseconds, so that a test need not wait. */
const quickRetry = { attempts: 3, firstDelayMs: 5, factor: 2, maxDelayMs: 20 };

/** Starts a stand-in and the App beside it. Call `close` at the end. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const gitHub = await StandIn.start();
  const log: string[] = [];
  const app = await startAppFor(gitHub, log, options);
  return {
    gitHub,
    app,
    log,
    async close() {
      await app.close(1_000);
      await gitHub.close();
    },
  };
}

/** Starts an App for a stand-in that runs already. */
export async function startAppFor(gitHub: StandIn, log: string[], options: HouseOptions): Promise<RunningApp> {
  const result = readEnvironment({ ...gitHub.environment(options.door), LOG_LEVEL: 'debug', ...options.env });
  if (result.kind === 'problems') throw new Error(result.problems.join('\n'));
  const deps = { rules: options.rules, host: 'https://github.com', ruleUrl: ruleAddress, diagram: () => undefined };
  const place = options.place ?? workHere(deps);
  const app = await startApp(result.settings, {
    place: async (task, host) => {
      if (task.kind === 'job') await options.before?.();
      return place(task, { ...host, transport: permitted(task, host.transport) });
    },
    log: createLog('debug', { write: (line) => void log.push(line) }),
    retry: quickRetry,
    settleMs: 5,
    ...(options.store ? { store: options.store } : {}),
    sweepMs: options.sweepMs ?? 0,
  });
  gitHub.hook = `http://127.0.0.1:${app.port}/api/github/webhooks`;
  return app;
}

/** No work may ask for more than the process of a job is granted. */
function permitted(task: Task, transport: Transport): Transport {
  return (call) => {
    if (!mayCall(task, call)) throw new Error(`not permitted: ${JSON.stringify(call)}`);
    return transport(call);
  };
}

function ruleAddress(rule: string): string {
  return `https://example.org/rules/${rule}`;
}
