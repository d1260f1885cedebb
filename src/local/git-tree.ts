/** Reads folders and files of a commit or tree, many at once. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Repository, resolveCommit } from './repository.ts';
import { decodeSource, maxSourceBytes, type SourceText, tooLarge } from './source-text.ts';

export interface TreeEntry {
  /** Slash-separated, relative to the top of the tree. */
  readonly path: string;
  /** Blob id. */
  readonly id: string;
  /** Bytes; undefined when the blob is not in this clone. */
  readonly size?: number;
  /** Git's file mode: 100644, 100755, 120000 for a symbolic link. */
  readonly mode: string;
}

/** Arguments of one git command; the kernel's limit is far above. */
const pathsPerCall = 400;

/** The blobs directly inside folders of a tree, `.` for its top. Folders that do not exist there give nothing. */
export async function listFolders(
  repository: Repository,
  tree: string,
  folders: readonly string[],
): Promise<readonly TreeEntry[]> {
  const top = folders.includes('.') ? await listing(repository, tree, []) : [];
  const below = folders.filter((folder) => folder !== '.').map((folder) => `${folder}/`);
  return [...top, ...(await listPaths(repository, tree, below))];
}

/** The blobs of a tree at exactly these paths (a path that ends in a slash: the blobs inside); absent ones are left out. */
export async function listPaths(
  repository: Repository,
  tree: string,
  paths: readonly string[],
): Promise<readonly TreeEntry[]> {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < paths.length; at += pathsPerCall) {
    entries.push(...(await listing(repository, tree, paths.slice(at, at + pathsPerCall))));
  }
  return entries;
}

/** Every blob of a tree. */
export function listTree(repository: Repository, tree: string): Promise<readonly TreeEntry[]> {
  return listing(repository, tree, [], ['-r']);
}

/** Whether a path from the top of the repository is a file or folder of one of the revisions, or on disk if asked. */
export async function hasPath(
  repository: Repository,
  revisions: readonly string[],
  path: string,
  onDisk: boolean,
): Promise<boolean> {
  if (onDisk && !repository.bare && existsSync(join(repository.root, path))) return true;
  for (const revision of revisions) {
    const commit = await resolveCommit(repository, revision);
    const output = await repository.git(['ls-tree', '-z', '--full-tree', commit, '--', path]);
    if (output.stdout.length > 0) return true;
  }
  return false;
}

async function listing(
  repository: Repository,
  tree: string,
  paths: readonly string[],
  options: readonly string[] = [],
): Promise<readonly TreeEntry[]> {
  const output = await repository.git(['ls-tree', '-z', '-l', '--full-tree', ...options, tree, '--', ...paths]);
  return output.stdout.toString('utf8').split('\0').flatMap(parseEntry);
}

/** `<mode> SP <type> SP <id> SP <size padded> TAB <path>`, as git-ls-tree(1) says. */
function parseEntry(record: string): readonly TreeEntry[] {
  const match = /^(\d+) blob ([0-9a-f]+) +(\d+|BAD|-)\t(.+)$/s.exec(record);
  if (!match) return [];
  const [, mode = '', id = '', size = '', path = ''] = match;
  return [{ path, id, mode, ...(/^\d/.test(size) ? { size: Number(size) } : {}) }];
}

/** Texts of blobs by id. Each blob is read once, however many paths hold it; a blob that is not there is skipped. */
export async function readBlobs(
  repository: Repository,
  entries: readonly TreeEntry[],
): Promise<ReadonlyMap<string, SourceText>> {
  const texts = new Map<string, SourceText>();
  const wanted = new Map<string, number>();
  let total = 0;
  for (const { id, size } of entries) {
    if (texts.has(id) || wanted.has(id)) continue;
    if (size === undefined) texts.set(id, { kind: 'skipped', reason: 'not in this clone' });
    else if (size > maxSourceBytes) texts.set(id, tooLarge(size));
    else if (total + size > maxTotalBytes) texts.set(id, { kind: 'skipped', reason: beyondTotal });
    else {
      wanted.set(id, size);
      total += size;
    }
  }
  for (const ids of batchesOf(wanted)) {
    const output = await repository.git(['cat-file', '--batch'], { input: `${ids.join('\n')}\n` });
    for (const [id, text] of parseBatch(output.stdout)) texts.set(id, text);
  }
  return texts;
}

/** All sources of one side together. Bytes. */
const maxTotalBytes = 200_000_000;
const beyondTotal = `the sources beside it are ${maxTotalBytes / 1_000_000} MB already`;
/** What one command of git gives back is held twice. Bytes. */
const batchBytes = 16_000_000;

function* batchesOf(sizes: ReadonlyMap<string, number>): Generator<readonly string[]> {
  let batch: string[] = [];
  let bytes = 0;
  for (const [id, size] of sizes) {
    if (batch.length > 0 && bytes + size > batchBytes) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(id);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** Bytes of blobs by id, without those that are not in this clone. Nothing of their content is read. */
export async function blobSizes(
  repository: Repository,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> {
  if (ids.size === 0) return new Map();
  const output = await repository.git(['cat-file', '--batch-check'], { input: `${[...ids].join('\n')}\n` });
  const sizes = new Map<string, number>();
  for (const line of output.stdout.toString('latin1').split('\n')) {
    const [id = '', type, size] = line.split(' ');
    if (type === 'blob') sizes.set(id, Number(size));
  }
  return sizes;
}

/** `<id> SP <type> SP <size> LF <bytes> LF` for each object, or `<id> SP missing LF`. */
function* parseBatch(bytes: Buffer): Generator<readonly [string, SourceText]> {
  let at = 0;
  while (at < bytes.length) {
    const lineEnd = bytes.indexOf(10, at);
    if (lineEnd === -1) return;
    const [id = '', type = '', size = ''] = bytes.toString('latin1', at, lineEnd).split(' ');
    at = lineEnd + 1;
    if (type !== 'blob') {
      yield [id, { kind: 'skipped', reason: 'not in this clone' }];
      continue;
    }
    yield [id, decodeSource(bytes.subarray(at, at + Number(size)))];
    at += Number(size) + 1;
  }
}
