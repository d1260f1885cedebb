/**
 * The changed files of a pull request for which GitHub makes no diff: those whose blobs differ between the trees of the
 * merge base and of head. Renames are not recognised, and nothing can be commented; what is found stands in the check.
 */
import type { RepositoryRef } from '../review/ports.ts';
import { type ChangedFiles, changedFilesOf, type ListedFile } from './changed-files.ts';
import type { GitHubClient } from './client.ts';
import { RepositoryTree } from './imports.ts';
import { maxChangedFiles } from './limits.ts';

/** Compares Go files of two commits in two requests. Throws `GitHubError`. */
export async function readTreeChanges(
  client: GitHubClient,
  repository: RepositoryRef,
  commits: { readonly base: string; readonly head: string },
): Promise<ChangedFiles> {
  const [base, head] = await Promise.all([
    RepositoryTree.read(client, repository, commits.base),
    RepositoryTree.read(client, repository, commits.head),
  ]);
  const all = differences(base, head);
  const listed = all.slice(0, maxChangedFiles);
  const left = all.length - listed.length;
  const cut = base.complete && head.complete ? [] : ['GitHub lists only a part of the files of this repository'];
  const reasons = [
    ...cut,
    ...(left > 0 ? [`${left} changed Go files are beyond the limit of ${maxChangedFiles}`] : []),
  ];
  return { ...changedFilesOf(listed), omissions: reasons.map((reason) => ({ path: '(pull request)', reason })) };
}

function differences(base: RepositoryTree, head: RepositoryTree): readonly ListedFile[] {
  const before = goFiles(base);
  const after = goFiles(head);
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((filename): readonly ListedFile[] => {
    const [old, now] = [before.get(filename), after.get(filename)];
    if (old === now) return [];
    return [{ filename, status: old === undefined ? 'added' : now === undefined ? 'removed' : 'modified', changes: 1 }];
  });
}

/** Blob ids by path. */
function goFiles({ files }: RepositoryTree): ReadonlyMap<string, string> {
  return new Map(files.flatMap(({ path, id }) => (path.endsWith('.go') ? [[path, id] as const] : [])));
}
