/** What the author of the pull request does with a review: takes every suggestion, and every patch that can be merged. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { GitRepository } from '../stand-in/git-repository.ts';
import type { Comment, Pull, Repository } from '../stand-in/state.ts';

export interface Applied {
  readonly head: string;
  readonly suggestions: number;
  readonly patches: number;
}

/** Commits the fixes that these comments offer; a suggestion whose lines are outdated cannot be taken. */
export function applyFixes({ git }: Repository, pull: Pull, comments: readonly Comment[]): Applied {
  const files = new Map<string, string>();
  // From the bottom up, so that a suggestion does not move the lines of the next.
  const suggested = comments.filter((comment) => comment.line !== undefined && suggestionOf(comment) !== undefined);
  for (const comment of suggested.sort((a, b) => (b.line ?? 0) - (a.line ?? 0))) {
    const text = files.get(comment.path) ?? fileAt(git, pull.head, comment.path);
    files.set(comment.path, replaceLines(text, comment, suggestionOf(comment) ?? ''));
  }
  let head =
    files.size === 0
      ? pull.head
      : git.commit(pull.headRef, Object.fromEntries(files), 'Apply suggestions from the review', pull.head);
  let patches = 0;
  for (const comment of comments) {
    const patch = patchOf(comment);
    const next = patch === undefined ? undefined : mergePatch(git, pull, head, comment.originalCommit, patch);
    if (next !== undefined) patches++;
    head = next ?? head;
  }
  return { head, suggestions: suggested.length, patches };
}

/** The replacement that a comment offers; undefined when it offers none. */
export function suggestionOf(comment: Comment): string | undefined {
  return /^(`{3,})suggestion\n(.*?)^\1\s*$/ms.exec(comment.body)?.[2];
}

function patchOf(comment: Comment): string | undefined {
  return /^(`{3,})diff\n(.*?)^\1\s*$/ms.exec(comment.body)?.[2];
}

/** A file of a commit as text. */
export function fileAt(git: GitRepository, commit: string, path: string): string {
  return git.blob(git.resolve(`${commit}:${path}`) ?? '').toString('utf8');
}

function replaceLines(text: string, comment: Comment, replacement: string): string {
  const lines = text.split('\n');
  const end = comment.line ?? comment.originalLine;
  const start = comment.startLine ?? end;
  const inserted = replacement === '' ? [] : replacement.replace(/\n$/, '').split('\n');
  lines.splice(start - 1, end - start + 1, ...inserted);
  return lines.join('\n');
}

/** Applies a patch to the reviewed head, for which it was made, and merges; undefined when it cannot be merged. */
function mergePatch(git: GitRepository, pull: Pull, head: string, reviewed: string, patch: string): string | undefined {
  const index = join(git.dir, 'demo-index');
  const run = (args: readonly string[], input?: string): string =>
    execFileSync('git', args, {
      cwd: git.dir,
      input,
      env: { ...process.env, ...ada, GIT_INDEX_FILE: index },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
      .toString('utf8')
      .trim();
  try {
    run(['read-tree', reviewed]);
    run(['apply', '--cached', '-'], patch);
    const patched = run(['commit-tree', run(['write-tree']), '-p', reviewed, '-m', subject]);
    const tree = run(['merge-tree', '--write-tree', head, patched]);
    return git.adopt(pull.headRef, run(['commit-tree', tree, '-p', head, '-m', subject]));
  } catch {
    return undefined;
  } finally {
    rmSync(index, { force: true });
  }
}

const subject = 'Apply a fix from the review';

const ada = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
};
