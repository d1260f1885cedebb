/**
 * The snapshot of a pull request through GitHub's API. Requests for a small pull request: the pull request, its files,
 * the merge base, one query for folders and go.mod files, one for the blobs.
 */
import type {
  ChangedFile,
  Omission,
  PackageSources,
  PullRequestSnapshot,
  ReviewRequest,
  SnapshotPort,
} from '../review/ports.ts';
import { hunksBetween } from '../text/diff.ts';
import { type ChangedFiles, readChangedFiles } from './changed-files.ts';
import type { GitHubClient } from './client.ts';
import { readPackages } from './package-sources.ts';
import { type PullRequest, readPullRequest } from './pull-request.ts';

/** Reads snapshots through `client`. Throws `GitHubError`. When the pull request has another head by now, the snapshot
 *  names that one and holds nothing else: there is nothing to review. */
export function gitHubSnapshots(client: GitHubClient): SnapshotPort {
  return { snapshot: (request) => readSnapshot(client, request) };
}

async function readSnapshot(client: GitHubClient, request: ReviewRequest): Promise<PullRequestSnapshot> {
  const pull = await readPullRequest(client, request);
  if (pull.headSha !== request.headSha) return movedOn(request, pull);
  const [changed, mergeBaseSha] = await Promise.all([
    readChangedFiles(client, request, pull.changedFiles),
    readMergeBase(client, request, pull.baseSha),
  ]);
  const commits = { base: mergeBaseSha, head: request.headSha };
  const packages = await readPackages(client, request.repository, commits, changed.files);
  const repaired = addOwnHunks(changed, packages);
  return {
    repository: request.repository,
    pullNumber: request.pullNumber,
    baseSha: pull.baseSha,
    mergeBaseSha,
    headSha: request.headSha,
    draft: pull.draft,
    fork: pull.fork,
    changedFiles: repaired.files,
    base: packages.base,
    head: packages.head,
    omissions: [...changed.omissions, ...packages.omissions, ...repaired.omissions],
  };
}

function movedOn({ repository, pullNumber }: ReviewRequest, pull: PullRequest): PullRequestSnapshot {
  const { baseSha, headSha, draft, fork } = pull;
  const nothing = { changedFiles: [], base: [], head: [], omissions: [] };
  return { repository, pullNumber, baseSha, mergeBaseSha: baseSha, headSha, draft, fork, ...nothing };
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
  const repaired = files.map((file) => {
    if (!withoutPatch.has(file.path)) return file;
    const oldText = file.status === 'added' ? '' : before.get(file.previousPath ?? file.path);
    const newText = file.status === 'removed' ? '' : after.get(file.path);
    if (oldText !== undefined && newText !== undefined) return { ...file, hunks: hunksBetween(oldText, newText) };
    omissions.push({ path: file.path, reason: 'GitHub gives no diff of this file' });
    return file;
  });
  return { files: repaired, omissions };
}

function textsOf(packages: readonly PackageSources[]): ReadonlyMap<string, string> {
  return new Map(packages.flatMap((source) => source.files.map((file) => [file.path, file.text] as const)));
}
