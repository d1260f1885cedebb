/** The product on one page: a request to review becomes a posted review and a concluded check run. */
import type { AnyRule } from '../analysis/rule.ts';
import { type ParsedConfig, parseConfig } from '../config/parse-config.ts';
import { analyseSnapshot, type OnPlace } from './analyse-snapshot.ts';
import { checkReport, shortReport } from './check-report.ts';
import type { PostedReview } from './conversation.ts';
import type { FindingGroup, SnapshotReview } from './finding.ts';
import { keyOf } from './memory.ts';
import { nothingToReview, overtaken, reasonToSkip, type SkipReason } from './occasion.ts';
import { ruleIds } from './package-analysis.ts';
import type { LinkBase } from './permalink.ts';
import { planReview, type ReviewPlan } from './plan.ts';
import type { CheckHandle, CheckReport, Occasion, PullRequestSnapshot, ReviewPorts, ReviewRequest } from './ports.ts';
import { type ProposedConfig, proposedAnnotations, proposedConfig, proposedText } from './proposed-config.ts';
import type { Tally } from './tally.ts';
import { isRetryable, unfinishedReport } from './unfinished.ts';

/** What a review is made with, apart from the world. */
export interface ReviewDeps {
  readonly rules: readonly AnyRule[];
  /** Scheme and host of the GitHub instance without a final slash: `https://github.com`. */
  readonly host: string;
  /** Address of a rule's documentation page. */
  readonly ruleUrl: (rule: string) => string;
  /** Told what is looked at before it is, for the case that the process ends there. */
  readonly onPlace?: OnPlace;
  /** Told what begins: the files are read from the start on, then analysed, then it is said what was found. */
  readonly onPhase?: (phase: 'analyse' | 'say') => void;
}

export type ReviewOutcome =
  | {
      readonly kind: 'reviewed';
      readonly report: CheckReport;
      readonly review: SnapshotReview;
      readonly tally: Tally;
      readonly posted: number;
      readonly refused: number;
    }
  | { readonly kind: 'skipped'; readonly report: CheckReport; readonly reason: string }
  /** The pull request has another head, which is not reviewed by this. */
  | { readonly kind: 'superseded'; readonly headSha: string }
  | { readonly kind: 'closed' }
  /** An earlier attempt came to the end, and only its last step was not heard of. */
  | { readonly kind: 'done' };

/**
 * Reviews one head of one pull request. An error that may pass is thrown with the check still in progress, and the queue
 * tries again; any other is thrown after the check was concluded.
 */
export async function reviewPullRequest(
  request: ReviewRequest,
  ports: ReviewPorts,
  deps: ReviewDeps,
): Promise<ReviewOutcome> {
  const progress: Progress = {};
  try {
    return await attempt(request, ports, deps, progress);
  } catch (error) {
    if (progress.concluding !== true && !isRetryable(error)) {
      const report = unfinishedReport(error, progress.config?.config);
      // The first error tells the story; that the check could not be concluded either must not replace it.
      await (progress.check?.conclude(report) ?? ports.checks.report(request, report)).catch(() => undefined);
    }
    throw error;
  }
}

/** How far an attempt came, for the report of one that failed. */
interface Progress {
  check?: CheckHandle;
  config?: ParsedConfig;
  concluding?: boolean;
}

async function attempt(
  request: ReviewRequest,
  ports: ReviewPorts,
  deps: ReviewDeps,
  progress: Progress,
): Promise<ReviewOutcome> {
  const occasion = await ports.snapshots.occasion(request);
  if (occasion.kind === 'nothing') {
    const outcome = skipped(nothingToReview);
    await ports.checks.report(request, outcome.report);
    return outcome;
  }
  const early = overtaken(request, occasion.pull);
  if (early) {
    await ports.checks.close(request, reportOf(early.reason));
    return early;
  }
  const check = await ports.checks.start(request);
  if (check.concluded) return { kind: 'done' };
  progress.check = check;
  const [outcome, report] = await review({ request, ports, deps, progress }, occasion);
  progress.concluding = true;
  await check.conclude(report);
  return outcome;
}

interface Work {
  readonly request: ReviewRequest;
  readonly ports: ReviewPorts;
  readonly deps: ReviewDeps;
  readonly progress: Progress;
}

type Change = Extract<Occasion, { readonly kind: 'change' }>;

async function review(
  { request, ports, deps, progress }: Work,
  change: Change,
): Promise<readonly [ReviewOutcome, CheckReport]> {
  const stored = await ports.config.configText(request.repository, change.pull.baseSha);
  const config = parseConfig(stored?.text ?? '', ruleIds(deps.rules));
  progress.config = config;
  const proposed = change.configChanged
    ? proposedConfig(await ports.config.ownText(request.repository, request.headSha), ruleIds(deps.rules))
    : undefined;
  const unwanted = request.asked === true ? undefined : reasonToSkip(change.pull, config.config);
  const reason = unwanted ?? (change.go ? undefined : nothingToReview);
  if (reason) {
    const outcome = skipped(reason, config, proposed);
    return [outcome, outcome.report];
  }
  const snapshot = await ports.snapshots.snapshot(request, change.pull);
  deps.onPhase?.('analyse');
  const found = analyseSnapshot(snapshot, config.config, deps.rules, deps.onPlace);
  deps.onPhase?.('say');
  const links = linkBase(snapshot, deps);
  const conversation = await ports.conversation.read(request);
  const unshown = new Set(snapshot.changedFiles.filter(({ hidden }) => hidden === true).map(({ path }) => path));
  const texts = new Map(snapshot.head.flatMap(({ files }) => files.map(({ path, text }) => [path, text] as const)));
  const textOf = (path: string) => texts.get(path);
  const plan = planReview(found, links, conversation, config.config.maxComments, unshown, textOf);
  // The analysis took its time: nothing is said on a head that is no longer the head.
  const speaks = plan.draft !== undefined || plan.amendments.length > 0;
  const late = speaks && overtaken(request, await ports.snapshots.state(request), change.pull);
  if (late) return [late, reportOf(late.reason)];
  const posted: PostedReview = plan.draft
    ? await ports.conversation.postReview(request, plan.draft)
    : { posted: 0, refused: [] };
  if (plan.amendments.length > 0) await ports.conversation.amend(request, plan.amendments);
  const refused = refusedGroups(plan, posted);
  const standing = withoutDismissed(found, plan);
  const said = checkReport({
    review: standing,
    config,
    ...(stored && { configOrigin: stored.origin }),
    ...(proposed && { proposed }),
    links,
    uncommented: [...plan.uncommented, ...refused],
    refusals: posted.refused.map((one) => one.reason),
    alreadySaid: plan.alreadySaid,
    dismissed: plan.dismissed,
    unheard: plan.unheard,
  });
  const fixes = change.pull.fork ? 0 : standing.groups.filter(({ offer }) => offer.kind !== 'none').length;
  const report: CheckReport = { ...said, ...(fixes > 0 && { applicable: fixes }) };
  const { tally } = plan;
  return [{ kind: 'reviewed', report, review: found, tally, posted: posted.posted, refused: refused.length }, report];
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

/** A mistaken configuration is named even when nothing is reviewed, since nobody else would tell. */
function skipped(
  { conclusion, title, sentence }: SkipReason,
  config?: ParsedConfig,
  proposed?: ProposedConfig,
): Extract<ReviewOutcome, { readonly kind: 'skipped' }> {
  const [issue] = config?.issues ?? [];
  const mistake = issue ? ` The configuration has a mistake on line ${issue.line}: ${issue.message}.` : '';
  const broken = proposed !== undefined && proposed.issues.length > 0;
  const wrong = broken ? ` ${proposedText(proposed)}` : '';
  const judged = (issue || broken) && conclusion === 'success' ? 'neutral' : conclusion;
  const report = shortReport(judged, title, sentence + mistake + wrong);
  return { kind: 'skipped', report: { ...report, annotations: proposedAnnotations(proposed) }, reason: sentence };
}

function reportOf({ conclusion, title, sentence }: SkipReason): CheckReport {
  return shortReport(conclusion, title, sentence);
}

/** Comments that GitHub refused, as the groups they were made of. */
function refusedGroups(plan: ReviewPlan, posted: PostedReview): readonly FindingGroup[] {
  const refused = new Set(posted.refused.map(({ comment }) => comment.findings.map(keyOf).join('\n')));
  return plan.posted.filter(({ findings }) =>
    refused.has(findings.map(({ diagnostic }) => keyOf(diagnostic)).join('\n')),
  );
}
