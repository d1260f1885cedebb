/** From the files of one folder to its packages. */
import type { File } from './ast.ts';
import { buildConstraintOf, excludedBy } from './build-constraint.ts';
import { maxFileLength, parseFile } from './file.ts';
import { readHeader } from './file-header.ts';
import { compareGoVersions } from './go-mod.ts';
import { knownPackage } from './known-packages.ts';
import type { GoModule } from './module.ts';
import type { GoPackage, GoVersion, LoadOptions, SkippedFile, SourceFile } from './package.ts';
import { PackageModel } from './package-model.ts';
import { isTestFile } from './test-code.ts';

/** What is around the package to be loaded. */
export interface LoadContext extends LoadOptions {
  /** The packages that it can reach by imports. */
  readonly module?: GoModule;
  /** By what path others import it. */
  readonly importPath?: string;
  /** Loaded for those who import it: its named types carry its path. */
  readonly imported?: boolean;
}

/** Parses the files of a folder and makes one package of each package name; see `loadPackagesFromFiles`. */
export function loadPackages(
  dir: string,
  sources: readonly SourceFile[],
  options: LoadContext = {},
): readonly GoPackage[] {
  return loadPackagesFromFiles(dir, sources.map(parseFile), options);
}

/**
 * One package per package name, the one with the most files first and the external tests (`p_test` in `_test.go`
 * files) last. Files excluded by constraints, too large or without a package clause are listed in `skipped` of the
 * first package; a folder of nothing else gives one package without files. Files may be shared between calls.
 */
export function loadPackagesFromFiles(
  dir: string,
  files: readonly File[],
  options: LoadContext = {},
): readonly GoPackage[] {
  const skipped: SkippedFile[] = [];
  const byName = new Map<string, File[]>();
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))) {
    const reason = reasonToSkip(file, options);
    if (reason !== undefined) skipped.push({ path: file.path, reason });
    else byName.set(file.packageName, [...(byName.get(file.packageName) ?? []), file]);
  }
  const groups = [...byName].sort(([nameA, a], [nameB, b]) => rank(nameA, a) - rank(nameB, b) || b.length - a.length);
  if (groups.length === 0) return [model(dir, '', [], skipped, options)];
  return groups.map(([name, members], i) => model(dir, name, members, i === 0 ? skipped : [], options));
}

/** The folder's main package: `loadPackages(...)[0]`. */
export function loadPackage(dir: string, sources: readonly SourceFile[], options: LoadContext = {}): GoPackage {
  return loadPackages(dir, sources, options)[0] ?? model(dir, '', [], [], options);
}

/** As `loadPackage`, of files already parsed. */
export function loadPackageFromFiles(dir: string, files: readonly File[], options: LoadContext = {}): GoPackage {
  return loadPackagesFromFiles(dir, files, options)[0] ?? model(dir, '', [], [], options);
}

function rank(name: string, files: readonly File[]): number {
  return name.endsWith('_test') && files.every((file) => isTestFile(file.path)) ? 1 : 0;
}

function model(
  dir: string,
  name: string,
  files: readonly File[],
  skipped: readonly SkippedFile[],
  { goVersion, module, importPath, imported }: LoadContext,
): GoPackage {
  return new PackageModel({
    dir,
    name,
    files,
    skipped,
    external: module?.package ?? knownPackage,
    ...(goVersion ? { goVersion } : {}),
    ...(module ? { module } : {}),
    ...(importPath === undefined ? {} : { importPath }),
    ...(imported === true && importPath !== undefined ? { selfPath: importPath } : {}),
  });
}

function reasonToSkip(file: File, options: LoadOptions): string | undefined {
  if (file.text.length > maxFileLength) return `larger than ${maxFileLength} characters`;
  if (file.packageName === '') return 'no package clause';
  return excludedBy(file.path, readHeader(file.text).comments, options);
}

/**
 * The language version of one file: a `//go:build go1.N` line raises the module's version, and since Go 1.21 also
 * lowers it (https://go.dev/ref/mod#go-mod-file-go, "build constraints").
 */
export function goVersionOf(file: File, moduleVersion: GoVersion | undefined): GoVersion | undefined {
  const own = buildConstraintOf(readHeader(file.text).comments)?.goVersion;
  if (!own) return moduleVersion;
  if (!moduleVersion) return undefined;
  const floor: GoVersion = { major: 1, minor: 21 };
  const lowered = compareGoVersions(own, moduleVersion) < 0 && compareGoVersions(own, floor) < 0;
  return lowered ? floor : own;
}
