/**
 * Which packages an analysis sees beside those under review: what they import, level by level, so that the nearest come
 * first when a limit cuts the rest. Import paths are read off the heads of files; where the files come from is the
 * business of a `PackageStore`.
 */
import { scanImports } from '../go/import-scan.ts';
import { isKnownPackage } from '../go/known-packages.ts';
import type { ImportedPackage } from '../go/module.ts';
import type { Candidate, ModuleScope } from '../go/module-map.ts';
import type { GoVersion, SourceFile } from '../go/package.ts';
import { isTestFile } from '../go/test-code.ts';
import type { Omission } from './ports.ts';

/** A package to look for, and where it may lie, most likely first. */
export interface WantedPackage {
  readonly path: string;
  readonly candidates: readonly Candidate[];
}

/** The files of a package as a store found them. */
export interface StoredPackage {
  readonly dir: string;
  readonly files: readonly SourceFile[];
  readonly goVersion?: GoVersion;
  /** Part of the repository itself, not vendored code. */
  readonly local: boolean;
}

export interface PackageStore {
  /**
   * Looks for packages, all of one level at once. Those that are not there are left out; what is there and may not be
   * read has a reason. Test files are not needed.
   */
  read(wanted: readonly WantedPackage[]): Promise<ReadonlyMap<string, StoredPackage | string>>;
}

export interface ImportLimits {
  readonly packages: number;
  /** UTF-16 units of all texts together. */
  readonly size: number;
}

/** What one analysis holds in memory beside the packages under review. */
export const importLimits: ImportLimits = { packages: 400, size: 24_000_000 };

export interface CollectedImports {
  readonly packages: readonly ImportedPackage[];
  readonly omissions: readonly Omission[];
}

/** The imports of some files of one module, and what these import in turn; of code outside the repository only the first level. */
export async function collectImports(
  scope: ModuleScope,
  files: readonly SourceFile[],
  store: PackageStore,
  limits: ImportLimits = importLimits,
): Promise<CollectedImports> {
  const collected = new Collected(scope, limits);
  let level = collected.wantedBy(files);
  while (level.length > 0) {
    const found = await store.read(level);
    level = level.flatMap(({ path }) => collected.take(path, found.get(path)));
  }
  return collected.result();
}

/** The import paths of a text, kept as long as its file: many packages import the same ones. */
const scanned = new WeakMap<SourceFile, readonly string[]>();

function importsOf(file: SourceFile): readonly string[] {
  const known = scanned.get(file) ?? scanImports(file.text);
  scanned.set(file, known);
  return known;
}

class Collected {
  readonly #scope: ModuleScope;
  readonly #limits: ImportLimits;
  readonly #asked = new Set<string>();
  readonly #packages: ImportedPackage[] = [];
  readonly #refused = new Map<string, string>();
  #size = 0;
  #beyond = 0;

  constructor(scope: ModuleScope, limits: ImportLimits) {
    this.#scope = scope;
    this.#limits = limits;
  }

  /** What files import and nobody has asked for yet. Facts about the standard library take the place of its sources. */
  wantedBy(files: readonly SourceFile[]): readonly WantedPackage[] {
    return files.flatMap(importsOf).flatMap((path) => {
      if (this.#asked.has(path)) return [];
      this.#asked.add(path);
      const candidates = this.#scope.candidates(path).flatMap((one) => this.#permitted(path, one));
      return candidates.length > 0 ? [{ path, candidates }] : [];
    });
  }

  /** Takes a package in and gives what it wants in turn. */
  take(path: string, found: StoredPackage | string | undefined): readonly WantedPackage[] {
    if (found === undefined) return [];
    if (typeof found === 'string') {
      this.#refused.set(path, found);
      return [];
    }
    const files = found.files.filter((file) => !isTestFile(file.path));
    const size = files.reduce((sum, file) => sum + file.text.length, 0);
    if (this.#packages.length >= this.#limits.packages || this.#size + size > this.#limits.size) {
      this.#beyond += 1;
      return [];
    }
    this.#size += size;
    const { goVersion } = this.#scope;
    this.#packages.push({ path, ...(goVersion ? { goVersion } : {}), ...found, files });
    return found.local ? this.wantedBy(files) : [];
  }

  /** Whatever is left out is by design: the packages under review are read whole. */
  result(): CollectedImports {
    const byReason = new Map<string, string[]>();
    for (const [path, reason] of this.#refused) byReason.set(reason, [...(byReason.get(reason) ?? []), path]);
    const omissions = [...byReason].map(([reason, [first = '', ...others]]): Omission => {
      const more = others.length === 0 ? '' : ` (and ${others.length} more packages)`;
      return { path: first, reason: `${reason}${more}`, expected: true };
    });
    if (this.#beyond > 0)
      omissions.push({
        path: this.#scope.dir,
        reason: `${this.#beyond} imported packages exceed the limits of what is read`,
        expected: true,
      });
    return { packages: this.#packages, omissions };
  }

  #permitted(path: string, candidate: Candidate): readonly Candidate[] {
    if (candidate.kind === 'outside') {
      this.#refused.set(path, candidate.reason);
      return [];
    }
    return candidate.kind === 'standard' && isKnownPackage(path) ? [] : [candidate];
  }
}
