/** The analysis of a snapshot in a process of its own, so that webhooks are answered while a review is made. */
import type { Config } from '../config/config.ts';
import type { SnapshotReview } from '../review/finding.ts';
import type { PullRequestSnapshot } from '../review/ports.ts';
import type { AnalysisQuestion } from './analysis-process.ts';
import { askIsolated, type IsolationLimits } from './isolated-process.ts';

/** Five minutes and a gigabyte: far above what a review needs, far below what would stop the App. */
const limits: IsolationLimits = { timeoutMs: 300_000, heapMb: 1024 };

const entry = new URL('./analysis-process.js', import.meta.url);

/** Same answer as `analyseSnapshot` with the built-in rules. Rejects with `IsolationError` at a crash or a limit. */
export function analyseIsolated(snapshot: PullRequestSnapshot, config: Config): Promise<SnapshotReview> {
  const question: AnalysisQuestion = { snapshot, config };
  return askIsolated<SnapshotReview>(entry, question, limits);
}
