/**
 * The snapshot of a pull request through GitHub's API. Requests for a small pull request: the pull request, its files,
 * the merge base, one query for folders and go.mod files, one for the blobs; for imports the tree and a few queries.
 */
import type {
  ChangedFile,
  Omission,
  PackageSources,
  PullRequestSnapshot,
  RepositoryRef,
  ReviewRequest,
  SnapshotPort,
  StoredConfig,
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
import { configFields, configIn, gitHubConfig } from './config-file.ts';
import { GitHubError } from './errors.ts';
import { RepositoryTree, readImports } from './imports.ts';
import { importLimits } from './limits.ts';
import { type Listing, listPackages, readPackages } from './package-sources.ts';
import { type PullRequest, readPullRequest } from './pull-request.ts';
import { readTreeChanges } from './tree-changes.ts';
import { unreadFiles } from './unread-files.ts';

/** The snapshots of one pull request, and the configuration that was read along with its folders. */
export interface GitHubSnapshots extends SnapshotPort {
  /** The configuration at the base; in the request that lists the folders when there are any to list. */
  config(repository: RepositoryRef, baseSha: string): Promise<StoredConfig | undefined>;
}

/** Reads one pull request through `client`; what `occasion` read is used by `snapshot`. Throws `GitHubError`. */
export function gitHubSnapshots(client: GitHubClient): GitHubSnapshots {
  let seen: { readonly request: ReviewRequest; readonly first: FirstPage; readonly pull: PullRequest } | undefined;
  let listed: Promise<Listed> | undefined;
  const list = (): Promise<Listed> => {
    if (!seen) throw new GitHubError('unexpected', 'The pull request was not examined.');
    listed ??= listChange(client, seen.request, seen.pull, seen.first);
    return listed;
  };
  return {
    async occasion(request) {
      const first = await readFirstPage(client, request);
      if (request.ended !== true && first.complete && !first.files.some(concernsUs)) return { kind: 'nothing' };
      const pull = await readPullRequest(client, request);
      seen = { request, first, pull };
      const configChanged = first.files.some((file) => file.filename === configPath && file.status !== 'removed');
      return { kind: 'change', pull, go: hasGoFile(first), configChanged };
    },
    state: (request) => readPullRequest(client, request),
    async config(repository, baseSha) {
      if (!seen || !hasGoFile(seen.first) || seen.pull.baseSha !== baseSha)
        return gitHubConfig(client).configText(repository, baseSha);
      const { listing } = await list();
      // Where every changed file is vendored no folder was listed, and nothing was asked.
      return 'configured' in listing.besides
        ? configIn(listing.besides, repository)
        : gitHubConfig(client).configText(repository, baseSha);
    },
    snapshot: async (request) => readSnapshot(client, request, await list()),
  };
}

function hasGoFile({ complete, files }: FirstPage): boolean {
  return !complete || files.some(({ filename, previous_filename: before }) => isGo(filename) || isGo(before ?? ''));
}

function isGo(path: string): boolean {
  return path.endsWith('.go');
}

function concernsUs({ filename, previous_filename: before }: ListedFile): boolean {
  return filename === configPath || isGo(filename) || isGo(before ?? '');
}

interface Listed extends ListedPackages {
  readonly pull: PullRequest;
  readonly changed: ChangedFiles;
  readonly mergeBaseSha: string;
}

async function listChange(
  client: GitHubClient,
  request: ReviewRequest,
  pull: PullRequest,
  first: FirstPage,
): Promise<Listed> {
  const [shown, mergeBaseSha] = await Promise.all([
    readShownFiles(client, request, pull, first),
    readMergeBase(client, request, pull.baseSha),
  ]);
  const changed =
    shown ?? (await readTreeChanges(client, request.repository, { base: mergeBaseSha, head: request.headSha }));
  const commits = { base: mergeBaseSha, head: request.headSha };
  const listed = await listSources(client, request.repository, commits, changed, configFields(pull.baseSha));
  return { pull, changed, mergeBaseSha, ...listed };
}

/** Undefined where GitHub makes no diff, which it may find out on a later page only. */
async function readShownFiles(
  client: GitHubClient,
  request: ReviewRequest,
  { changedFiles }: PullRequest,
  first: FirstPage,
): Promise<ChangedFiles | undefined> {
  if (first.withheld === true) return undefined;
  try {
    return await readChangedFiles(client, request, first, changedFiles);
  } catch (error) {
    if (error instanceof GitHubError && error.code === 'too-large') return undefined;
    throw error;
  }
}

async function readSnapshot(
  client: GitHubClient,
  { repository, pullNumber, headSha }: ReviewRequest,
  { pull, changed, mergeBaseSha, ...listed }: Listed,
): Promise<PullRequestSnapshot> {
  const { baseSha, draft, fork } = pull;
  const sources = await readSources(client, repository, listed, changed);
  return { repository, pullNumber, baseSha, mergeBaseSha, headSha, draft, fork, ...sources };
}

export interface ListedPackages {
  readonly listing: Listing;
  readonly tree: RepositoryTree;
}

/** Lists the packages of a change and the tree of its head; `besides` travels with the listing. */
export async function listSources(
  client: GitHubClient,
  repository: RepositoryRef,
  commits: { readonly base: string; readonly head: string },
  changed: ChangedFiles,
  besides = '',
): Promise<ListedPackages> {
  const tree = await RepositoryTree.read(client, repository, commits.head);
  return { tree, listing: await listPackages(client, repository, commits, changed.files, tree, besides) };
}

/** The part of a snapshot that the files make, for a list of changed files wherever it came from. */
export async function readSources(
  uncounted: GitHubClient,
  repository: RepositoryRef,
  { listing, tree }: ListedPackages,
  changed: ChangedFiles,
): Promise<Pick<PullRequestSnapshot, 'changedFiles' | 'base' | 'head' | 'modules' | 'omissions'>> {
  const counted = countRequests(uncounted);
  const { client } = counted;
  const packages = await readPackages(client, repository, listing, changed.files);
  const repaired = addOwnHunks(changed, packages);
  const left = Math.max(1, importLimits.requests - requestsBefore - counted.requests);
  // A file that was not read lacks its hunks for the same reason.
  const named = new Set(packages.omissions.map(({ path }) => path));
  const withoutHunks = repaired.omissions.filter(({ path }) => !named.has(path));
  const unread = unreadFiles(changed.files, packages.head, [...packages.omissions, ...withoutHunks]);
  const imports = await readImports(client, repository, tree, packages, left);
  return {
    changedFiles: repaired.files,
    base: imports.base,
    head: imports.head,
    modules: imports.modules,
    omissions: [...changed.omissions, ...packages.omissions, ...withoutHunks, ...unread, ...imports.omissions],
  };
}

/** The pull request, the first page of its files, the merge base, the tree of head, the folders. */
const requestsBefore = 5;

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
