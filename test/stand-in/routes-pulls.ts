/** Pull requests and their files. */
import type { DiffFile } from './diff.ts';
import { ApiError, type Call, paged, type Route } from './http.ts';
import type { Pull, Repository } from './state.ts';
import { baseOf, pullFiles, shownPatch, type World } from './world.ts';

export function pullRoutes(world: World): readonly Route[] {
  return [
    {
      route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
      needs: 'pull_requests: read',
      handle(call) {
        const { repository, pull } = world.pull(call);
        return { status: 200, body: pullBody(repository, pull) };
      },
    },
    {
      route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
      needs: 'pull_requests: read',
      handle(call) {
        const { repository, pull } = world.pull(call);
        if (pull.diffFault !== undefined) throw diffRefusal(pull.diffFault);
        const files = paged(pullFiles(repository, pull).slice(0, 3_000), call.query);
        return { status: 200, body: withinPage(files).map((file) => spoilt(file, pull, call)) };
      },
    },
    {
      route: 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
      needs: 'pull_requests: read',
      handle(call) {
        const repository = world.repository(call);
        const commit = call.path['commit_sha'] ?? '';
        // GitHub lists pull requests of branches of this repository; heads in forks are not found.
        const pulls = repository.pulls.filter((pull) => pull.head === commit && !pull.fork);
        return { status: 200, body: paged(pulls, call.query).map((pull) => pullBody(repository, pull)) };
      },
    },
  ];
}

/** The part of a pull request's representation that matters here. */
export function pullBody(repository: Repository, pull: Pull): object {
  const base = { id: repository.id, name: repository.name, owner: { login: repository.owner } };
  const head = pull.fork ? { ...base, id: repository.id + 1_000_000, owner: { login: pull.author } } : base;
  return {
    id: pull.id,
    number: pull.number,
    title: pull.title,
    state: pull.state,
    merged: pull.merged ?? false,
    draft: pull.draft,
    user: { login: pull.author },
    labels: pull.labels.map((name) => ({ name })),
    updated_at: new Date().toISOString(),
    changed_files: pullFiles(repository, pull).length,
    base: { ref: pull.baseRef, sha: baseOf(repository, pull), repo: base },
    head: { ref: pull.headRef, sha: pull.head, repo: head },
  };
}

/** GitHub's words for a diff that it does not make. */
export function diffRefusal(status: 406 | 422): ApiError {
  if (status === 422)
    return new ApiError(422, 'Server Error: Sorry, this diff is taking too long to generate.', [
      { resource: 'PullRequest', field: 'diff', code: 'not_available' },
    ]);
  return new ApiError(406, 'Sorry, the diff exceeded the maximum number of lines (20000)', [
    { resource: 'PullRequest', field: 'diff', code: 'too_large' },
  ]);
}

/** After this many lines of one answer the other files come without their diffs. */
const pageLines = 20_000;

function withinPage(files: readonly DiffFile[]): readonly DiffFile[] {
  let lines = 0;
  return files.map((file): DiffFile => {
    const patch = shownPatch(file);
    lines += patch === undefined ? 0 : file.changes;
    const { patch: _, ...rest } = file;
    if (lines > pageLines) return { ...rest, additions: 0, deletions: 0, changes: 0 };
    return patch === undefined ? rest : file;
  });
}

/** What GitHub leaves of a patch that it does not want to give. */
function spoilt(file: DiffFile, pull: Pull, call: Call): DiffFile {
  const fault = pull.patchFaults.get(file.filename);
  if (!fault || (fault === 'missing-on-large-pages' && Number(call.query.get('per_page')) <= 10)) return file;
  const { patch = '', ...rest } = file;
  if (fault === 'truncated') return { ...rest, patch: patch.slice(0, patch.lastIndexOf('\n')) };
  return fault === 'missing' ? rest : { ...rest, additions: 0, deletions: 0, changes: 0 };
}
