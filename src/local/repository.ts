/** A git repository on this machine: where it lies, and what its revisions mean. */
import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { nearest } from '../config/config-issue.ts';
import { firstLine, type GitCall, type GitLimits, type GitOutput, runGit } from './git.ts';
import { LocalError } from './local-error.ts';
import { checkoutTop, firstIrregular } from './regular-file.ts';

/** The head of a comparison that is not a commit: the files as they lie on disk. */
export const workingTree = 'working tree';
/** The same for what is staged. */
export const stagedTree = 'staged';

export interface Repository {
  /** Top of the working tree, or the git directory of a bare repository. Absolute. */
  readonly root: string;
  readonly gitDir: string;
  readonly bare: boolean;
  /** Of each command; absent = the usual ones. */
  readonly limits?: GitLimits;
  git(args: readonly string[], call?: GitCall): Promise<GitOutput>;
}

/** Files of a git directory that git opens as they are; a pipe in place of one would block it. */
const openedByGit: readonly string[] = [
  'HEAD',
  'commondir',
  'config',
  'config.worktree',
  'index',
  'info/exclude',
  'objects/info/alternates',
  'packed-refs',
  'shallow',
];

/**
 * Opens the repository around a folder. `limits` bound each command of git. Throws `LocalError` when there is none, or
 * git does not trust it.
 */
export async function openRepository(folder: string, limits?: GitLimits): Promise<Repository> {
  const top = await checkoutTop(folder);
  const gitFolder = top === undefined ? folder : join(top, '.git');
  await mustBeRegular(top ?? folder, ['.git']);
  await mustBeRegular(gitFolder, openedByGit);
  // A configuration may name a working tree anywhere (core.worktree); it is where `.git` lies.
  const env = top === undefined ? {} : { GIT_WORK_TREE: top };
  const run = (at: string, args: readonly string[], call: GitCall = {}) =>
    runGit(at, args, { ...(limits === undefined ? {} : { limits }), ...call, env: { ...env, ...call.env } });
  const answer = await run(folder, ['rev-parse', '--is-bare-repository', '--absolute-git-dir'], { accept: [128] });
  if (answer.status !== 0) throw notARepository(folder, answer.stderr);
  const [bareWord, gitDir] = answer.stdout.toString('utf8').split('\n');
  if (!gitDir) throw notARepository(folder, '');
  await mustBeRegular(gitDir, openedByGit);
  // Inside `.git` of a repository with a working tree there is no top level; revisions can still be compared.
  const bare = bareWord === 'true' && (top === undefined || isInside(gitDir, folder));
  const root = top === undefined || bare || isInside(gitDir, folder) ? gitDir : await realpath(top);
  const bounds = limits === undefined ? {} : { limits };
  return { root, gitDir, bare, ...bounds, git: (args, call) => run(root, args, call) };
}

function isInside(outer: string, path: string): boolean {
  return path === outer || path.startsWith(`${outer}${sep}`);
}

async function mustBeRegular(folder: string, names: readonly string[]): Promise<void> {
  const odd = await firstIrregular(folder, names);
  if (odd !== undefined) throw new LocalError('unreadable-path', `cannot read ${odd}: not a regular file`);
}

function notARepository(folder: string, stderr: string): LocalError {
  const said = firstLine(stderr);
  if (said === '' || /not a git repository/i.test(said)) {
    return new LocalError(
      'not-a-repository',
      `${folder} is not inside a git repository, and comparing revisions needs one`,
    );
  }
  return new LocalError('not-a-repository', `git cannot open ${folder}: ${said}`);
}

/** The full id of the commit that a revision names. Throws `LocalError` when there is none. */
export async function resolveCommit(repository: Repository, revision: string): Promise<string> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const answer = await repository.git(args, { accept: [1, 128] });
  const id = answer.stdout.toString('utf8').trim();
  if (answer.status === 0 && /^[0-9a-f]{40,64}$/.test(id)) return id;
  const hint = await hintFor(repository, revision);
  throw new LocalError('unknown-revision', `unknown revision ${JSON.stringify(revision)} in ${repository.root}${hint}`);
}

/** More names than these are not compared. */
const maxNames = 5_000;

/** The branch or tag that was probably meant; else what a shallow clone lacks. */
async function hintFor(repository: Repository, revision: string): Promise<string> {
  const kinds = ['refs/heads', 'refs/remotes', 'refs/tags'];
  const args = ['for-each-ref', `--count=${maxNames}`, '--format=%(refname:short)', ...kinds];
  const names = (await repository.git(args, { accept: [128] })).stdout.toString('utf8').split('\n');
  const near = nearest(
    revision,
    names.filter((name) => name !== ''),
  );
  if (near !== undefined) return `; did you mean ${near}?`;
  return (await isShallow(repository)) ? '; this clone is shallow: git fetch --unshallow fetches the rest' : '';
}

/** The best common ancestor of two commits. Throws `LocalError` when there is none. */
export async function mergeBase(repository: Repository, base: string, head: string): Promise<string> {
  const answer = await repository.git(['merge-base', '--end-of-options', base, head], { accept: [1] });
  const id = answer.stdout.toString('utf8').trim().split('\n')[0] ?? '';
  if (id !== '') return id;
  const why = (await isShallow(repository))
    ? 'this clone is shallow: git fetch --unshallow fetches the rest'
    : 'the histories are unrelated';
  throw new LocalError(
    'no-merge-base',
    `${base.slice(0, 12)} and ${head.slice(0, 12)} have no common ancestor here; ${why}`,
  );
}

async function isShallow(repository: Repository): Promise<boolean> {
  const answer = await repository.git(['rev-parse', '--is-shallow-repository'], { accept: [128] });
  return answer.stdout.toString('utf8').trim() === 'true';
}
