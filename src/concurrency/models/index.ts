/** All library models, by import path. */
import { concPoolSource, concSource } from './conc.ts';
import { containerListSource } from './container-list.ts';
import { contextSource } from './context.ts';
import { errgroupSource } from './errgroup.ts';
import { pipeSource } from './io-pipe.ts';
import { semaphoreSource } from './semaphore.ts';
import { syncSource } from './sync.ts';

export const modelSources: ReadonlyMap<string, string> = new Map([
  ['container/list', containerListSource],
  ['context', contextSource],
  ['github.com/sourcegraph/conc', concSource],
  ['github.com/sourcegraph/conc/pool', concPoolSource],
  ['golang.org/x/sync/errgroup', errgroupSource],
  ['golang.org/x/sync/semaphore', semaphoreSource],
  ['io', pipeSource],
  ['sync', syncSource],
]);
