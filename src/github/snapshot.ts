/**
 * The snapshot of a pull request through GitHub's API. Requests for a small pull request: the pull request, its files,
 * the merge base, one query for folders and go.mod files, one for the blobs; for imports the tree and a few queries.
 */
import type {
  ChangedFile,
  Occasion,
  Omission,
  PackageSources,
  PullRequestSnapshot,
  RepositoryRef,
  ReviewRequest,
  SnapshotPort,
} from '../review/ports.ts';
import { configPath } from '../review/proposed-config.ts';
import { hunksBetween } from '../text/diff.ts';
import {
  type ChangedFiles,
  type FirstPage,
  type ListedFile,
  readChangedFiles,
  readFirstPage,
} from './changed-files.ts';
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';
import { RepositoryTree, readImports } from './imports.ts';
import { importLimits } from './limits.ts';
import { readPackages } from './package-sources.ts';
import { type PullRequest, readPullRequest } from './pull-request.ts';

/** Reads one pull request through `client`; what `occasion` read is used by `snapshot`. Throws `GitHubError`. */
export function gitHubSnapshots(client: GitHubClient): SnapshotPort {
  let seen: { readonly first: FirstPage; readonly pull: PullRequest } | undefined;
  const look = async (request: ReviewRequest): Promise<Occasion> => {
    const first = await readFirstPage(client, request);
    if (first.complete && !first.files.some(concernsUs)) return { kind: 'nothing' };
    const pull = await readPullRequest(client, request);
    seen = { first, pull };
    return {
      kind: 'change',
      pull,
      go: !first.complete || first.files.some(({ filename }) => filename.endsWith('.go')),
      configChanged: first.files.some((file) => file.filename === configPath && file.status !== 'removed'),
    };
  };
  return {
    occasion: look,
    state: (request) => readPullRequest(client, request),
    async snapshot(request) {
      if (!seen) await look(request);
      if (!seen) throw new GitHubError('unexpected', 'The pull request changes no Go file.');
      return readSnapshot(client, request, seen.pull, seen.first);
    },
  };
}

function concernsUs({ filename, previous_filename: previous }: ListedFile): boolean {
  return filename === configPath || [filename, previous ?? ''].some((path) => path.endsWith('.go'));
}

async function readSnapshot(
  client: GitHubClient,
  request: ReviewRequest,
  pull: PullRequest,
  first: FirstPage,
): Promise<PullRequestSnapshot> {
  const [changed, mergeBaseSha] = await Promise.all([
    readChangedFiles(client, request, first, pull.changedFiles),
    readMergeBase(client, request, pull.baseSha),
  ]);
  const commits = { base: mergeBaseSha, head: request.headSha };
  const { baseSha, draft, fork } = pull;
  const { repository, pullNumber, headSha } = request;
  const sources = await readSources(client, repository, commits, changed);
  return { repository, pullNumber, baseSha, mergeBaseSha, headSha, draft, fork, ...sources };
}

/** The part of a snapshot that the files make, for a list of changed files wherever it came from. */
export async function readSources(
  uncounted: GitHubClient,
  repository: RepositoryRef,
  commits: { readonly base: string; readonly head: string },
  changed: ChangedFiles,
): Promise<Pick<PullRequestSnapshot, 'changedFiles' | 'base' | 'head' | 'modules' | 'omissions'>> {
  const counted = countRequests(uncounted);
  const { client } = counted;
  const tree = await RepositoryTree.read(client, repository, commits.head);
  const packages = await readPackages(client, repository, commits, changed.files, tree);
  const repaired = addOwnHunks(changed, packages);
  const left = Math.max(1, importLimits.requests - requestsBefore - counted.requests);
  const imports = await readImports(client, repository, tree, packages, left);
  return {
    changedFiles: repaired.files,
    base: imports.base,
    head: imports.head,
    modules: imports.modules,
    omissions: [...changed.omissions, ...packages.omissions, ...repaired.omissions, ...imports.omissions],
  };
}

/** The pull request, the first page of its files, the merge base. */
const requestsBefore = 3;

/** The same client, and how many requests it has made. */
function countRequests(inner: GitHubClient): { readonly client: GitHubClient; readonly requests: number } {
  let requests = 0;
  const count = <A extends readonly unknown[], R>(call: (...args: A) => R) => {
    return (...args: A): R => {
      requests += 1;
      return call(...args);
    };
  };
  const client: GitHubClient = {
    ...inner,
    read: count(inner.read) as GitHubClient['read'],
    pages: count(inner.pages) as GitHubClient['pages'],
    query: count(inner.query),
  };
  return {
    client,
    get requests() {
      return requests;
    },
  };
}

/** Page 2 of a comparison names the merge base without the files, which only page 1 carries. */
async function readMergeBase(
  client: GitHubClient,
  { repository, headSha }: ReviewRequest,
  baseSha: string,
): Promise<string> {
  const comparison = await client.read('GET /repos/{owner}/{repo}/compare/{basehead}', {
    owner: repository.owner,
    repo: repository.name,
    basehead: `${baseSha}...${headSha}`,
    per_page: 1,
    page: 2,
  });
  return comparison.merge_base_commit.sha;
}

interface Sources {
  readonly base: readonly PackageSources[];
  readonly head: readonly PackageSources[];
}

/** Computes the hunks that GitHub does not give from the two texts; where a text is missing, that is an omission. */
function addOwnHunks(
  { files, withoutPatch }: ChangedFiles,
  sources: Sources,
): { files: readonly ChangedFile[]; omissions: readonly Omission[] } {
  if (withoutPatch.size === 0) return { files, omissions: [] };
  const before = textsOf(sources.base);
  const after = textsOf(sources.head);
  const omissions: Omission[] = [];
  const repaired = files.map((file): ChangedFile => {
    if (!withoutPatch.has(file.path)) return file;
    const oldText = file.status === 'added' ? '' : before.get(file.previousPath ?? file.path);
    const newText = file.status === 'removed' ? '' : after.get(file.path);
    if (oldText !== undefined && newText !== undefined)
      return { ...file, hunks: hunksBetween(oldText, newText), hidden: true };
    omissions.push({ path: file.path, reason: 'GitHub gives no diff of this file' });
    return file;
  });
  return { files: repaired, omissions };
}

function textsOf(packages: readonly PackageSources[]): ReadonlyMap<string, string> {
  return new Map(packages.flatMap((source) => source.files.map((file) => [file.path, file.text] as const)));
}
