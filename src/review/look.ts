/** A look at a pull request without saying anything: for the commands and for applying fixes. */
import { type ParsedConfig, parseConfig } from '../config/parse-config.ts';
import { analyseSnapshot } from './analyse-snapshot.ts';
import type { SnapshotReview } from './finding.ts';
import { ruleIds } from './package-analysis.ts';
import type { LinkBase } from './permalink.ts';
import type { PullRequestSnapshot, ReviewPorts, ReviewRequest } from './ports.ts';
import type { ReviewDeps } from './review-pull-request.ts';

export interface Look {
  readonly snapshot: PullRequestSnapshot;
  readonly found: SnapshotReview;
  readonly config: ParsedConfig;
  readonly links: LinkBase;
  /** The same analysis of other sources. */
  readonly analyse: (snapshot: PullRequestSnapshot) => SnapshotReview;
}

/** Reads and analyses a head; undefined when the pull request changes no Go file or has another head by now. */
export async function lookAt(
  request: ReviewRequest,
  { snapshots, config }: Pick<ReviewPorts, 'snapshots' | 'config'>,
  deps: ReviewDeps,
): Promise<Look | undefined> {
  const occasion = await snapshots.occasion(request);
  if (occasion.kind === 'nothing' || !occasion.go || occasion.pull.headSha !== request.headSha) return undefined;
  const stored = await config.configText(request.repository, occasion.pull.baseSha);
  const parsed = parseConfig(stored?.text ?? '', ruleIds(deps.rules));
  const snapshot = await snapshots.snapshot(request, occasion.pull);
  const analyse = (one: PullRequestSnapshot): SnapshotReview =>
    analyseSnapshot(one, parsed.config, deps.rules, deps.onPlace);
  const { repository, headSha, mergeBaseSha } = snapshot;
  const links = { host: deps.host, repository, headSha, mergeBaseSha, ruleUrl: deps.ruleUrl };
  return { snapshot, found: analyse(snapshot), config: parsed, links, analyse };
}
