/** The files of a comparison as GitHub lists them, from `git diff`. */
import type { GitRepository } from './git-repository.ts';

export interface DiffFile {
  readonly filename: string;
  readonly previous_filename?: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly additions: number;
  readonly deletions: number;
  readonly changes: number;
  readonly sha: string;
  /** Hunks only; absent for binary files and for renames without change. */
  readonly patch?: string;
}

const statuses: Readonly<Record<string, DiffFile['status']>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  T: 'modified',
  R: 'renamed',
};

/** Changed files between two commits, in git's order. */
export function diffFiles(git: GitRepository, base: string, head: string): readonly DiffFile[] {
  // With -z the list and the patches come from one process: an empty name stands between them.
  const whole = git.answer(['diff', '--raw', '-p', '-z', '--no-abbrev', '-M', '--no-color', base, head]);
  const end = whole.indexOf('\0\0');
  const raw = whole.slice(0, end).split('\0');
  const patches = whole.slice(end + 2).split(/^(?=diff --git )/m);
  const files: DiffFile[] = [];
  for (let at = 0; raw[at]?.startsWith(':'); ) {
    const [, , , sha = '', letter = ''] = (raw[at] ?? '').split(' ');
    const status = statuses[letter[0] ?? ''];
    if (!status) throw new Error(`git diff --raw printed status ${letter}`);
    const [first = '', second = ''] = [raw[at + 1], raw[at + 2]];
    const names = status === 'renamed' ? { filename: second, previous_filename: first } : { filename: first };
    at += status === 'renamed' ? 3 : 2;
    files.push({ ...names, status, sha, ...counted(patches[files.length] ?? '') });
  }
  return files;
}

function counted(section: string): Pick<DiffFile, 'additions' | 'deletions' | 'changes' | 'patch'> {
  const start = section.search(/^@@ /m);
  if (start < 0) return { additions: 0, deletions: 0, changes: 0 };
  const patch = section.slice(start).replace(/\n$/, '');
  const lines = patch.split('\n');
  const additions = lines.filter((line) => line.startsWith('+')).length;
  const deletions = lines.filter((line) => line.startsWith('-')).length;
  return { additions, deletions, changes: additions + deletions, patch };
}

/** Hunks of a patch as sets of the line numbers that each side shows. */
export function hunkSides(
  patch: string | undefined,
): readonly { readonly LEFT: ReadonlySet<number>; readonly RIGHT: ReadonlySet<number> }[] {
  const hunks: { LEFT: Set<number>; RIGHT: Set<number> }[] = [];
  let oldLine = 0;
  let newLine = 0;
  for (const line of (patch ?? '').split('\n')) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (header) {
      oldLine = Number(header[1]);
      newLine = Number(header[2]);
      hunks.push({ LEFT: new Set(), RIGHT: new Set() });
      continue;
    }
    const hunk = hunks.at(-1);
    if (line[0] !== '+' && line[0] !== '\\') hunk?.LEFT.add(oldLine++);
    if (line[0] !== '-' && line[0] !== '\\') hunk?.RIGHT.add(newLine++);
  }
  return hunks;
}

/** Where a line of `before` stands in `after`; undefined when it was changed or deleted. */
export function followLine(
  git: GitRepository,
  before: string,
  after: string,
  path: string,
  line: number,
): number | undefined {
  const patch = git.answer(['diff', '-U0', '--no-color', '-M', before, after, '--', path]);
  let shift = 0;
  for (const match of patch.matchAll(/^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm)) {
    const start = Number(match[1]);
    const removed = Number(match[2] ?? 1);
    const added = Number(match[4] ?? 1);
    if (removed > 0 && start <= line && line < start + removed) return undefined;
    if (start + Math.max(removed, 1) <= line || (removed === 0 && start < line)) shift += added - removed;
  }
  return git.resolve(`${after}:${path}`) ? line + shift : undefined;
}
