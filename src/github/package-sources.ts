/**
 * The packages that hold a changed Go file, at the merge base and at head: folder listings, then each distinct blob
 * once, so that files which did not change cost nothing for the second side.
 */
import { parseGoMod } from '../go/go-mod.ts';
import type { ChangedFile, Omission, PackageSources, RepositoryRef } from '../review/ports.ts';
import type { GitHubClient } from './client.ts';
import { type BlobText, type Found, type Place, type Places, readPlaces, type TreeEntry } from './git-objects.ts';
import { snapshotLimits } from './limits.ts';
import { type Folder, join, omission, readTexts } from './source-texts.ts';

export interface Packages {
  readonly base: readonly PackageSources[];
  readonly head: readonly PackageSources[];
  /** The go.mod files of head that rule them, by path. */
  readonly modules: ReadonlyMap<string, string>;
  readonly omissions: readonly Omission[];
}

/** The folders of the changed packages, listed but not yet read. */
export interface Listing {
  /** The commit at head. */
  readonly head: string;
  readonly folders: readonly Folder[];
  readonly modules: readonly Place[];
  readonly foundModules: readonly (Found | undefined)[];
  readonly omissions: readonly Omission[];
  /** The answer to what was asked besides. */
  readonly besides: Readonly<Record<string, unknown>>;
}

/** Lists the packages of all changed Go files, leaving out vendored code and test data; see `readPlaces` for `besides`. */
export async function listPackages(
  client: GitHubClient,
  repository: RepositoryRef,
  commits: { readonly base: string; readonly head: string },
  changed: readonly ChangedFile[],
  tree?: HeadTree,
  besides = '',
): Promise<Listing> {
  const omissions: Omission[] = [];
  const dirs = foldersOf(changed, omissions);
  const sides = [commits.base, commits.head];
  const places = sides.flatMap((commit) => dirs.map((path) => ({ commit, path })));
  const above = modulesAbove(dirs);
  const modules = sides.flatMap((commit) => above.map((path) => ({ commit, path })));
  const asked = [...places, ...modules];
  const { found, besides: told } = await readKnown(client, repository, asked, commits.head, tree, besides);
  const folders = places.map(({ commit, path }, index): Folder => {
    const files = filesIn(found[index]);
    const module = files.find((file) => file.name === 'go.mod');
    return {
      dir: path,
      commit,
      atBase: index < dirs.length,
      files: files.filter(isGoFile),
      ...(module ? { module } : {}),
    };
  });
  const foundModules = found.slice(places.length);
  return { head: commits.head, folders, modules, foundModules, omissions, besides: told };
}

/** Reads the files of the listed packages; what goes beyond the limits is left out and named. */
export async function readPackages(
  client: GitHubClient,
  repository: RepositoryRef,
  listing: Listing,
  changed: readonly ChangedFile[],
): Promise<Packages> {
  const { head, folders, modules, foundModules } = listing;
  const omissions = [...listing.omissions];
  const texts = await readTexts(client, repository, folders, changed, omissions);
  const mods = moduleTexts(folders, texts, modules, foundModules);
  const sources = folders.map((folder) => packageSources(folder, mods, texts, omissions));
  const read = (atBase: boolean): readonly PackageSources[] =>
    sources.filter((source, index) => folders[index]?.atBase === atBase && source.files.length > 0);
  return {
    base: read(true),
    head: read(false),
    modules: new Map(
      [...mods].flatMap(([key, text]) =>
        key.startsWith(`${head}:`) ? [[key.slice(head.length + 1), text] as const] : [],
      ),
    ),
    omissions: distinct(omissions),
  };
}

/** What is known of the files of head without asking. */
export interface HeadTree {
  /** All of them are listed. */
  readonly complete: boolean;
  filesIn(folder: string): readonly TreeEntry[];
  has(path: string): boolean;
}

/** Folders of head, and go.mod files that are not there, are answered by the tree. */
async function readKnown(
  client: GitHubClient,
  repository: RepositoryRef,
  places: readonly Place[],
  head: string,
  tree: HeadTree | undefined,
  besides: string,
): Promise<Places> {
  if (tree?.complete !== true) return readPlaces(client, repository, places, besides);
  const isAsked = ({ commit, path }: Place) => commit !== head || (/(^|\/)go\.mod$/.test(path) && tree.has(path));
  const asked = await readPlaces(client, repository, places.filter(isAsked), besides);
  let next = 0;
  const found = places.map((place): Found | undefined => {
    if (isAsked(place)) return asked.found[next++];
    const files = tree.filesIn(place.path);
    return files.length === 0 ? undefined : { kind: 'folder', files };
  });
  return { found, besides: asked.besides };
}

function leftOut(path: string, reason: string, file: ChangedFile): Omission {
  const changed = path === file.path && file.status !== 'removed';
  return { path, reason, expected: true, ...(changed ? { changed } : {}) };
}

/** Folders of changed Go files on both sides of a rename, in the order of paths. */
function foldersOf(changed: readonly ChangedFile[], omissions: Omission[]): readonly string[] {
  const dirs = new Set<string>();
  for (const file of changed) {
    for (const path of [file.path, file.previousPath]) {
      if (!path?.endsWith('.go')) continue;
      const outside = foreignFolder(path);
      if (outside) omissions.push(leftOut(path, outside, file));
      else dirs.add(dirOf(path));
    }
  }
  const sorted = [...dirs].sort();
  for (const dir of sorted.slice(snapshotLimits.folders)) {
    omissions.push({ path: dir || '.', reason: `more than ${snapshotLimits.folders} changed packages` });
  }
  return sorted.slice(0, snapshotLimits.folders);
}

/** Why code in this folder is not reviewed; undefined when it is. */
function foreignFolder(path: string): string | undefined {
  const segments = path.split('/').slice(0, -1);
  if (segments.includes('vendor')) return 'vendored code';
  return segments.includes('testdata') ? 'test data' : undefined;
}

function dirOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function filesIn(found: Found | undefined): readonly TreeEntry[] {
  return found?.kind === 'folder' ? found.files : [];
}

/** Whether the go command would look at a file: `.go`, and not hidden by a leading `_` or `.`. */
function isGoFile({ name }: TreeEntry): boolean {
  return /^[^_.].*\.go$/s.test(name);
}

function packageSources(
  folder: Folder,
  mods: ReadonlyMap<string, string>,
  texts: ReadonlyMap<string, BlobText>,
  omissions: Omission[],
): PackageSources {
  const files = folder.files.flatMap((file) => {
    const path = join(folder.dir, file.name);
    const text = texts.get(file.oid);
    if (text?.kind === 'omitted') omissions.push(omission(folder, file, text.reason));
    return text?.kind === 'text' ? [{ path, text: text.text, blob: file.oid }] : [];
  });
  const goVersion = versionOf(folder, mods);
  return { dir: folder.dir || '.', ...(goVersion ? { goVersion } : {}), files };
}

/** Paths of go.mod files that can rule a folder and are not seen in the listing of one. */
function modulesAbove(dirs: readonly string[]): readonly string[] {
  const listed = new Set(dirs);
  const above = new Set(dirs.flatMap(ancestors).filter((dir) => !listed.has(dir)));
  return [...above].sort().map((dir) => join(dir, 'go.mod'));
}

/** The texts of all go.mod files found, by commit and path. */
function moduleTexts(
  folders: readonly Folder[],
  texts: ReadonlyMap<string, BlobText>,
  places: readonly Place[],
  found: readonly (Found | undefined)[],
): ReadonlyMap<string, string> {
  const mods = new Map<string, string>();
  for (const { dir, commit, module } of folders) {
    const text = module && texts.get(module.oid);
    if (text?.kind === 'text') mods.set(keyOf({ commit, path: join(dir, 'go.mod') }), text.text);
  }
  for (const [index, place] of places.entries()) {
    const mod = found[index];
    if (mod?.kind === 'text') mods.set(keyOf(place), mod.text);
  }
  return mods;
}

/** The Go version that the nearest go.mod at or above a folder states. */
function versionOf({ commit, dir }: Folder, mods: ReadonlyMap<string, string>): PackageSources['goVersion'] {
  for (const above of ancestors(dir)) {
    const text = mods.get(keyOf({ commit, path: join(above, 'go.mod') }));
    if (text !== undefined) return parseGoMod(text).goVersion;
  }
  return undefined;
}

/** The folder itself and those above it, nearest first; '' is the root. */
function ancestors(dir: string): readonly string[] {
  const result = [dir];
  for (let path = dir; path !== ''; result.push(path)) path = dirOf(path);
  return result;
}

function keyOf(place: Place): string {
  return `${place.commit}:${place.path}`;
}

function distinct(omissions: readonly Omission[]): readonly Omission[] {
  return [...new Map(omissions.map((omission) => [`${omission.path}\n${omission.reason}`, omission])).values()];
}
