/** The difference of two trees as GitHub shows it: changed files, renames, hunks with three lines of context. */
import type { ChangedFile } from '../review/ports.ts';
import { type Hunk, parsePatch } from '../text/hunk.ts';
import { LocalError } from './local-error.ts';
import type { Repository } from './repository.ts';

interface RawChange {
  readonly status: ChangedFile['status'];
  readonly path: string;
  readonly previousPath?: string;
}

const diffOptions: readonly string[] = [
  '-r',
  '-z',
  '-M',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--ignore-submodules=all',
];
const patchOptions: readonly string[] = [
  '-p',
  '--raw',
  '-U3',
  '--inter-hunk-context=0',
  '--indent-heuristic',
  '--diff-algorithm=default',
  '--src-prefix=a/',
  '--dst-prefix=b/',
];
const changesPerCall = 300;

/** Changed files of two trees for which `wanted` holds at the old or the new path, in git's order. */
export async function changedFiles(
  repository: Repository,
  base: string,
  head: string,
  wanted: (path: string) => boolean,
): Promise<readonly ChangedFile[]> {
  const listing = await repository.git(['diff-tree', ...diffOptions, '--raw', base, head, '--']);
  const { changes } = parseRaw(listing.stdout.toString('utf8'));
  const chosen = changes.filter(
    (change) => wanted(change.path) || (change.previousPath !== undefined && wanted(change.previousPath)),
  );
  const files: ChangedFile[] = [];
  for (let at = 0; at < chosen.length; at += changesPerCall) {
    files.push(...(await withHunks(repository, base, head, chosen.slice(at, at + changesPerCall))));
  }
  return files;
}

async function withHunks(
  repository: Repository,
  base: string,
  head: string,
  changes: readonly RawChange[],
): Promise<readonly ChangedFile[]> {
  const paths = changes.flatMap((change) =>
    change.previousPath === undefined ? [change.path] : [change.previousPath, change.path],
  );
  const output = await repository.git(['diff-tree', ...diffOptions, ...patchOptions, base, head, '--', ...paths]);
  const raw = parseRaw(output.stdout.toString('utf8'));
  const patches = splitPatches(raw.rest);
  // Raw records and patches come in the same order; a change of mode alone has a patch without hunks.
  return raw.changes.map((change, index) => ({ ...change, hunks: hunksOf(patches[index] ?? '') }));
}

/** Reads `:<mode> <mode> <id> <id> <status>NUL<path>NUL[<path>NUL]` records; what follows them is the patch. */
function parseRaw(output: string): { readonly changes: readonly RawChange[]; readonly rest: string } {
  const changes: RawChange[] = [];
  let at = 0;
  const field = (): string => {
    const end = output.indexOf('\0', at);
    const value = output.slice(at, end === -1 ? output.length : end);
    at = end === -1 ? output.length : end + 1;
    return value;
  };
  while (output[at] === ':') {
    const letter = field().split(' ')[4]?.[0] ?? 'M';
    const path = field();
    changes.push(
      letter === 'R' || letter === 'C'
        ? { status: 'renamed', previousPath: path, path: field() }
        : { status: statusOf(letter), path },
    );
  }
  return { changes, rest: output.slice(at).replace(/^\0/, '') };
}

function statusOf(letter: string): ChangedFile['status'] {
  if (letter === 'A') return 'added';
  return letter === 'D' ? 'removed' : 'modified';
}

/** A patch begins at a line `diff --git`; no line of a hunk can, as those start with a mark. */
function splitPatches(patch: string): readonly string[] {
  return patch.split(/^(?=diff --git )/m).filter((part) => part.startsWith('diff --git '));
}

function hunksOf(patch: string): readonly Hunk[] {
  const hunks = parsePatch(patch);
  if ('kind' in hunks)
    throw new LocalError('git-failed', `git diff-tree wrote a patch that cannot be read: ${hunks.reason}`);
  return hunks;
}
