/** The difference of two trees as GitHub shows it: changed files, renames, hunks with three lines of context. */
import type { ChangedFile } from '../review/ports.ts';
import { type Hunk, parsePatch } from '../text/hunk.ts';
import { blobSizes } from './git-tree.ts';
import { LocalError } from './local-error.ts';
import type { Repository } from './repository.ts';
import { maxSourceBytes } from './source-text.ts';

interface RawChange {
  readonly status: ChangedFile['status'];
  readonly path: string;
  readonly previousPath?: string;
  /** Blobs before and after; all zeros where there is none. */
  readonly ids: readonly [string, string];
}

const diffOptions: readonly string[] = [
  '-r',
  '-z',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--ignore-submodules=all',
];
const patchOptions: readonly string[] = [
  '-p',
  '--raw',
  // An attribute may call a source file binary, and so hide what changed in it.
  '--text',
  '-U3',
  '--inter-hunk-context=0',
  '--indent-heuristic',
  '--diff-algorithm=default',
  '--src-prefix=a/',
  '--dst-prefix=b/',
];
const changesPerCall = 300;
/** Sources of one call of git, before and after together. Bytes. */
const bytesPerCall = 16_000_000;
/** Git compares each removed file with each added one; beyond this it gives up, too (diff.renameLimit). */
const maxRenameCandidates = 1000;

/**
 * Changed files of two trees for which `wanted` holds at the old or the new path, in git's order. Only blobs whose size
 * is acceptable are read: of a larger one it is said that it changed, without hunks.
 */
export async function changedFiles(
  repository: Repository,
  base: string,
  head: string,
  wanted: (path: string) => boolean,
): Promise<readonly ChangedFile[]> {
  const listing = await repository.git(['diff-tree', ...diffOptions, '--no-renames', '--raw', base, head, '--']);
  const changes = parseRaw(listing.stdout.toString('utf8')).changes.filter((change) => wanted(change.path));
  const sizes = await blobSizes(repository, new Set(changes.flatMap(({ ids }) => ids.filter(isBlob))));
  const readable = changes.filter(({ ids }) =>
    ids.every((id) => !isBlob(id) || (sizes.get(id) ?? Infinity) <= maxSourceBytes),
  );
  const chosen = await joinRenames(repository, base, head, readable);
  const files = changes.filter((change) => !readable.includes(change)).map((change) => changedFile(change, []));
  for (const batch of batchesOf(chosen, sizes)) files.push(...(await withHunks(repository, base, head, batch)));
  return files.sort((one, other) => (one.path < other.path ? -1 : 1));
}

function isBlob(id: string): boolean {
  return !/^0+$/.test(id);
}

/** Removed and added files that belong together, as one change. */
async function joinRenames(
  repository: Repository,
  base: string,
  head: string,
  changes: readonly RawChange[],
): Promise<readonly RawChange[]> {
  const moved = changes.filter(({ status }) => status !== 'modified');
  if (moved.length < 2 || moved.length > maxRenameCandidates) return changes;
  const paths = moved.map(({ path }) => path);
  const output = await repository.git(['diff-tree', ...diffOptions, '-M', '--raw', base, head, '--', ...paths]);
  const joined = parseRaw(output.stdout.toString('utf8')).changes;
  return [...changes.filter(({ status }) => status === 'modified'), ...joined];
}

function* batchesOf(
  changes: readonly RawChange[],
  sizes: ReadonlyMap<string, number>,
): Generator<readonly RawChange[]> {
  let batch: RawChange[] = [];
  let bytes = 0;
  for (const change of changes) {
    const size = change.ids.reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0);
    if (batch.length === changesPerCall || (batch.length > 0 && bytes + size > bytesPerCall)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(change);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
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
  const output = await repository.git(['diff-tree', ...diffOptions, ...patchOptions, '-M', base, head, '--', ...paths]);
  const raw = parseRaw(output.stdout.toString('utf8'));
  const patches = splitPatches(raw.rest);
  // Raw records and patches come in the same order; a change of mode alone has a patch without hunks.
  return raw.changes.map((change, index) => changedFile(change, hunksOf(patches[index] ?? '')));
}

function changedFile({ status, path, previousPath }: RawChange, hunks: readonly Hunk[]): ChangedFile {
  return { status, path, ...(previousPath === undefined ? {} : { previousPath }), hunks };
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
    const [, , before = '', after = '', letter = 'M'] = field().split(' ');
    const ids = [before, after] as const;
    const path = field();
    changes.push(
      letter[0] === 'R' || letter[0] === 'C'
        ? { status: 'renamed', previousPath: path, path: field(), ids }
        : { status: statusOf(letter[0] ?? 'M'), path, ids },
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
