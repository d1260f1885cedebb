/**
 * Go packages of a folder on disk, found as the go command finds them: a pattern `./...` walks, without `vendor`,
 * `testdata`, `node_modules`, and folders whose name starts with `_` or `.`. Links to folders are not followed, so a
 * loop of links ends nothing and nothing outside is read by a walk.
 */
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { SourceFile } from '../go/package.ts';
import type { Omission } from '../review/ports.ts';
import { LocalError } from './local-error.ts';
import { checkoutTop, leavesCheckout, readRegularFile } from './regular-file.ts';
import { decodeSource, isGoFileName, maxSourceBytes, tooLarge } from './source-text.ts';

/** A folder to look at. `only` names the files whose findings are wanted; absent = all. */
export interface WantedFolder {
  /** Absolute. */
  readonly folder: string;
  readonly only?: ReadonlySet<string>;
}

/** The Go files of one folder, read. Paths are as `displayPath` gives them. */
export interface FolderPackage {
  readonly dir: string;
  readonly files: readonly SourceFile[];
  readonly skipped: readonly Omission[];
}

/** A path as output shows it: slash-separated, relative to `root` when it lies inside, else absolute. */
export function displayPath(root: string, path: string): string {
  const inside = relative(root, path);
  const shown = inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside) ? path : inside || '.';
  return shown.split(sep).join('/');
}

/**
 * The folders that path arguments mean, each once, in the order of the arguments and then by name. Folders that cannot
 * be listed during a walk go to `unreadable`. Shown paths are relative to `root`, the arguments to `from`. Throws
 * `LocalError` for an argument that is not there or is no Go file.
 */
export async function* wantedFolders(
  root: string,
  args: readonly string[],
  unreadable: (omission: Omission) => void,
  from: string = root,
): AsyncGenerator<WantedFolder> {
  const files = new Map<string, Set<string>>();
  const seen = new Set<string>();
  for (const arg of args) {
    if (isPattern(arg)) continue;
    const path = resolve(from, arg);
    if ((await statOf(path, arg)).isDirectory()) continue;
    if (!isGoFileName(basename(path)))
      throw new LocalError('unreadable-path', `${arg} is neither a folder nor a file that the go command would build`);
    files.set(dirname(path), (files.get(dirname(path)) ?? new Set()).add(displayPath(root, path)));
  }
  for (const arg of args) {
    for await (const folder of foldersOf({ root, from }, arg, unreadable)) {
      if (seen.has(folder)) continue;
      seen.add(folder);
      yield { folder };
    }
  }
  for (const [folder, only] of files) if (!seen.has(folder)) yield { folder, only };
}

/** Whether an argument is one of Go's patterns: `...`, `./...`, `pkg/...`. */
export function isPattern(arg: string): boolean {
  return arg === '...' || arg.endsWith('/...');
}

async function* foldersOf(
  { root, from }: { readonly root: string; readonly from: string },
  arg: string,
  unreadable: (omission: Omission) => void,
): AsyncGenerator<string> {
  if (!isPattern(arg)) {
    const path = resolve(from, arg);
    if ((await statOf(path, arg)).isDirectory()) yield path;
    return;
  }
  const top = resolve(from, arg === '...' ? '.' : arg.slice(0, -'/...'.length) || '/');
  await statOf(top, arg);
  yield* walk(root, top, unreadable);
}

async function* walk(root: string, top: string, unreadable: (omission: Omission) => void): AsyncGenerator<string> {
  const waiting = [top];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const entries = await entriesOf(folder);
    if (typeof entries === 'string') {
      if (folder === top)
        throw new LocalError('unreadable-path', `cannot read ${displayPath(root, folder)}: ${entries}`);
      unreadable({ path: displayPath(root, folder), reason: `folder cannot be read: ${entries}` });
      continue;
    }
    if (entries.some((entry) => isGoFileName(entry.name))) yield folder;
    const below = entries
      .filter((entry) => entry.isDirectory() && walksInto(entry.name))
      .map((entry) => join(folder, entry.name));
    waiting.push(...below.reverse());
  }
}

function walksInto(name: string): boolean {
  return !/^[_.]/.test(name) && name !== 'vendor' && name !== 'testdata' && name !== 'node_modules';
}

/** Reads the Go files of a folder; what cannot be read or decoded is skipped with the reason. */
export async function readPackage(root: string, folder: string): Promise<FolderPackage> {
  const dir = displayPath(root, folder);
  const entries = await entriesOf(folder);
  if (typeof entries === 'string') throw new LocalError('unreadable-path', `cannot read ${dir}: ${entries}`);
  const files: SourceFile[] = [];
  const skipped: Omission[] = [];
  const top = (await checkoutTop(folder)) ?? root;
  for (const entry of entries) {
    if (!isGoFileName(entry.name)) continue;
    const path = displayPath(root, join(folder, entry.name));
    const outside = entry.isSymbolicLink() && (await leavesCheckout(top, join(folder, entry.name)));
    const text = outside ? linkOutside : await readSource(join(folder, entry.name));
    if (text.kind === 'text') files.push({ path, text: text.text });
    else if (text.kind === 'skipped') skipped.push({ path, reason: text.reason });
  }
  return { dir, files, skipped };
}

async function readSource(path: string): Promise<ReturnType<typeof decodeSource> | { readonly kind: 'folder' }> {
  try {
    const file = await readRegularFile(path, maxSourceBytes);
    if (file.kind === 'folder') return file;
    if (file.kind === 'absent') return { kind: 'skipped', reason: 'cannot be read: no such file or folder' };
    if (file.kind === 'too-large') return tooLarge(file.size);
    if (file.kind === 'refused') return { kind: 'skipped', reason: file.reason };
    return decodeSource(file.bytes);
  } catch (error) {
    return { kind: 'skipped', reason: `cannot be read: ${reasonOf(error)}` };
  }
}

const linkOutside = { kind: 'skipped', reason: 'a symbolic link that leads out of the checkout' } as const;

async function entriesOf(folder: string): Promise<readonly Dirent[] | string> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    return reasonOf(error);
  }
}

async function statOf(path: string, arg: string): Promise<{ isDirectory(): boolean }> {
  try {
    return await stat(path);
  } catch (error) {
    throw new LocalError('unreadable-path', `cannot read ${arg}: ${reasonOf(error)}`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'links that form a cycle',
};

/** A system error in words that do not repeat the path. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  return reasons[code] ?? (code || String(error));
}
