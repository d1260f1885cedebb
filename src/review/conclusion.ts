/** Whether the change may pass, and why not. */
import type { ParsedConfig } from '../config/parse-config.ts';
import type { SnapshotReview } from './finding.ts';
import type { CheckConclusion } from './ports.ts';
import { reaches } from './severity.ts';

export interface Verdict {
  readonly conclusion: CheckConclusion;
  /** Why a check without findings at the threshold is neutral, one clause each. */
  readonly reasons: readonly string[];
}

/**
 * 1. A finding at `failOn` or worse fails, when it is known what `failOn` is. 2. A warning or worse is neutral. 3. What
 * was not seen is not called clean: mistakes in the configuration, files that could not be read, rules that failed, a
 * new error without a line in the change. 4. Anything else passes.
 */
export function verdict(review: SnapshotReview, { config, issues, readable }: ParsedConfig): Verdict {
  const said = review.groups.flatMap(({ findings }) => findings.map(({ diagnostic }) => diagnostic.severity));
  if (readable && said.some((severity) => reaches(severity, config.failOn)))
    return { conclusion: 'failure', reasons: [] };
  const reasons = [
    ...(readable ? [] : ['the configuration cannot be read, so what should fail the check is not known']),
    ...(readable && issues.length > 0 ? ['the configuration has mistakes'] : []),
    ...(review.omissions.some(({ expected }) => expected !== true) ? ['not every changed file could be analysed'] : []),
    ...(review.crashes.length > 0 ? ['a rule failed'] : []),
    ...(review.unplaced.some(({ diagnostic }) => diagnostic.severity === 'error')
      ? ['the change brings an error in lines that it does not show']
      : []),
  ];
  const neutral = reasons.length > 0 || said.some((severity) => reaches(severity, 'warning'));
  return { conclusion: neutral ? 'neutral' : 'success', reasons };
}
