/** The check run of a review: begun before the work, concluded on every path, within GitHub's limits. */
import type { CheckConclusion, CheckHandle, CheckPort, CheckReport, ReviewRequest } from '../review/ports.ts';
import { type AnnotationParameters, actionsOf, annotationParameters, outputOf } from './check-output.ts';
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';
import { externalId, type QueuedCommit } from './external-id.ts';
import { isWorst, underSibling, worseSibling } from './head-verdict.ts';
import { writeLimits } from './limits.ts';
import { checkName, headMemory, type OwnRun, type RunOwner, readOwnRuns, type SharedHeads } from './own-runs.ts';

export interface CheckOptions extends RunOwner {
  /** Whether the installation may write checks; without that nothing is asked. Default: try. */
  readonly granted?: boolean;
  /** Whether the App may commit to branches, so that a button to apply fixes is of use. Default: no. */
  readonly mayWrite?: boolean;
  /** Id of the job: a run that bears it was begun by an earlier attempt of the same work. */
  readonly work?: string;
  /** Of the commit of a merge queue: what its external id says beside the head. */
  readonly group?: QueuedCommit;
  /** Look for a check run that an earlier attempt left in progress, and go on with it. */
  readonly resume?: boolean;
  /** Shared by the reviews of a process. */
  readonly heads?: SharedHeads;
  /** Told when the token may not write checks: the review goes on without one. */
  readonly onForbidden?: (error: GitHubError) => void;
  /** Told our login when GitHub names it beside a new run. */
  readonly onLogin?: (login: string) => void;
}

type Options = CheckOptions & { readonly heads: SharedHeads };

/** Check runs through `client`. Throws `GitHubError`. */
export function gitHubChecks(given: CheckOptions): CheckPort {
  const options: Options = { ...given, heads: given.heads ?? headMemory() };
  if (options.granted === false) {
    options.onForbidden?.(new GitHubError('forbidden', 'The App may not write check runs.'));
    return withoutChecks;
  }
  return {
    start: (request) => permitted(options, () => startCheck(options, request), unwritten),
    report: (request, report) => permitted(options, () => reportAtOnce(options, request, report), undefined),
    close: (request, report) => permitted(options, () => closeLeft(options, request, report), undefined),
  };
}

const unwritten: CheckHandle = { concluded: false, conclude: async () => {} };

const withoutChecks: CheckPort = { start: async () => unwritten, report: async () => {}, close: async () => {} };

/** A permission that was not granted (or a personal token, which may not write checks) costs the check, not the review. */
async function permitted<T>({ onForbidden }: Options, work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GitHubError) || error.code !== 'forbidden') throw error;
    onForbidden?.(error);
    return otherwise;
  }
}

async function startCheck(options: Options, request: ReviewRequest): Promise<CheckHandle> {
  const left = options.resume === true ? await leftBehind(options, request) : undefined;
  await options.heads.note(request);
  if (left?.conclusion !== undefined) {
    await concludeTwins(options, request, left.id, shownReport(left.conclusion, left.title));
    return { ...unwritten, concluded: true };
  }
  const id = left?.id ?? (await createRun(options, request, { status: 'in_progress' }));
  return {
    concluded: false,
    async conclude(report) {
      await concludeRun(options, request, id, report);
      if (options.resume === true) await concludeTwins(options, request, id, report);
    },
  };
}

/**
 * A process that lost the work to this one may have asked for a run in that moment, which GitHub made after we had looked:
 * it says the same and is not left open.
 */
async function concludeTwins(options: Options, request: ReviewRequest, id: number, report: CheckReport): Promise<void> {
  for (const run of await readOwnRuns(options, request))
    if (run.id !== id && isFor(run.identity, request) && run.conclusion === undefined)
      await concludeRun(options, request, run.id, report);
}

/** What a run shows that was concluded before. */
function shownReport(conclusion: CheckConclusion, title: string): CheckReport {
  return { conclusion, title, summary: '', annotations: [] };
}

/** What earlier attempts began: the run that this work concluded, else one that is open for this head. */
async function leftBehind(options: Options, request: ReviewRequest): Promise<OwnRun | undefined> {
  const { work } = options;
  const runs = (await readOwnRuns(options, request)).filter(({ identity }) => isFor(identity, request));
  const done = runs.find((run) => work !== undefined && run.identity.work === work && run.conclusion !== undefined);
  return done ?? runs.find((run) => run.conclusion === undefined);
}

function isFor(identity: OwnRun['identity'], request: ReviewRequest): boolean {
  return identity.pullNumber === request.pullNumber && identity.headSha === request.headSha;
}

/** A verdict in one request where nothing was begun. What was skipped is not said over what was judged. */
async function reportAtOnce(options: Options, request: ReviewRequest, report: CheckReport): Promise<void> {
  const left = options.resume === true ? await leftBehind(options, request) : undefined;
  if (left?.conclusion !== undefined) return;
  if (left) return concludeRun(options, request, left.id, report);
  if ((await options.heads.shared(request)) && (await siblingOf(options, request, report.conclusion))) return;
  await options.heads.note(request);
  await createConcluded(options, request, report);
}

async function createConcluded(options: Options, request: ReviewRequest, report: CheckReport): Promise<void> {
  const batch = report.annotations.slice(0, writeLimits.annotationsPerRequest).map(annotationParameters);
  const output = { ...outputOf(report), annotations: batch };
  await createRun(options, request, { status: 'completed', conclusion: report.conclusion, output });
}

async function siblingOf(
  options: Options,
  request: ReviewRequest,
  conclusion: CheckConclusion,
): Promise<OwnRun | undefined> {
  return worseSibling(options.client, request, conclusion, await readOwnRuns(options, request));
}

async function closeLeft(options: Options, request: ReviewRequest, report: CheckReport): Promise<void> {
  if (options.resume !== true) return;
  for (const run of await readOwnRuns(options, request)) {
    if (isFor(run.identity, request) && run.conclusion === undefined)
      await concludeRun(options, request, run.id, report);
  }
}

/** Ends the check runs that are still open for this head: for a review that was given up. Returns whether one was. */
export async function concludeOpenChecks(
  owner: RunOwner,
  request: ReviewRequest,
  report: CheckReport,
): Promise<boolean> {
  const options = { ...owner, heads: headMemory() };
  const open = (await readOwnRuns(owner, request)).filter(
    (run) => isFor(run.identity, request) && run.conclusion === undefined,
  );
  for (const run of open) await concludeRun(options, request, run.id, report);
  return open.length > 0;
}

/** Ends the check runs that are open for this head, or says the verdict where none was begun. */
export async function concludeGivenUp(owner: RunOwner, request: ReviewRequest, report: CheckReport): Promise<void> {
  if (await concludeOpenChecks(owner, request, report)) return;
  const runs = await readOwnRuns(owner, request);
  if (runs.some(({ identity }) => isFor(identity, request))) return;
  await createConcluded({ ...owner, heads: headMemory() }, request, report);
}

async function createRun(options: Options, request: ReviewRequest, state: object): Promise<number> {
  const run = await options.client.write('POST /repos/{owner}/{repo}/check-runs', {
    ...repositoryParameters(request),
    name: checkName,
    head_sha: request.headSha,
    external_id: externalId({
      ...request,
      ...(options.work === undefined ? {} : { work: options.work }),
      ...(options.group && { group: options.group }),
    }),
    ...(state as { status: 'in_progress' }),
  });
  const slug = run.app?.slug;
  if (slug) options.onLogin?.(`${slug}[bot]`);
  return Number(run.id);
}

async function concludeRun(options: Options, request: ReviewRequest, id: number, said: CheckReport): Promise<void> {
  const shared = !isWorst(said.conclusion);
  const sibling = shared ? await siblingOf(options, request, said.conclusion) : undefined;
  const report = sibling ? underSibling(said, sibling) : said;
  await writeConclusion(options.client, request, id, report, options.mayWrite);
  if (!(await options.heads.shared(request))) return;
  // A run that another pull request began later and ended sooner hides this one.
  const [newest] = await readOwnRuns(options, request);
  if (!newest || newest.id <= id || newest.conclusion === undefined) return;
  const own: OwnRun = { id, identity: request, conclusion: report.conclusion, title: report.title };
  const other = { ...request, pullNumber: newest.identity.pullNumber };
  if (!(await worseSibling(options.client, other, newest.conclusion, [own]))) return;
  const shown = shownReport(newest.conclusion, newest.title);
  await writeConclusion(options.client, request, newest.id, underSibling(shown, own));
}

async function writeConclusion(
  client: GitHubClient,
  request: ReviewRequest,
  id: number,
  report: CheckReport,
  mayWrite = false,
): Promise<void> {
  const output = outputOf(report);
  const annotations = report.annotations.slice(0, writeLimits.annotations).map(annotationParameters);
  const update = (part: object, batch: AnnotationParameters[]) =>
    client.write('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...repositoryParameters(request),
      check_run_id: id,
      ...part,
      output: { ...output, annotations: batch },
    });
  const size = writeLimits.annotationsPerRequest;
  const final = { status: 'completed' as const, conclusion: report.conclusion, ...actionsOf(report, mayWrite) };
  try {
    // Annotations of later requests are added to those of earlier ones; the conclusion comes with the last.
    let at = 0;
    for (; at + size < annotations.length; at += size) await update({}, annotations.slice(at, at + size));
    await update(final, annotations.slice(at));
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    // Neither refused annotations nor an unclear answer may leave the check open; to conclude twice does no harm.
    if (error.code !== 'refused' && !error.mayHaveHappened) throw error;
    await update(final, []);
  }
}

function repositoryParameters({ repository }: ReviewRequest): { owner: string; repo: string } {
  return { owner: repository.owner, repo: repository.name };
}
