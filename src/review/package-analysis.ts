/** The packages of one side of a pull request, analysed; files that both sides share are parsed once. */
import type { Diagnostic, SuggestedFix } from '../analysis/diagnostic.ts';
import type { PatchedTexts } from '../analysis/edits.ts';
import type { AnyRule } from '../analysis/rule.ts';
import { type AnalysisOptions, analysePackage, badDirective } from '../analysis/run.ts';
import { type Analysed, verifyTogether, withVerifiedFixes } from '../analysis/verify.ts';
import type { BuildContext, Config } from '../config/config.ts';
import type { File } from '../go/ast.ts';
import { targetFor } from '../go/build-target.ts';
import { parseFile } from '../go/file.ts';
import { loadPackagesFromFiles } from '../go/load.ts';
import { GoModule } from '../go/module.ts';
import type { GoPackage, GoVersion, SourceFile } from '../go/package.ts';
import type { ModuleSources, PackageSources } from './ports.ts';

/** Parses a file, or gives the one that was parsed before from the same path and text. */
export type FileCache = (source: SourceFile) => File;

/** `onFile` is told the path before a file is parsed. */
export function fileCache(onFile: (path: string) => void = () => {}): FileCache {
  const byPath = new Map<string, File[]>();
  return (source) => {
    const known = byPath.get(source.path) ?? [];
    const same = known.find((file) => file.text === source.text);
    if (same) return same;
    onFile(source.path);
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
    ...(config.resources.length > 0 && { resources: config.resources }),
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

/** How the packages of one side are loaded. */
export interface Loading {
  readonly parse: FileCache;
  /** What the packages of a module can reach by imports, by the folder of the module. */
  readonly moduleOf: (module: string | undefined) => GoModule | undefined;
  /** In place of what go.mod says. */
  readonly goVersion?: GoVersion | undefined;
  readonly build?: BuildContext | undefined;
  /** The files under review: a package is read for a platform that builds them. Absent: for the one of `build`. */
  readonly reviewed?: ((path: string) => boolean) | undefined;
}

/** What the packages of one side import, made of their collected sources; packages of `instead` take the place of others. */
export function modulesOf(
  sources: readonly ModuleSources[],
  parse: FileCache,
  instead: readonly ModuleSources[] = [],
): Loading['moduleOf'] {
  const modules = new Map(
    sources.map(({ module, packages }) => {
      const others = instead.find((one) => one.module === module)?.packages ?? [];
      return [module, new GoModule([...packages, ...others], parse)] as const;
    }),
  );
  return (module) => (module === undefined ? undefined : modules.get(module));
}

/** The packages of one folder: external tests are a package of their own. */
export function loadFolder(
  sources: PackageSources,
  { parse, moduleOf, goVersion, build, reviewed }: Loading,
): readonly LoadedPackage[] {
  const version = goVersion ?? sources.goVersion;
  const { importPath } = sources;
  const around = moduleOf(sources.module);
  const files = sources.files.map(parse);
  const target = reviewed ? targetFor(files, reviewed, build) : build;
  const load = (files: readonly File[], module = around): readonly GoPackage[] =>
    loadPackagesFromFiles(sources.dir, files, {
      ...target,
      ...(version ? { goVersion: version } : {}),
      ...(importPath === undefined ? {} : { importPath }),
      ...(module ? { module } : {}),
    });
  return load(files).map((pkg): LoadedPackage => {
    const reload = (texts: PatchedTexts): GoPackage => {
      const patched = files.map((file) => {
        const text = texts.get(file.path);
        return text === undefined ? file : parseFile({ path: file.path, text });
      });
      const elsewhere = [...texts.keys()].some((path) => around?.holds(path));
      return load(patched, elsewhere ? around?.patched(texts) : around).find(({ name }) => name === pkg.name) ?? pkg;
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
  loading: Loading,
): readonly Analysed[] {
  return loadFolder(sources, loading).map((loaded) => analyseLoaded(loaded, rules, options));
}

/** Tries fixes on the packages that the diagnostics come from. Each try is an analysis. */
export interface FixVerifier {
  /** The diagnostic with its verified fixes, or with the reason why there is none. */
  readonly verify: (diagnostic: Diagnostic) => Diagnostic;
  /** The fix, when it ends all of these diagnostics of one package. */
  readonly together: (diagnostics: readonly Diagnostic[], fix: SuggestedFix) => SuggestedFix | undefined;
}

/** A verifier for diagnostics of these packages. */
export function fixVerifier(packages: readonly Analysed[]): FixVerifier {
  const owner = new Map(
    packages.flatMap((analysed) =>
      analysed.result.diagnostics.map((diagnostic) => [identityOf(diagnostic), analysed] as const),
    ),
  );
  return {
    verify(diagnostic) {
      const analysed = owner.get(identityOf(diagnostic));
      return analysed ? withVerifiedFixes(analysed, diagnostic) : diagnostic;
    },
    together(diagnostics, fix) {
      const owners = new Set(diagnostics.map((diagnostic) => owner.get(identityOf(diagnostic))));
      const [analysed] = owners;
      return analysed && owners.size === 1 ? verifyTogether(analysed, diagnostics, fix) : undefined;
    },
  };
}

/** A diagnostic keeps its identity when fixes are added to it. */
function identityOf({ rule, fingerprint }: Diagnostic): string {
  return `${rule} ${fingerprint}`;
}
