/**
 * The working tree as a git tree, so that uncommitted and untracked files are compared by the same code as commits.
 *
 * `git add` would run the filters that the repository configures, and enter repositories inside it with settings of
 * their own. So the Go files are read and hashed here, and git only lists them and writes the tree, into a store of our own.
 */
import { readlink, realpath } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Omission } from '../review/ports.ts';
import { reasonOf } from './folder.ts';
import type { ObjectStore } from './object-store.ts';
import { readRegularFile } from './regular-file.ts';
import type { Repository } from './repository.ts';
import { maxSourceBytes, tooLarge } from './source-text.ts';

export interface DiskTree {
  /** Id of the tree, in the store. */
  readonly tree: string;
  /** Files that are as the index has them, or left out when it has none, because they could not be read. */
  readonly omissions: readonly Omission[];
}

/** What the analysis reads from disk; the rest of the working tree is as the index says. */
const pathspecs: readonly string[] = [':(top,glob)**/*.go', ':(top,glob)**/go.mod'];

function readsFromDisk(path: string): boolean {
  return path.endsWith('.go') || posix.basename(path) === 'go.mod';
}

interface IndexEntry {
  /** Six octal digits. */
  readonly mode: string;
  readonly id: string;
  readonly path: string;
  /** The file is wanted in commits but not on disk (a sparse checkout). */
  readonly sparse: boolean;
}

/** Makes a tree of the Go files and go.mod files on disk, tracked or not, without those that git ignores. */
export async function writeDiskTree(repository: Repository, store: ObjectStore): Promise<DiskTree> {
  const entries = new Map((await trackedEntries(repository)).map((entry) => [entry.path, entry]));
  const omissions: Omission[] = [];
  const disk = diskReader(repository, store);
  for (const path of await pathsOnDisk(repository, entries)) {
    const before = entries.get(path);
    const found = await disk(path, before);
    if (typeof found === 'string') omissions.push({ path, reason: found });
    else if (found !== undefined) entries.set(path, found);
    else entries.delete(path);
  }
  return { tree: await writeTree(store, entries.values()), omissions };
}

/** The tree that `git commit` would make now: what is staged, whatever lies on disk. */
export async function writeStagedTree(repository: Repository, store: ObjectStore): Promise<DiskTree> {
  return { tree: await writeTree(store, await trackedEntries(repository)), omissions: [] };
}

async function writeTree(store: ObjectStore, entries: Iterable<IndexEntry>): Promise<string> {
  const lines = [...entries].map(({ mode, id, path }) => `${mode} ${id}\t${path}\0`);
  await store.repository.git(['update-index', '-z', '--index-info'], { input: lines.join('') });
  const output = await store.repository.git(['write-tree', '--missing-ok']);
  return output.stdout.toString('utf8').trim();
}

/** Entries of the index that a tree can hold: no side of a conflict, and no commit of a submodule. */
async function trackedEntries(repository: Repository): Promise<readonly IndexEntry[]> {
  const output = await repository.git(['ls-files', '-z', '-t', '--stage']);
  return output.stdout
    .toString('utf8')
    .split('\0')
    .flatMap((record) => {
      const match = /^(\S) (\d{6}) ([0-9a-f]+) 0\t(.+)$/s.exec(record);
      if (!match || match[2] === '160000') return [];
      const [, tag = '', mode = '', id = '', path = ''] = match;
      return [{ mode, id, path, sparse: tag === 'S' }];
    });
}

/** Tracked and untracked paths to read. A repository inside this one is none of its files. */
async function pathsOnDisk(
  repository: Repository,
  entries: ReadonlyMap<string, IndexEntry>,
): Promise<ReadonlySet<string>> {
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...pathspecs];
  const output = await repository.git(listing, { env: { GIT_LITERAL_PATHSPECS: '0' } });
  const listed = output.stdout
    .toString('utf8')
    .split('\0')
    .filter((path) => path !== '');
  return new Set([...[...entries.keys()].filter(readsFromDisk), ...listed]);
}

/** What lies at a path: an entry, undefined for nothing, or the reason why it is not read. */
type DiskReader = (path: string, before: IndexEntry | undefined) => Promise<IndexEntry | string | undefined>;

function diskReader(repository: Repository, store: ObjectStore): DiskReader {
  const inside = folderCheck(repository.root);
  return async (path, before) => {
    if (!isPlainPath(path)) return 'not a path inside the working tree';
    if (!(await inside(posix.dirname(path)))) return before?.sparse ? before : undefined;
    try {
      return await readEntry(repository, store, path, before);
    } catch (error) {
      return `cannot be read: ${reasonOf(error)}`;
    }
  };
}

/** An index is the repository's own, too, and may name anything. */
function isPlainPath(path: string): boolean {
  return path.split('/').every((part) => !['', '.', '..'].includes(part) && part.toLowerCase() !== '.git');
}

/** Whether a folder is there and is reached without a link, so that it lies inside the working tree. */
function folderCheck(root: string): (folder: string) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>();
  const ask = async (folder: string) => {
    try {
      return (await realpath(join(root, folder))) === join(await realpath(root), folder);
    } catch {
      return false;
    }
  };
  return (folder) => {
    const answer = known.get(folder) ?? ask(folder);
    known.set(folder, answer);
    return answer;
  };
}

async function readEntry(
  { root }: Repository,
  store: ObjectStore,
  path: string,
  before: IndexEntry | undefined,
): Promise<IndexEntry | string | undefined> {
  const target = await linkTarget(join(root, path));
  if (target !== undefined) return { mode: '120000', id: await store.add(target), path, sparse: false };
  const file = await readRegularFile(join(root, path), maxSourceBytes);
  if (file.kind === 'absent' || file.kind === 'folder') return before?.sparse ? before : undefined;
  if (file.kind === 'too-large') return tooLarge(file.size).reason;
  if (file.kind === 'refused') return file.reason;
  const mode = file.executable ? '100755' : '100644';
  const id = await blobOf(store, file.bytes, before);
  return { mode, id, path, sparse: false };
}

/**
 * The blob of a file. A checkout may have turned the line ends of a blob into CRLF: when turning them back gives the
 * blob of the index, the file has not changed.
 */
async function blobOf(store: ObjectStore, bytes: Buffer, before: IndexEntry | undefined): Promise<string> {
  if (before !== undefined) {
    if (store.idOf(bytes) === before.id) return before.id;
    if (bytes.includes('\r\n')) {
      const plain = Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
      if (store.idOf(plain) === before.id) return before.id;
    }
  }
  return store.add(bytes);
}

async function linkTarget(path: string): Promise<Buffer | undefined> {
  try {
    return await readlink(path, { encoding: 'buffer' });
  } catch {
    return undefined;
  }
}
