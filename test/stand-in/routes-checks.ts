/** Check runs with GitHub's limits. */
import { ApiError, type Call, notFound, paged, type Reply, type Route } from './http.ts';
import type { Annotation, CheckRun, Repository } from './state.ts';
import type { World } from './world.ts';

interface SentOutput {
  readonly title?: string;
  readonly summary?: string;
  readonly text?: string;
  readonly annotations?: readonly Annotation[];
}

export function checkRoutes(world: World): readonly Route[] {
  const collection = '/repos/{owner}/{repo}/check-runs';
  return [
    { route: `POST ${collection}`, needs: 'checks: write', handle: (call) => createRun(world, call) },
    {
      route: `PATCH ${collection}/{check_run_id}`,
      needs: 'checks: write',
      handle(call) {
        const repository = world.repository(call);
        const run = repository.checkRuns.find((candidate) => String(candidate.id) === call.path['check_run_id']);
        if (!run) throw notFound();
        if ((run.app ?? ownSlug) !== ownSlug)
          throw new ApiError(
            403,
            'Invalid app_id `15368` - check run can only be modified by the GitHub App that created it.',
          );
        apply(run, call.body);
        return { status: 200, body: runBody(repository, run) };
      },
    },
    {
      route: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
      needs: 'checks: read',
      handle: (call) => listRuns(world, call, (run) => run.head === call.path['ref']),
    },
    {
      route: 'GET /repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs',
      needs: 'checks: read',
      handle: (call) => listRuns(world, call, (run) => String(run.suite) === call.path['check_suite_id']),
    },
  ];
}

const ownSlug = 'goplumber';

function createRun(world: World, call: Call): Reply {
  const repository = world.repository(call);
  const {
    name,
    head_sha: head,
    external_id: externalId = '',
  } = call.body as { name: string; head_sha: string; external_id?: string };
  const kind = repository.git.resolve(`${head}^{commit}`);
  if (!kind) throw new ApiError(422, `No commit found for SHA: ${head}`);
  // One suite per head and App; its number is made from the first run.
  const sibling = repository.checkRuns.find((run) => run.head === head);
  const run: CheckRun = {
    id: world.ids.next(),
    suite: sibling?.suite ?? world.ids.next(),
    name,
    head,
    externalId,
    status: 'queued',
    conclusion: undefined,
    title: '',
    summary: '',
    text: '',
    annotations: [],
    actions: [],
  };
  apply(run, call.body);
  repository.checkRuns.push(run);
  return { status: 201, body: runBody(repository, run) };
}

function apply(run: CheckRun, body: Record<string, unknown>): void {
  const { status, conclusion, output, actions } = body as {
    status?: string;
    conclusion?: string;
    output?: SentOutput;
    actions?: CheckRun['actions'];
  };
  if (status === 'completed' && conclusion === undefined) throw invalid('conclusion', 'missing_field');
  if (output) assertOutput(output);
  run.status = conclusion === undefined ? (status ?? run.status) : 'completed';
  run.conclusion = conclusion ?? run.conclusion;
  run.title = output?.title ?? run.title;
  run.summary = output?.summary ?? run.summary;
  run.text = output?.text ?? run.text;
  run.actions = actions ?? run.actions;
  run.annotations.push(...(output?.annotations ?? []));
}

function assertOutput({ title, summary, text, annotations = [] }: SentOutput): void {
  if (!title || summary === undefined) throw invalid('output', 'title and summary are required');
  if (title.length > 255) throw invalid('title', 'is too long (maximum is 255 characters)');
  if (summary.length > 65_535) throw invalid('summary', 'is too long (maximum is 65535 characters)');
  if ((text ?? '').length > 65_535) throw invalid('text', 'is too long (maximum is 65535 characters)');
  if (annotations.length > 50) throw invalid('annotations', 'maximum of 50 annotations per request');
  for (const annotation of annotations) {
    if (annotation.path === '' || annotation.start_line < 1) throw invalid('annotations', 'invalid place');
    if (annotation.end_line < annotation.start_line)
      throw invalid('annotations', 'end_line must not precede start_line');
    if (Buffer.byteLength(annotation.message) > 65_536) throw invalid('annotations', 'message is too long');
  }
}

function listRuns(world: World, call: Call, belongs: (run: CheckRun) => boolean): Reply {
  const repository = world.repository(call);
  const name = call.query.get('check_name');
  const runs = repository.checkRuns.filter((run) => belongs(run) && (name === null || run.name === name)).reverse();
  // `latest` (the default) leaves of each name only the newest.
  const all = call.query.get('filter') === 'all';
  const isSame = (one: CheckRun, other: CheckRun) => one.name === other.name && one.app === other.app;
  const shown = all ? runs : runs.filter((run, index) => runs.findIndex((other) => isSame(other, run)) === index);
  const body = {
    total_count: shown.length,
    check_runs: paged(shown, call.query).map((run) => runBody(repository, run)),
  };
  return { status: 200, body };
}

/** The part of a check run's representation that matters here. */
export function runBody(repository: Repository, run: CheckRun): object {
  const pulls = repository.pulls.filter((pull) => pull.head === run.head && !pull.fork);
  return {
    id: run.id,
    name: run.name,
    head_sha: run.head,
    external_id: run.externalId,
    status: run.status,
    conclusion: run.conclusion ?? null,
    check_suite: { id: run.suite },
    app: { slug: run.app ?? ownSlug },
    // Empty for heads in forks, as on GitHub.
    pull_requests: pulls.map((pull) => ({ number: pull.number, head: { sha: pull.head } })),
    output: { title: run.title, summary: run.summary, text: run.text, annotations_count: run.annotations.length },
  };
}

function invalid(field: string, message: string): ApiError {
  return new ApiError(422, 'Invalid request.', [{ resource: 'CheckRun', field, code: 'custom', message }]);
}
