/**
 * The packages that the code under review can reach by imports, by import path. Their sources are collected before the
 * analysis; each package is parsed when the first question about it is asked. What is not there is simply not known.
 */
import { unbilled } from '../work/meter.ts';
import type { File } from './ast.ts';
import { parseFile } from './file.ts';
import type { Surroundings } from './homes.ts';
import { knownPackage } from './known-packages.ts';
import { loadPackagesFromFiles } from './load.ts';
import type { Model } from './model.ts';
import type { GoVersion, SourceFile } from './package.ts';
import { charactersOf } from './size.ts';
import { isTestFile } from './test-code.ts';

/** The Go files of one imported package; paths and `dir` are as the edge shows them. */
export interface ImportedPackage {
  /** Import path: the name of the package in named types. */
  readonly path: string;
  readonly dir: string;
  readonly goVersion?: GoVersion;
  readonly files: readonly SourceFile[];
  /**
   * Part of the repository under review: its functions are looked into. Of others (vendored code, the module cache, the
   * standard library) only declarations count.
   */
  readonly local: boolean;
}

/** Parses a file, or gives the one that was parsed before. */
export type FileParser = (source: SourceFile) => File;

export class GoModule implements Surroundings {
  readonly #sources = new Map<string, ImportedPackage>();
  readonly #loaded = new Map<string, Model | undefined>();
  readonly #owners = new Map<File, Model>();
  readonly #asked: Model[] = [];
  #characters: number | undefined;
  readonly #parse: FileParser;
  /** Questions about types that are open at a time, over all packages: import cycles and long chains end there. */
  readonly depth = { value: 0 };

  constructor(packages: Iterable<ImportedPackage>, parse: FileParser = parseFile) {
    for (const one of packages) this.#sources.set(one.path, one);
    this.#parse = parse;
  }

  /** The same packages with some texts replaced, by path. */
  patched(texts: ReadonlyMap<string, string>): GoModule {
    const sources = [...this.#sources.values()].map((source) =>
      source.files.some(({ path }) => texts.has(path))
        ? { ...source, files: source.files.map((file) => ({ ...file, text: texts.get(file.path) ?? file.text })) }
        : source,
    );
    return new GoModule(sources, this.#parse);
  }

  /** Whether a file is part of one of the repository's packages here. */
  holds(path: string): boolean {
    return [...this.#sources.values()].some(({ local, files }) => local && files.some((file) => file.path === path));
  }

  /** What an import path names: the package in sight, else the facts about it, else undefined. */
  readonly package = (path: string): Model | undefined => this.#sourceOf(path) ?? knownPackage(path);

  /** The package of the repository at an import path, whose functions may be looked into. */
  readonly local = (path: string): Model | undefined =>
    this.#sources.get(path)?.local === true ? this.#sourceOf(path) : undefined;

  /** Packages of the repository that were asked about so far. */
  get asked(): readonly Model[] {
    return this.#asked;
  }

  get characters(): number {
    this.#characters ??= charactersOf(
      [...this.#sources.values()].filter(({ local }) => local).flatMap(({ files }) => files),
    );
    return this.#characters;
  }

  ownerOf(file: File): Model | undefined {
    return this.#owners.get(file);
  }

  #sourceOf(path: string): Model | undefined {
    if (this.#loaded.has(path)) return this.#loaded.get(path);
    const source = this.#sources.get(path);
    const model = source && this.#load(source);
    this.#loaded.set(path, model);
    if (!model) return undefined;
    for (const file of model.files) this.#owners.set(file, model);
    if (source?.local === true) this.#asked.push(model);
    return model;
  }

  /** The package of most files, as Go allows only one besides the tests. */
  #load({ path, dir, goVersion, files }: ImportedPackage): Model | undefined {
    const parsed = files.filter((file) => !isTestFile(file.path)).map(this.#parse);
    unbilled(() => parsed.map((file) => file.decls));
    const options = { module: this, importPath: path, ...(goVersion ? { goVersion } : {}) };
    const [first] = loadPackagesFromFiles(dir, parsed, { ...options, imported: true });
    return first && first.files.length > 0 ? (first as Model) : undefined;
  }
}
