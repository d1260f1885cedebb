/**
 * What the changed packages of a pull request can reach by imports, found in the tree of its head. A file that did not
 * change is the same on both sides, so the merge base takes it from here, too: only the changed packages differ.
 */
import type { ImportedPackage } from '../go/module.ts';
import { type Candidate, ModuleMap, type ModuleScope } from '../go/module-map.ts';
import { isTestFile } from '../go/test-code.ts';
import {
  collectImports,
  type ImportLimits,
  importLimits,
  type PackageStore,
  type StoredPackage,
  type WantedPackage,
} from './collect-imports.ts';
import type { ModuleSources, Omission, PackageSources, PullRequestSnapshot } from './ports.ts';

/** A blob of the tree of head. */
export interface TreeFile {
  /** Slash-separated, from the top of the repository. */
  readonly path: string;
  readonly id: string;
  /** Bytes. */
  readonly size: number;
  readonly symlink: boolean;
}

/** The tree of head, and the go.mod files that were read already, by path. */
export interface HeadFiles {
  readonly files: readonly TreeFile[];
  readonly modules?: ReadonlyMap<string, string>;
}

/** Texts by blob id; what is not text, or may not be asked for any more, is left out. */
export type TextReader = (files: readonly TreeFile[]) => Promise<ReadonlyMap<string, string>>;

/** The two sides as far as they were read. */
export interface Sides {
  readonly base: readonly PackageSources[];
  readonly head: readonly PackageSources[];
}

export interface SidesWithImports extends Sides {
  readonly modules: NonNullable<PullRequestSnapshot['modules']>;
  readonly omissions: readonly Omission[];
}

/** The same sides where nothing can be told of imports. */
export function withoutImports(sides: Sides): SidesWithImports {
  return { ...sides, modules: { base: [], head: [] }, omissions: [] };
}

/** go.mod and go.work files that are read, those nearest to the top first. */
const maxModuleFiles = 200;

export async function withImports(
  { base, head }: Sides,
  tree: HeadFiles,
  read: TextReader,
  limits: ImportLimits = importLimits,
): Promise<SidesWithImports> {
  const map = new ModuleMap(await moduleTexts(tree, read));
  const store = new TreeStore(tree.files, head, read, limits.size);
  const modules: ModuleSources[] = [];
  const omissions: Omission[] = [];
  for (const scope of scopesOf([...head, ...base], map)) {
    const files = [...head, ...base]
      .filter((sources) => map.scopeOf(sources.dir) === scope)
      .flatMap((sources) => sources.files);
    const collected = await collectImports(scope, files, store, limits);
    modules.push({ module: scope.dir, packages: collected.packages });
    omissions.push(...collected.omissions);
  }
  const named = (sources: PackageSources): PackageSources => {
    const scope = map.scopeOf(sources.dir);
    const importPath = scope?.importPathOf(sources.dir);
    return scope ? { ...sources, module: scope.dir, ...(importPath === undefined ? {} : { importPath }) } : sources;
  };
  const sides = { base: base.map(named), head: head.map(named) };
  return { ...sides, modules: { head: modules, base: modulesAtBase(sides.base) }, omissions };
}

function scopesOf(packages: readonly PackageSources[], map: ModuleMap): ReadonlySet<ModuleScope> {
  return new Set(packages.flatMap(({ dir }) => map.scopeOf(dir) ?? []));
}

/** With a go.work all modules count, without one only those that rule the packages, which may be known. */
async function moduleTexts(tree: HeadFiles, read: TextReader): Promise<ReadonlyMap<string, string>> {
  const depth = (path: string) => path.split('/').length;
  if (tree.modules && !tree.files.some(({ path }) => /(^|\/)go\.work$/.test(path))) return tree.modules;
  const files = tree.files
    .filter(
      ({ path, symlink }) => /(^|\/)go\.(mod|work)$/.test(path) && !symlink && !/(^|\/)(vendor|testdata)\//.test(path),
    )
    .sort((a, b) => depth(a.path) - depth(b.path))
    .slice(0, maxModuleFiles);
  const texts = await read(files);
  return new Map(files.flatMap(({ path, id }) => (texts.has(id) ? [[path, texts.get(id) ?? ''] as const] : [])));
}

/** The changed packages as the merge base has them, for those who import them there. */
function modulesAtBase(base: readonly PackageSources[]): readonly ModuleSources[] {
  const byModule = new Map<string, ImportedPackage[]>();
  for (const { module, importPath, dir, goVersion, files } of base) {
    if (module === undefined || importPath === undefined) continue;
    const production = files.filter(({ path }) => !isTestFile(path));
    const one = { path: importPath, dir, ...(goVersion ? { goVersion } : {}), files: production, local: true };
    byModule.set(module, [...(byModule.get(module) ?? []), one]);
  }
  return [...byModule].map(([module, packages]) => ({ module, packages }));
}

class TreeStore implements PackageStore {
  readonly #folders = new Map<string, TreeFile[]>();
  readonly #known: ReadonlyMap<string, PackageSources>;
  readonly #read: TextReader;
  /** Bytes that may still be asked for. */
  #left: number;

  constructor(tree: readonly TreeFile[], head: readonly PackageSources[], read: TextReader, size: number) {
    for (const file of tree) {
      const slash = file.path.lastIndexOf('/');
      const name = file.path.slice(slash + 1);
      if (!/^[^_.].*\.go$/s.test(name) || isTestFile(name) || file.symlink) continue;
      const dir = slash < 0 ? '.' : file.path.slice(0, slash);
      const files = this.#folders.get(dir);
      if (files) files.push(file);
      else this.#folders.set(dir, [file]);
    }
    this.#known = new Map(head.map((sources) => [sources.dir, sources]));
    this.#read = read;
    this.#left = size;
  }

  async read(wanted: readonly WantedPackage[]): Promise<ReadonlyMap<string, StoredPackage | string>> {
    const found = new Map<string, StoredPackage | string>();
    const asked: { readonly path: string; readonly at: Folder; readonly files: readonly TreeFile[] }[] = [];
    for (const { path, candidates } of wanted) {
      const at = candidates.find((one): one is Folder => one.kind === 'folder' && this.#folders.has(one.dir));
      if (!at) continue;
      const known = this.#known.get(at.dir);
      const files = this.#folders.get(at.dir) ?? [];
      if (known) found.set(path, { dir: at.dir, files: known.files, local: !at.vendored });
      else if (this.#affords(files)) asked.push({ path, at, files });
      else found.set(path, 'imported packages exceed the limits of what is read');
    }
    const texts = await this.#read(asked.flatMap(({ files }) => files));
    for (const { path, at, files } of asked) {
      const sources = files.flatMap((file) => {
        const text = texts.get(file.id);
        return text === undefined ? [] : [{ path: file.path, text }];
      });
      found.set(
        path,
        sources.length === 0
          ? 'imported packages could not be read'
          : { dir: at.dir, files: sources, local: !at.vendored },
      );
    }
    return found;
  }

  #affords(files: readonly TreeFile[]): boolean {
    const size = files.reduce((sum, file) => sum + file.size, 0);
    if (size > this.#left) return false;
    this.#left -= size;
    return true;
  }
}

type Folder = Candidate & { readonly kind: 'folder' };
