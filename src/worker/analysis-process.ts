/** Entry of the process that analyses one snapshot: one question in, one answer out. */
import type { Config } from '../config/config.ts';
import { analyseSnapshot } from '../review/analyse-snapshot.ts';
import type { SnapshotReview } from '../review/finding.ts';
import type { PullRequestSnapshot } from '../review/ports.ts';
import { rules } from '../rules/index.ts';
import type { Answer } from './isolated-process.ts';

/** What the process is asked: structured-cloneable, so without functions. */
export interface AnalysisQuestion {
  readonly snapshot: PullRequestSnapshot;
  readonly config: Config;
}

// A supervisor signals every process of the service. The App decides when this one ends, and ends it itself; should the
// App die first, the lost channel ends it.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.once('disconnect', () => process.exit(0));

process.once('message', (message) => {
  const { snapshot, config } = message as AnalysisQuestion;
  process.send?.(answer(snapshot, config));
});

function answer(snapshot: PullRequestSnapshot, config: Config): Answer<SnapshotReview> {
  try {
    return { kind: 'answer', value: analyseSnapshot(snapshot, config, rules) };
  } catch (error) {
    return { kind: 'error', message: error instanceof Error ? error.message : String(error) };
  }
}
