/** The product on one page: a request to review becomes a posted review and a concluded check run. */
import type { AnyRule } from '../analysis/rule.ts';
import type { Config } from '../config/config.ts';
import { type ParsedConfig, parseConfig } from '../config/parse-config.ts';
import { analyseSnapshot } from './analyse-snapshot.ts';
import { checkReport, shortReport } from './check-report.ts';
import type { PostedReview } from './conversation.ts';
import type { FindingGroup, SnapshotReview } from './finding.ts';
import { keyOf } from './memory.ts';
import { ruleIds } from './package-analysis.ts';
import type { LinkBase } from './permalink.ts';
import { planReview, type ReviewPlan } from './plan.ts';
import type { CheckReport, PullRequestSnapshot, ReviewPorts, ReviewRequest } from './ports.ts';

/** What a review is made with, apart from the world. */
export interface ReviewDeps {
  readonly rules: readonly AnyRule[];
  /** Scheme and host of the GitHub instance without a final slash: `https://github.com`. */
  readonly host: string;
  /** Address of a rule's documentation page. */
  readonly ruleUrl: (rule: string) => string;
  /** Where the analysis runs; default: here and now. The App gives a process of its own. */
  readonly analyse?: (snapshot: PullRequestSnapshot, config: Config) => Promise<SnapshotReview>;
}

export type ReviewOutcome =
  | {
      readonly kind: 'reviewed';
      readonly report: CheckReport;
      readonly review: SnapshotReview;
      readonly posted: number;
      readonly refused: number;
    }
  | { readonly kind: 'skipped'; readonly report: CheckReport; readonly reason: string };

/**
 * Reviews one head of one pull request. Whatever happens after the check was started, the check is concluded; an error
 * is then thrown on, and the queue decides by its `retryable` whether to try again.
 */
export async function reviewPullRequest(
  request: ReviewRequest,
  ports: ReviewPorts,
  deps: ReviewDeps,
): Promise<ReviewOutcome> {
  const check = await ports.checks.start(request);
  let concluded = false;
  try {
    const outcome = await review(request, ports, deps);
    concluded = true;
    await check.conclude(outcome.report);
    return outcome;
  } catch (error) {
    // The first error tells the story; that the check could not be concluded either must not replace it.
    if (!concluded) await check.conclude(failureReport(error)).catch(() => undefined);
    throw error;
  }
}

async function review(request: ReviewRequest, ports: ReviewPorts, deps: ReviewDeps): Promise<ReviewOutcome> {
  const snapshot = await ports.snapshots.snapshot(request);
  const stored = await ports.config.configText(request.repository, snapshot.baseSha);
  const config = parseConfig(stored?.text ?? '', ruleIds(deps.rules));
  const reason = reasonToSkip(request, snapshot, config);
  if (reason) return skipped(reason, config);

  const found = deps.analyse
    ? await deps.analyse(snapshot, config.config)
    : analyseSnapshot(snapshot, config.config, deps.rules);
  const links = linkBase(snapshot, deps);
  const conversation = await ports.conversation.read(request);
  const plan = planReview(found, links, conversation, config.config.maxComments);
  const posted: PostedReview = plan.draft
    ? await ports.conversation.postReview(request, plan.draft)
    : { posted: 0, refused: [] };
  if (plan.amendments.length > 0) await ports.conversation.amend(request, plan.amendments);
  const refused = refusedGroups(plan, posted);
  const report = checkReport({
    review: withoutDismissed(found, plan),
    config,
    ...(stored && { configOrigin: stored.origin }),
    links,
    uncommented: [...plan.uncommented, ...refused],
    refusals: posted.refused.map((one) => one.reason),
    alreadySaid: plan.alreadySaid,
    dismissed: plan.dismissed,
  });
  return { kind: 'reviewed', report, review: found, posted: posted.posted, refused: refused.length };
}

/** What people dismissed is counted and named, and does not decide. */
function withoutDismissed(found: SnapshotReview, { dismissed }: ReviewPlan): SnapshotReview {
  const out = new Set(dismissed.flatMap(({ group }) => group.findings));
  const groups = found.groups.flatMap((group): readonly FindingGroup[] => {
    const [first, ...rest] = group.findings.filter((finding) => !out.has(finding));
    return first ? [{ ...group, findings: [first, ...rest] }] : [];
  });
  return { ...found, groups };
}

function linkBase(snapshot: PullRequestSnapshot, { host, ruleUrl }: ReviewDeps): LinkBase {
  const { repository, headSha, mergeBaseSha } = snapshot;
  return { host, repository, headSha, mergeBaseSha, ruleUrl };
}

interface SkipReason {
  readonly conclusion: 'skipped' | 'success' | 'neutral';
  readonly title: string;
  readonly sentence: string;
}

function reasonToSkip(
  request: ReviewRequest,
  snapshot: PullRequestSnapshot,
  { config }: ParsedConfig,
): SkipReason | undefined {
  if (snapshot.headSha !== request.headSha) {
    return {
      conclusion: 'neutral',
      title: 'A newer commit was pushed',
      sentence: 'The pull request has moved on; the newer commit gets its own review.',
    };
  }
  if (snapshot.draft && !config.drafts) {
    return {
      conclusion: 'skipped',
      title: 'Draft: not reviewed yet',
      sentence:
        'Drafts are reviewed when they are marked as ready, or at once with `drafts: review` in the configuration.',
    };
  }
  const go = (path: string): boolean => path.endsWith('.go');
  if (
    !snapshot.changedFiles.some(({ path }) => go(path)) &&
    !snapshot.omissions.some(({ path, expected }) => go(path) && expected !== true)
  ) {
    return {
      conclusion: 'success',
      title: 'No Go files changed',
      sentence: 'There is nothing to review: no Go files changed.',
    };
  }
  return undefined;
}

/** A mistaken configuration is named even when nothing is reviewed, since nobody else would tell. */
function skipped({ conclusion, title, sentence }: SkipReason, config: ParsedConfig): ReviewOutcome {
  const [issue] = config.issues;
  const mistake = issue ? ` The configuration has a mistake on line ${issue.line}: ${issue.message}.` : '';
  const report = shortReport(issue && conclusion === 'success' ? 'neutral' : conclusion, title, sentence + mistake);
  return { kind: 'skipped', report, reason: sentence };
}

/** Comments that GitHub refused, as the groups they were made of. */
function refusedGroups(plan: ReviewPlan, posted: PostedReview): readonly FindingGroup[] {
  const refused = new Set(posted.refused.map(({ comment }) => comment.findings.map(keyOf).join('\n')));
  return plan.posted.filter(({ findings }) =>
    refused.has(findings.map(({ diagnostic }) => keyOf(diagnostic)).join('\n')),
  );
}

/** What the world's errors look like to the review: a code, a message fit to be shown, and whether to try again. */
interface KnownError {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

function failureReport(error: unknown): CheckReport {
  const title = 'The review could not be finished';
  if (!isKnown(error))
    return shortReport('neutral', title, 'Goplumber hit an internal error; its operator finds it in the log.');
  const next = error.retryable ? ' It will be tried again.' : '';
  return shortReport('neutral', title, `${error.message.split('\n', 1)[0]?.replace(/[.\s]*$/, '.')}${next}`);
}

function isKnown(error: unknown): error is Error & KnownError {
  return (
    error instanceof Error &&
    typeof (error as Partial<KnownError>).code === 'string' &&
    typeof (error as Partial<KnownError>).retryable === 'boolean'
  );
}
