/** The check run of a review: begun before the work, concluded on every path, within GitHub's limits. */
import type { CheckAnnotation, CheckHandle, CheckPort, CheckReport, ReviewRequest } from '../review/ports.ts';
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';
import { externalId } from './external-id.ts';
import { writeLimits } from './limits.ts';

/** The name under which branch protection knows the check. */
export const checkName = 'goplumber';

export interface CheckOptions {
  readonly client: GitHubClient;
  /** Look for a check run that an earlier attempt left in progress, and go on with it. */
  readonly resume?: boolean;
  /** Told when the token may not write checks: the review goes on without one. */
  readonly onForbidden?: (error: GitHubError) => void;
}

/** Check runs through `client`. Throws `GitHubError`. */
export function gitHubChecks(options: CheckOptions): CheckPort {
  return { start: (request) => startCheck(options, request) };
}

async function startCheck(options: CheckOptions, request: ReviewRequest): Promise<CheckHandle> {
  try {
    const left = options.resume ? await findOpenCheck(options.client, request) : undefined;
    const id = left ?? (await createCheck(options.client, request));
    return { conclude: (report) => concludeCheck(options.client, request, id, report) };
  } catch (error) {
    // A permission that was not granted (or a personal token, which may not write checks) costs the check, not the review.
    if (!(error instanceof GitHubError) || error.code !== 'forbidden') throw error;
    options.onForbidden?.(error);
    return { conclude: async () => {} };
  }
}

/** Ends a check run that is still open for this head, if there is one: for a review that was given up. */
export async function concludeOpenCheck(
  client: GitHubClient,
  request: ReviewRequest,
  report: CheckReport,
): Promise<boolean> {
  const id = await findOpenCheck(client, request);
  if (id === undefined) return false;
  await concludeCheck(client, request, id, report);
  return true;
}

async function createCheck(client: GitHubClient, request: ReviewRequest): Promise<number> {
  const run = await client.write('POST /repos/{owner}/{repo}/check-runs', {
    ...repositoryParameters(request),
    name: checkName,
    head_sha: request.headSha,
    external_id: externalId(request),
    status: 'in_progress',
  });
  return Number(run.id);
}

async function findOpenCheck(client: GitHubClient, request: ReviewRequest): Promise<number | undefined> {
  const { check_runs: runs } = await client.read('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    ...repositoryParameters(request),
    ref: request.headSha,
    check_name: checkName,
    filter: 'latest',
    per_page: 100,
  });
  const own = externalId(request);
  const open = runs.find((run) => run.external_id === own && run.status !== 'completed');
  return open && Number(open.id);
}

async function concludeCheck(
  client: GitHubClient,
  request: ReviewRequest,
  id: number,
  report: CheckReport,
): Promise<void> {
  const output = outputOf(report);
  const annotations = report.annotations.slice(0, writeLimits.annotations).map(annotationParameters);
  const update = (part: object, batch: ReturnType<typeof annotationParameters>[]) =>
    client.write('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...repositoryParameters(request),
      check_run_id: id,
      ...part,
      output: { ...output, annotations: batch },
    });
  const size = writeLimits.annotationsPerRequest;
  const final = { status: 'completed' as const, conclusion: report.conclusion };
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

function outputOf(report: CheckReport) {
  const dropped = report.annotations.length - writeLimits.annotations;
  const note = dropped > 0 ? `\n\n${dropped} further annotations are left out.` : '';
  return {
    title: cut(report.title, writeLimits.checkTitle),
    summary: cut(report.summary, writeLimits.checkText - note.length) + note,
    ...(report.text === undefined ? {} : { text: cut(report.text, writeLimits.checkText) }),
  };
}

function annotationParameters(annotation: CheckAnnotation) {
  return {
    path: annotation.path,
    start_line: annotation.startLine,
    end_line: annotation.endLine,
    annotation_level: annotation.level,
    title: cut(annotation.title, writeLimits.annotationTitle),
    message: cut(annotation.message, writeLimits.annotationMessage),
  };
}

/** Cuts a text to a limit, never in the middle of a surrogate pair, and shows that it was cut. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function repositoryParameters({ repository }: ReviewRequest): { owner: string; repo: string } {
  return { owner: repository.owner, repo: repository.name };
}
