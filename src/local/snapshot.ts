/** The snapshot of a pull request that nobody opened: merge base and head of a repository on this machine. */
import { posix } from 'node:path';
import type { ChangedFile, Omission, PackageSources, PullRequestSnapshot } from '../review/ports.ts';
import { type TreeFile, withImports } from '../review/tree-imports.ts';
import { changedFiles } from './git-diff.ts';
import { listFolders, listTree, readBlobs, type TreeEntry } from './git-tree.ts';
import { goVersionsAt } from './go-mod.ts';
import { openObjectStore } from './object-store.ts';
import { mergeBase, type Repository, resolveCommit, stagedTree, workingTree } from './repository.ts';
import { isGoFileName, type SourceText } from './source-text.ts';
import { writeDiskTree, writeStagedTree } from './working-tree.ts';

export interface Comparison {
  /** Revision that the change is to be merged into. */
  readonly base: string;
  /** Revision of the change; absent = the working tree, or HEAD of a bare repository. */
  readonly head?: string;
  /** The index in place of the working tree. */
  readonly staged?: boolean;
  /** Which changed files count, by path from the top of the repository. */
  readonly wanted: (path: string) => boolean;
}

/** What is compared: `merge base..head` as `git diff base...head` has it. */
export async function localSnapshot(repository: Repository, comparison: Comparison): Promise<PullRequestSnapshot> {
  const baseSha = await resolveCommit(repository, comparison.base);
  const ofDisk = comparison.head === undefined && !repository.bare;
  const tip = await resolveCommit(repository, comparison.head ?? 'HEAD');
  const mergeBaseSha = await mergeBase(repository, baseSha, tip);
  const commits = { baseSha, mergeBaseSha, headSha: ofDisk ? (comparison.staged ? stagedTree : workingTree) : tip };
  const store = await openObjectStore(repository);
  try {
    const disk = ofDisk
      ? await (comparison.staged ? writeStagedTree : writeDiskTree)(repository, store)
      : { tree: tip, omissions: [] };
    const snapshot = await compareTrees(store.repository, comparison, commits, disk.tree);
    const unread = disk.omissions.filter(({ path }) => comparison.wanted(path));
    return { ...snapshot, omissions: [...snapshot.omissions, ...unread] };
  } finally {
    await store.close();
  }
}

type Commits = Pick<PullRequestSnapshot, 'baseSha' | 'mergeBaseSha' | 'headSha'>;

async function compareTrees(
  repository: Repository,
  comparison: Comparison,
  commits: Commits,
  headTree: string,
): Promise<PullRequestSnapshot> {
  const changed = await changedFiles(
    repository,
    commits.mergeBaseSha,
    headTree,
    (path) => path.endsWith('.go') && comparison.wanted(path),
  );
  const omitted: Omission[] = [];
  const folders = foldersOf(changed, omitted);
  const base = await readSide(repository, commits.mergeBaseSha, folders);
  const head = await readSide(repository, headTree, folders);
  const imports = await withImports(
    { base: base.packages, head: head.packages },
    { files: (await listTree(repository, headTree)).map(treeFile) },
    (files) => textsOf(repository, files),
  );
  return {
    repository: { owner: 'local', name: posix.basename(repository.root) },
    pullNumber: 0,
    ...commits,
    draft: false,
    fork: false,
    changedFiles: changed,
    base: imports.base,
    head: imports.head,
    modules: imports.modules,
    omissions: [...omitted, ...base.omissions.map(atMergeBase), ...head.omissions, ...imports.omissions],
  };
}

function treeFile({ path, id, size, mode }: TreeEntry): TreeFile {
  return { path, id, size: size ?? 0, symlink: mode === '120000' };
}

async function textsOf(repository: Repository, files: readonly TreeFile[]): Promise<ReadonlyMap<string, string>> {
  const texts = await readBlobs(
    repository,
    files.map((file) => ({ ...file, mode: '100644' })),
  );
  return new Map([...texts].flatMap(([id, text]) => (text.kind === 'text' ? [[id, text.text] as const] : [])));
}

/** Folders of the changed files on both sides of a rename; vendored code and test data are somebody else's. */
function foldersOf(changed: readonly ChangedFile[], omissions: Omission[]): readonly string[] {
  const folders = new Set<string>();
  for (const file of changed)
    for (const path of file.previousPath === undefined ? [file.path] : [file.path, file.previousPath]) {
      const foreign = foreignFolder(path);
      const hidesCode = path.endsWith('.go') && path === file.path && file.status !== 'removed';
      if (foreign !== undefined)
        omissions.push({ path, reason: foreign, expected: true, ...(hidesCode ? { changed: true } : {}) });
      else if (path.endsWith('.go')) folders.add(posix.dirname(path));
    }
  return [...folders].sort();
}

function foreignFolder(path: string): string | undefined {
  const segments = path.split('/').slice(0, -1);
  if (segments.includes('vendor')) return 'vendored code';
  return segments.includes('testdata') ? 'test data' : undefined;
}

function atMergeBase(omission: Omission): Omission {
  return { ...omission, reason: `at the merge base: ${omission.reason}` };
}

interface Side {
  readonly packages: readonly PackageSources[];
  readonly omissions: readonly Omission[];
}

async function readSide(repository: Repository, tree: string, folders: readonly string[]): Promise<Side> {
  const entries = (await listFolders(repository, tree, folders)).filter((entry) =>
    isGoFileName(posix.basename(entry.path)),
  );
  const regular = entries.filter((entry) => entry.mode !== '120000');
  const texts = await readBlobs(repository, regular);
  const versions = await goVersionsAt(repository, tree, folders);
  const omissions = entries
    .filter((entry) => entry.mode === '120000')
    .map((entry): Omission => ({ path: entry.path, reason: 'a symbolic link' }));
  const packages = folders.flatMap((dir): readonly PackageSources[] => {
    const files = regular
      .filter((entry) => posix.dirname(entry.path) === dir)
      .flatMap((entry) => sourceFile(entry, texts, omissions));
    const version = versions.get(dir);
    return files.length === 0 ? [] : [{ dir, ...(version === undefined ? {} : { goVersion: version }), files }];
  });
  return { packages, omissions };
}

function sourceFile(
  entry: TreeEntry,
  texts: ReadonlyMap<string, SourceText>,
  omissions: Omission[],
): PackageSources['files'] {
  const text = texts.get(entry.id) ?? { kind: 'skipped', reason: 'not in this clone' };
  if (text.kind === 'text') return [{ path: entry.path, text: text.text, blob: entry.id }];
  omissions.push({ path: entry.path, reason: text.reason });
  return [];
}
