/** The real App against the stand-in, for the tests of the whole way. */

import type { AnyRule } from '../../src/analysis/rule.ts';
import { type RunningApp, startApp } from '../../src/app.ts';
import { readEnvironment } from '../../src/github/environment.ts';
import type { ReviewJob } from '../../src/github/jobs.ts';
import { createLog } from '../../src/github/log.ts';
import type { JobStore } from '../../src/queue/job.ts';
import { reviewPullRequest } from '../../src/review/review-pull-request.ts';
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
  const app = await startApp(result.settings, {
    review: async (request, ports) => {
      await options.before?.();
      return reviewPullRequest(request, ports, deps);
    },
    deps,
    log: createLog('debug', { write: (line) => void log.push(line) }),
    retry: quickRetry,
    settleMs: 5,
    ...(options.store ? { store: options.store } : {}),
    sweepMs: options.sweepMs ?? 0,
  });
  gitHub.hook = `http://127.0.0.1:${app.port}/api/github/webhooks`;
  return app;
}

function ruleAddress(rule: string): string {
  return `https://example.org/rules/${rule}`;
}
