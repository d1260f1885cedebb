/** All library models, by import path. */
import { errgroupSource } from './errgroup.ts';
import { pipeSource } from './io-pipe.ts';
import { semaphoreSource } from './semaphore.ts';
import { syncSource } from './sync.ts';

export const modelSources: ReadonlyMap<string, string> = new Map([
  ['golang.org/x/sync/errgroup', errgroupSource],
  ['golang.org/x/sync/semaphore', semaphoreSource],
  ['io', pipeSource],
  ['sync', syncSource],
]);
