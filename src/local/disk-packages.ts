/**
 * Imported packages on disk: in the checkout, its `vendor` folders, the module cache and the standard library of this
 * machine. Everything is only read; nothing of the checkout is followed out of it.
 */
import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parseModuleFile } from '../go/module-file.ts';
import type { Candidate } from '../go/module-map.ts';
import { ModuleMap, type ModuleScope } from '../go/module-map.ts';
import type { SourceFile } from '../go/package.ts';
import { isTestFile } from '../go/test-code.ts';
import type { PackageStore, StoredPackage, WantedPackage } from '../review/collect-imports.ts';
import { isRepositoryTop } from './config-file.ts';
import { displayPath } from './folder.ts';
import { moduleText } from './go-mod.ts';
import { readRegularFile } from './regular-file.ts';
import { decodeSource, isGoFileName, maxSourceBytes } from './source-text.ts';

/** Texts that are kept for the next package, in UTF-16 units: most packages of a module import the same ones. */
const largestKept = 64_000_000;

/** A checkout and the module of one of its folders. */
export interface DiskModule {
  readonly scope: ModuleScope;
  readonly store: PackageStore;
  /** Absolute. */
  readonly top: string;
  /** The folder, as the scope counts folders. */
  dirOf(folder: string): string;
}

/** Finds the modules of folders; each is read once. `root` is what shown paths are relative to. */
export function modulesOnDisk(root: string): (folder: string) => Promise<DiskModule | undefined> {
  const known = new Map<string, Promise<DiskModule | undefined>>();
  return async (folder) => {
    const around = await modulesAround(folder);
    if (!around) return undefined;
    const key = `${around.top}\0${around.main}`;
    const module = known.get(key) ?? openModule(root, around);
    known.set(key, module);
    return module;
  };
}

interface Around {
  /** Top of the checkout: nothing above it is read. */
  readonly top: string;
  /** The folder with the nearest go.mod. */
  readonly main: string;
  readonly work?: string;
}

/** Without a repository around it, the module (or the workspace that lists it) is the checkout. */
async function modulesAround(folder: string): Promise<Around | undefined> {
  let main: string | undefined;
  let work: string | undefined;
  let top: string | undefined;
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (main === undefined && (await moduleText(join(at, 'go.mod'))) !== undefined) main = at;
    if (main !== undefined && work === undefined && (await moduleText(join(at, 'go.work'))) !== undefined) work = at;
    if (await isRepositoryTop(at)) top = at;
    if (top !== undefined || dirname(at) === at) break;
  }
  if (main === undefined) return undefined;
  return { top: top ?? work ?? main, main, ...(work === undefined ? {} : { work }) };
}

async function openModule(root: string, { top, main, work }: Around): Promise<DiskModule | undefined> {
  const dirOf = (folder: string) => relative(top, folder).split(sep).join('/') || '.';
  const texts = new Map<string, string>();
  const add = async (path: string) => {
    const text = await moduleText(path);
    if (text !== undefined) texts.set(dirOf(path), text);
    return text;
  };
  await add(join(main, 'go.mod'));
  const workspace = work === undefined ? undefined : await add(join(work, 'go.work'));
  for (const use of workspace === undefined ? [] : parseModuleFile(workspace).uses) {
    const folder = resolve(work ?? top, use);
    if (folder === top || folder.startsWith(top + sep)) await add(join(folder, 'go.mod'));
  }
  const scope = new ModuleMap(texts).scopeOf(dirOf(main));
  return scope && { scope, store: new DiskStore(root, top), top, dirOf };
}

class DiskStore implements PackageStore {
  readonly #root: string;
  readonly #top: string;
  readonly #known = new Map<string, StoredPackage | string | undefined>();
  #kept = 0;

  constructor(root: string, top: string) {
    this.#root = root;
    this.#top = top;
  }

  async read(wanted: readonly WantedPackage[]): Promise<ReadonlyMap<string, StoredPackage | string>> {
    const found = new Map<string, StoredPackage | string>();
    for (const { path, candidates } of wanted) {
      for (const candidate of candidates) {
        const stored = await this.#at(candidate);
        if (stored === undefined) continue;
        found.set(path, stored);
        break;
      }
    }
    return found;
  }

  async #at(candidate: Candidate): Promise<StoredPackage | string | undefined> {
    const folder = this.#folderOf(candidate);
    if (folder === undefined) return undefined;
    if (this.#known.has(folder)) return this.#known.get(folder);
    const stored = await this.#read(folder, candidate);
    if (typeof stored === 'object') this.#kept += stored.files.reduce((sum, file) => sum + file.text.length, 0);
    if (this.#kept > largestKept) {
      this.#known.clear();
      this.#kept = 0;
    }
    this.#known.set(folder, stored);
    return stored;
  }

  #folderOf(candidate: Candidate): string | undefined {
    switch (candidate.kind) {
      case 'folder':
        return join(this.#top, candidate.dir);
      case 'cached':
        return join(moduleCache(), `${escaped(candidate.module)}@${escaped(candidate.version)}`, candidate.dir);
      case 'standard':
        return join(goRoot(), 'src', candidate.dir);
      case 'outside':
        return undefined;
    }
  }

  async #read(folder: string, candidate: Candidate): Promise<StoredPackage | string | undefined> {
    const entries = await entriesOf(folder);
    if (!entries?.some(isSource)) return undefined;
    if (candidate.kind === 'folder' && !(await this.#isInside(folder))) return 'a link leads out of the repository';
    const files: SourceFile[] = [];
    for (const entry of entries.filter(isSource)) {
      const text = await sourceAt(join(folder, entry.name));
      if (text !== undefined) files.push({ path: displayPath(this.#root, join(folder, entry.name)), text });
    }
    const local = candidate.kind === 'folder' && !candidate.vendored;
    return { dir: displayPath(this.#root, folder), files, local };
  }

  async #isInside(folder: string): Promise<boolean> {
    const [real, top] = await Promise.all([realpath(folder), realpath(this.#top)]);
    return real === top || real.startsWith(top + sep);
  }
}

/** Links are not followed. */
function isSource(entry: Dirent): boolean {
  return entry.isFile() && isGoFileName(entry.name) && !isTestFile(entry.name);
}

async function entriesOf(folder: string): Promise<readonly Dirent[] | undefined> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return undefined;
  }
}

async function sourceAt(path: string): Promise<string | undefined> {
  const file = await readRegularFile(path, maxSourceBytes).catch(() => undefined);
  const text = file?.kind === 'bytes' ? decodeSource(file.bytes) : undefined;
  return text?.kind === 'text' ? text.text : undefined;
}

/** As `go env GOMODCACHE` answers without a configuration file. */
function moduleCache(): string {
  const { GOMODCACHE, GOPATH } = process.env;
  if (GOMODCACHE) return GOMODCACHE;
  return join(GOPATH?.split(sep === '\\' ? ';' : ':')[0] || join(homedir(), 'go'), 'pkg', 'mod');
}

function goRoot(): string {
  return process.env['GOROOT'] || '/usr/local/go';
}

/** Capital letters of module paths and versions, for file systems that do not tell them apart (https://go.dev/ref/mod#module-cache). */
function escaped(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}
