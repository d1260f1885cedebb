/** Whether there is something to review, asked before anything is read. Facts of the pull request in, a reason out. */
import type { Config } from '../config/config.ts';
import { pausedLabel } from './command.ts';
import type { CheckConclusion, PullRequestState, ReviewRequest } from './ports.ts';

/** Why a pull request is not reviewed at this head, as the check says it. */
export interface SkipReason {
  readonly conclusion: CheckConclusion;
  readonly title: string;
  readonly sentence: string;
}

/** Why the work ends here without a verdict: the head is no longer what is to be judged. */
export type Overtaken =
  | { readonly kind: 'superseded'; readonly headSha: string; readonly reason: SkipReason }
  | { readonly kind: 'closed'; readonly reason: SkipReason };

/** Whether the pull request was closed, or has another head or another base than `since` by now. */
export function overtaken(
  request: ReviewRequest,
  pull: PullRequestState,
  since: PullRequestState = pull,
): Overtaken | undefined {
  if (pull.headSha !== request.headSha) {
    const reason = {
      conclusion: 'neutral',
      title: `Superseded by ${pull.headSha.slice(0, 7)}`,
      sentence: `The pull request has a newer head, \`${pull.headSha}\`, which gets a review of its own.`,
    } as const;
    return { kind: 'superseded', headSha: pull.headSha, reason };
  }
  if (pull.open) return pull.baseRef === since.baseRef ? undefined : rebased(pull);
  const sentence = 'The pull request was closed before its review was done. It will be reviewed if it is reopened.';
  return { kind: 'closed', reason: { conclusion: 'neutral', title: 'Closed before it was reviewed', sentence } };
}

/** The same head against another base is another change, with a review of its own. */
function rebased({ headSha }: PullRequestState): Overtaken {
  const sentence = 'The base branch was changed during the review; the change is reviewed against the new one.';
  return { kind: 'superseded', headSha, reason: { conclusion: 'neutral', title: 'The base branch changed', sentence } };
}

export const nothingToReview: SkipReason = {
  conclusion: 'success',
  title: 'No Go files changed',
  sentence: 'There is nothing to review: no Go files changed.',
};

/** Why the configuration wants no review of this pull request; undefined when it wants one. */
export function reasonToSkip(pull: PullRequestState, config: Config): SkipReason | undefined {
  const skipped = (title: string, sentence: string): SkipReason => ({ conclusion: 'skipped', title, sentence });
  if (pull.labels.includes(pausedLabel)) {
    return skipped(
      'Paused',
      `Reviews of this pull request are paused; \`/goplumber resume\`, or removing the label \`${pausedLabel}\`, resumes them.`,
    );
  }
  if (pull.draft && !config.drafts) {
    return skipped(
      'Draft: not reviewed yet',
      'Drafts are reviewed when they are marked as ready, or at once with `drafts: review` in the configuration.',
    );
  }
  const label = pull.labels.find((name) => config.skip.labels.includes(name));
  if (label !== undefined) {
    return skipped(
      `Not reviewed: label ${label}`,
      `\`skip.labels\` in the configuration excludes pull requests with the label \`${label}\`.`,
    );
  }
  if (!config.skip.authors.some((pattern) => matchesLogin(pattern, pull.author))) return undefined;
  return skipped(
    `Not reviewed: author ${pull.author}`,
    `\`skip.authors\` in the configuration excludes pull requests of \`${pull.author}\`.`,
  );
}

/** `*` stands for any text; logins do not know upper and lower case. */
function matchesLogin(pattern: string, login: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const text = login.toLowerCase();
  if (rest.length === 0) return text === first;
  const last = rest.pop() ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > text.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}
