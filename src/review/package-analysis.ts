/** The packages of one side of a pull request, analysed; files that both sides share are parsed once. */
import type { Diagnostic } from '../analysis/diagnostic.ts';
import type { PatchedTexts } from '../analysis/edits.ts';
import type { AnyRule } from '../analysis/rule.ts';
import { type AnalysisOptions, analysePackage, badDirective } from '../analysis/run.ts';
import { type Analysed, withVerifiedFixes } from '../analysis/verify.ts';
import type { Config } from '../config/config.ts';
import type { File } from '../go/ast.ts';
import { parseFile } from '../go/file.ts';
import { loadPackagesFromFiles } from '../go/load.ts';
import type { GoPackage, GoVersion, SourceFile } from '../go/package.ts';
import type { PackageSources } from './ports.ts';

/** Parses a file, or gives the one that was parsed before from the same path and text. */
export type FileCache = (source: SourceFile) => File;

export function fileCache(): FileCache {
  const byPath = new Map<string, File[]>();
  return (source) => {
    const known = byPath.get(source.path) ?? [];
    const same = known.find((file) => file.text === source.text);
    if (same) return same;
    const file = parseFile({ path: source.path, text: source.text });
    byPath.set(source.path, [...known, file]);
    return file;
  };
}

/** What the configuration asks of the analysis. A rule with a severity of its own is thereby switched on. */
export function analysisOptions(config: Config, rules: readonly AnyRule[]): AnalysisOptions {
  const set = [...config.rules];
  return {
    severities: new Map(set.flatMap(([rule, setting]) => (setting === 'off' ? [] : [[rule, setting] as const]))),
    enabled: new Set(set.flatMap(([rule, setting]) => (setting === 'off' ? [] : [rule]))),
    disabled: new Set(set.flatMap(([rule, setting]) => (setting === 'off' ? [rule] : []))),
    knownRules: new Set(ruleIds(rules)),
    ...(config.budgets.states !== undefined && { searchStates: config.budgets.states }),
  };
}

/** Every id that a configuration or a directive may name. */
export function ruleIds(rules: readonly AnyRule[]): readonly string[] {
  return [...rules.map(({ meta }) => meta.id), badDirective.id];
}

/** Rules whose diagnostics only join the comments of others, as the configuration has it. */
export function companionRules(config: Config, rules: readonly AnyRule[]): ReadonlySet<string> {
  const alone = ({ meta }: AnyRule): boolean =>
    meta.companion === true && (config.rules.get(meta.id) ?? 'off') === 'off';
  return new Set(rules.filter(alone).map(({ meta }) => meta.id));
}

/** A package that is loaded and not yet analysed. */
export interface LoadedPackage {
  readonly pkg: GoPackage;
  readonly reload: Analysed['reload'];
}

/** The packages of one folder: external tests are a package of their own. */
export function loadFolder(sources: PackageSources, parse: FileCache, goVersion?: GoVersion): readonly LoadedPackage[] {
  const version = goVersion ?? sources.goVersion;
  const load = (files: readonly File[]): readonly GoPackage[] =>
    loadPackagesFromFiles(sources.dir, files, version ? { goVersion: version } : {});
  const files = sources.files.map(parse);
  return load(files).map((pkg): LoadedPackage => {
    const reload = (texts: PatchedTexts): GoPackage => {
      const patched = files.map((file) => {
        const text = texts.get(file.path);
        return text === undefined ? file : parseFile({ path: file.path, text });
      });
      return load(patched).find(({ name }) => name === pkg.name) ?? pkg;
    };
    return { pkg, reload };
  });
}

/** Runs the rules over a loaded package. */
export function analyseLoaded(
  { pkg, reload }: LoadedPackage,
  rules: readonly AnyRule[],
  options: AnalysisOptions,
): Analysed {
  return { pkg, rules, options, result: analysePackage(pkg, rules, options), reload };
}

/** The packages of one folder, each with its analysis. */
export function analyseFolder(
  sources: PackageSources,
  rules: readonly AnyRule[],
  options: AnalysisOptions,
  parse: FileCache,
  goVersion?: GoVersion,
): readonly Analysed[] {
  return loadFolder(sources, parse, goVersion).map((loaded) => analyseLoaded(loaded, rules, options));
}

/** Adds verified fixes to diagnostics of these packages. */
export function fixVerifier(packages: readonly Analysed[]): (diagnostic: Diagnostic) => Diagnostic {
  const owner = new Map(
    packages.flatMap((analysed) => analysed.result.diagnostics.map((diagnostic) => [diagnostic, analysed] as const)),
  );
  return (diagnostic) => {
    const analysed = owner.get(diagnostic);
    return analysed ? withVerifiedFixes(analysed, diagnostic) : diagnostic;
  };
}
