/** Whether the change may pass, and why not. */
import type { Unjudged } from '../config/config.ts';
import type { ParsedConfig } from '../config/parse-config.ts';
import type { SnapshotReview } from './finding.ts';
import type { CheckConclusion } from './ports.ts';
import type { ProposedConfig } from './proposed-config.ts';
import { reaches } from './severity.ts';

export interface Verdict {
  readonly conclusion: CheckConclusion;
  /** Why a check without findings at the threshold is no clean pass, one clause each, the weightiest first. */
  readonly reasons: readonly string[];
}

const weights: Readonly<Record<Unjudged, CheckConclusion>> = { fail: 'failure', neutral: 'neutral', pass: 'success' };

/**
 * 1. A finding at `failOn` or worse fails, when it is known what `failOn` is. 2. A warning or worse is neutral. 3. What
 * was not judged is not called clean: changed functions that were not decided, files that were not analysed, findings
 * that the change silences itself, rules that failed; `undecided` decides what that means. 4. Mistakes in a configuration
 * are neutral at best. 5. Anything else passes.
 */
export function verdict(review: SnapshotReview, parsed: ParsedConfig, proposed?: ProposedConfig): Verdict {
  const { config, readable } = parsed;
  const said = review.groups.flatMap(({ findings }) => findings.map(({ diagnostic }) => diagnostic.severity));
  const unjudged = unjudgedReasons(review);
  const mistakes = configReasons(parsed, proposed);
  const reasons = [...unjudged, ...mistakes];
  if (readable && said.some((severity) => reaches(severity, config.failOn))) return { conclusion: 'failure', reasons };
  const conclusions: readonly CheckConclusion[] = [
    ...(unjudged.length > 0 ? [weights[config.undecided]] : []),
    ...(mistakes.length > 0 || said.some((severity) => reaches(severity, 'warning')) ? ['neutral' as const] : []),
  ];
  // Without a readable configuration it is not known whether anything may fail.
  if (readable && conclusions.includes('failure')) return { conclusion: 'failure', reasons };
  const neutral = conclusions.some((conclusion) => conclusion !== 'success');
  return { conclusion: neutral ? 'neutral' : 'success', reasons };
}

function unjudgedReasons(review: SnapshotReview): readonly string[] {
  const { undecided, suppressed, omissions, filesAnalysed, crashes, unplaced } = review;
  const unexpected = omissions.filter(({ expected }) => expected !== true).length;
  const besides = omissions.filter(({ expected, changed }) => expected === true && changed === true).length;
  const errors = suppressed.filter(({ diagnostic }) => diagnostic.severity === 'error').length;
  return [
    ...(undecided.length > 0 ? [`${counted(undecided.length, 'changed function')} not decided`] : []),
    ...(unexpected > 0 ? ['not every changed file could be analysed'] : []),
    ...(filesAnalysed.length === 0 && unexpected === 0 && omissions.length > 0
      ? ['no changed Go file was analysed: they are generated, vendored, test data or excluded by constraints']
      : []),
    ...(filesAnalysed.length > 0 && besides > 0
      ? [
          `${counted(besides, 'changed Go file')} not analysed: generated, vendored, test data or excluded by constraints`,
        ]
      : []),
    ...(errors > 0 ? [`the change silences ${counted(errors, 'error')} itself`] : []),
    ...(crashes.some(({ unfinished }) => unfinished === true)
      ? ['not every rule was finished: the code takes too much work']
      : []),
    ...(crashes.some(({ unfinished }) => unfinished !== true) ? ['a rule failed'] : []),
    ...(unplaced.some(({ diagnostic }) => diagnostic.severity === 'error')
      ? ['the change introduces an error outside the lines of the diff']
      : []),
  ];
}

function configReasons({ issues, readable }: ParsedConfig, proposed: ProposedConfig | undefined): readonly string[] {
  return [
    ...(readable ? [] : ['the configuration cannot be read, so what should fail the check is not known']),
    ...(readable && issues.length > 0 ? ['the configuration has mistakes'] : []),
    ...(proposed && proposed.issues.length > 0 ? ['the configuration proposed by the change has mistakes'] : []),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
