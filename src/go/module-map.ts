/**
 * Where the packages of import paths lie, as the go command looks for them: in the modules of the checkout (go.work,
 * `replace` with a folder), in `vendor`, in the module cache, in the standard library. Knows the texts of go.mod and
 * go.work files alone; whether a folder is there is for the caller to find out.
 */
import { parseGoMod } from './go-mod.ts';
import { type ModuleFile, parseModuleFile, type Replacement } from './module-file.ts';
import type { GoVersion } from './package.ts';

/** Folders are slash-separated and relative to the top of the checkout; `.` is the top itself. */
export type Candidate =
  /** A folder of the checkout. */
  | { readonly kind: 'folder'; readonly dir: string; readonly vendored: boolean }
  /** A folder below a module of the module cache. */
  | { readonly kind: 'cached'; readonly module: string; readonly version: string; readonly dir: string }
  | { readonly kind: 'standard'; readonly dir: string }
  /** Named, and not to be read: the reason says why. */
  | { readonly kind: 'outside'; readonly reason: string };

interface Module {
  readonly dir: string;
  readonly file: ModuleFile;
  readonly goVersion?: GoVersion;
}

/** The modules of one checkout. */
export class ModuleMap {
  readonly #modules = new Map<string, Module>();
  readonly #works = new Map<string, ModuleFile>();
  readonly #scopes = new Map<string, ModuleScope>();

  /** @param texts go.mod and go.work files by path from the top of the checkout */
  constructor(texts: ReadonlyMap<string, string>) {
    for (const [path, text] of texts) {
      const dir = dirOf(path);
      if (path === 'go.work' || path.endsWith('/go.work')) this.#works.set(dir, parseModuleFile(text));
      else {
        const { goVersion } = parseGoMod(text);
        this.#modules.set(dir, { dir, file: parseModuleFile(text), ...(goVersion ? { goVersion } : {}) });
      }
    }
  }

  /** The module that a folder belongs to, with what its imports mean; undefined outside of all modules. */
  scopeOf(dir: string): ModuleScope | undefined {
    const main = nearest(dir, this.#modules);
    if (!main) return undefined;
    const known = this.#scopes.get(main.dir);
    if (known) return known;
    const work = this.#workOf(main.dir);
    const scope = new ModuleScope(main, work, work ? this.#usedBy(work) : [main]);
    this.#scopes.set(main.dir, scope);
    return scope;
  }

  #workOf(dir: string): Module | undefined {
    const works = new Map([...this.#works].map(([at, file]) => [at, { dir: at, file }] as const));
    const work = nearest(dir, works);
    return work && this.#usedBy(work).some((module) => module.dir === dir) ? work : undefined;
  }

  #usedBy(work: Module): readonly Module[] {
    return work.file.uses.flatMap((use) => {
      const dir = joined(work.dir, use);
      const module = dir === undefined ? undefined : this.#modules.get(dir);
      return module ? [module] : [];
    });
  }
}

/** What import paths mean inside of one module. */
export class ModuleScope {
  /** Folder of the module: one scope each. */
  readonly dir: string;
  readonly #main: Module;
  readonly #work: Module | undefined;
  readonly #modules: readonly Module[];
  #own: ReadonlyMap<string, Module> | undefined;
  #replacements: ReadonlyMap<string, Replacement & { readonly from: string }> | undefined;

  constructor(main: Module, work: Module | undefined, modules: readonly Module[]) {
    this.dir = main.dir;
    this.#main = main;
    this.#work = work;
    this.#modules = modules;
  }

  get goVersion(): GoVersion | undefined {
    return this.#main.goVersion;
  }

  /** The import path of a folder of this module; undefined when its go.mod does not name it. */
  importPathOf(dir: string): string | undefined {
    const { module } = this.#main.file;
    const below = relativeTo(this.dir, dir);
    if (module === undefined || below === undefined) return undefined;
    return below === '' ? module : `${module}/${below}`;
  }

  /** Where the package may lie, in the order of the go command. */
  candidates(path: string): readonly Candidate[] {
    if (!isImportPath(path) || path === 'C' || path === 'unsafe') return [];
    const own = this.#ownModule(path);
    if (own) return [own];
    const replaced = this.#replaced(path);
    if (replaced) return replaced;
    return hasDot(path) ? [...this.#vendored(path), ...this.#cached(path)] : [{ kind: 'standard', dir: path }];
  }

  #vendored(path: string): readonly Candidate[] {
    const tops = new Set([this.dir, this.#work?.dir ?? this.dir]);
    return [...tops].map((dir) => ({ kind: 'folder', dir: joined(dir, `vendor/${path}`) ?? '.', vendored: true }));
  }

  /** The longest module path wins. */
  #ownModule(path: string): Candidate | undefined {
    this.#own ??= byPath(this.#modules, (module) => module.file.module);
    const owner = longest(path, this.#own);
    if (!owner) return undefined;
    return { kind: 'folder', dir: joined(owner.module.dir, owner.below) ?? '.', vendored: false };
  }

  /** Replacements of the go.work come before those of the go.mod. */
  #replaced(path: string): readonly Candidate[] | undefined {
    this.#replacements ??= byPath(
      [this.#work, this.#main].flatMap((from) =>
        (from?.file.replaces ?? [])
          .filter((one) => this.#applies(one))
          .map((one) => ({ ...one, from: from?.dir ?? '.' })),
      ),
      (replacement) => replacement.path,
    );
    const owner = longest(path, this.#replacements);
    if (!owner) return undefined;
    const { target, targetVersion, from } = owner.module;
    if (targetVersion !== undefined)
      return [{ kind: 'cached', module: target, version: targetVersion, dir: owner.below }];
    const dir = joined(from, target);
    if (dir === undefined)
      return [{ kind: 'outside', reason: `replace ${owner.module.path} => ${target} leaves the repository` }];
    return [{ kind: 'folder', dir: joined(dir, owner.below) ?? dir, vendored: false }];
  }

  #applies({ path, version }: Replacement): boolean {
    return version === undefined || this.#main.file.requires.get(path) === version;
  }

  #cached(path: string): readonly Candidate[] {
    const owner = longest(path, this.#main.file.requires);
    if (!owner) return [];
    return [{ kind: 'cached', module: owner.prefix, version: owner.module, dir: owner.below }];
  }
}

/** By their path, the first of equal ones: a file may hold thousands, and each import asks. */
function byPath<T>(list: readonly T[], pathOf: (item: T) => string | undefined): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const item of list) {
    const path = pathOf(item);
    if (path !== undefined && !found.has(path)) found.set(path, item);
  }
  return found;
}

/** Of those whose path is a prefix of an import path, the one with the longest path, and what is left below it. */
function longest<T>(
  path: string,
  known: ReadonlyMap<string, T>,
): { readonly module: T; readonly prefix: string; readonly below: string } | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const prefix = path.slice(0, end);
    const module = known.get(prefix);
    if (module !== undefined) return { module, prefix, below: path.slice(end + 1) };
  }
  return undefined;
}

/** Slash-separated, without empty, `.` or `..` elements: anything else could lead out of where it is looked for. */
function isImportPath(path: string): boolean {
  return !path.includes('\\') && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** Paths of modules start with a host name; those of the standard library do not. */
function hasDot(path: string): boolean {
  return (path.split('/')[0] ?? '').includes('.');
}

/** A folder below another; undefined when it would leave the checkout. */
function joined(dir: string, below: string): string | undefined {
  if (below.startsWith('/') || /^[A-Za-z]:|\\/.test(below)) return undefined;
  const parts: string[] = dir === '.' ? [] : dir.split('/');
  for (const part of below.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/') || '.';
}

function nearest<T>(dir: string, byDir: ReadonlyMap<string, T>): T | undefined {
  for (let at = dir; ; at = dirOf(at)) {
    const found = byDir.get(at);
    if (found || at === '.') return found;
  }
}

function dirOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}

/** What lies below a folder: '' for itself, undefined for what is not in it. */
function relativeTo(dir: string, path: string): string | undefined {
  if (dir === path) return '';
  if (dir === '.') return path;
  return path.startsWith(`${dir}/`) ? path.slice(dir.length + 1) : undefined;
}
