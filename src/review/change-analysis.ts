/**
 * Base and head of a change, analysed, and what of their findings is new. Head comes first: what it is found to have is
 * looked for at the base, and nothing else there costs a search but the functions that the change edits (`base-search.ts`).
 */
import type { Concerns } from '../analysis/affected.ts';
import { changeConcerns } from '../analysis/change-concerns.ts';
import type { Diagnostic } from '../analysis/diagnostic.ts';
import { declName } from '../analysis/fingerprint.ts';
import type { AnyRule } from '../analysis/rule.ts';
import type { Analysed } from '../analysis/verify.ts';
import type { Config } from '../config/config.ts';
import { baseSearch } from './base-search.ts';
import type { ChangeMap } from './change-map.ts';
import { diagnosticDelta } from './delta.ts';
import type { DiagnosticDelta } from './finding.ts';
import {
  analyseLoaded,
  analysisOptions,
  fileCache,
  type LoadedPackage,
  type Loading,
  loadFolder,
  modulesOf,
} from './package-analysis.ts';
import type { PullRequestSnapshot } from './ports.ts';
import { underHeadFolder } from './renamed-folder.ts';

/** The packages of both sides with what was found in them. */
export interface ChangeAnalysis {
  readonly base: readonly Analysed[];
  readonly head: readonly Analysed[];
  readonly delta: DiagnosticDelta;
}

export interface ChangeAnalysisOptions {
  readonly changes: ChangeMap;
  /** Told the path of a file before it is parsed. */
  readonly onFile?: (path: string) => void;
  /** Told of a package before it is analysed. */
  readonly onPackage?: (loaded: LoadedPackage) => void;
  /** All functions of both sides are searched, whatever the change concerns: for comparison. */
  readonly isWhole?: boolean;
}

/** Analyses both sides of a change, searched only from functions that the change can concern. */
export function analyseChange(
  snapshot: PullRequestSnapshot,
  config: Config,
  rules: readonly AnyRule[],
  { changes, onFile, onPackage, isWhole = false }: ChangeAnalysisOptions,
): ChangeAnalysis {
  const sides = loadSides(snapshot, config, changes, onFile);
  const concerns = isWhole ? new Map<LoadedPackage, Concerns>() : concernsOf(sides);
  const options = analysisOptions(config, rules);
  const analyse = (one: LoadedPackage, searchFrom: Concerns | undefined): Analysed => {
    onPackage?.(one);
    return analyseLoaded(one, rules, searchFrom ? { ...options, searchFrom } : options);
  };
  const head = sides.head.map((one) => analyse(one, concerns.get(one)));
  const searchOf = isWhole ? undefined : baseSearch(head, sides.base, changes);
  const base = sides.base.map((one) => analyse(one, both(concerns.get(one), searchOf?.(one.pkg))));
  const declared = { base: declaredIn(base), head: declaredIn(head) };
  return { base, head, delta: diagnosticDelta(diagnosticsOf(base), diagnosticsOf(head), changes, declared) };
}

interface Sides {
  readonly base: readonly LoadedPackage[];
  readonly head: readonly LoadedPackage[];
}

function loadSides(
  snapshot: PullRequestSnapshot,
  config: Config,
  changes: ChangeMap,
  onFile?: (path: string) => void,
): Sides {
  const parse = fileCache(onFile);
  const modules = {
    base: modulesOf(snapshot.modules?.head ?? [], parse, snapshot.modules?.base),
    head: modulesOf(snapshot.modules?.head ?? [], parse),
  };
  const loading = (side: 'base' | 'head'): Loading => ({
    parse,
    moduleOf: modules[side],
    goVersion: config.goVersion,
    build: config.build,
    reviewed: (path) => changes.has(path),
  });
  return {
    base: snapshot.base.flatMap((sources) => loadFolder(underHeadFolder(sources, snapshot), loading('base'))),
    head: snapshot.head.flatMap((sources) => loadFolder(sources, loading('head'))),
  };
}

/** The same for both sides of a package; one that is on one side alone is concerned as a whole and is not in the map. */
function concernsOf({ base, head }: Sides): ReadonlyMap<LoadedPackage, Concerns> {
  const concerns = new Map<LoadedPackage, Concerns>();
  for (const now of head) {
    const old = base.find(({ pkg }) => pkg.dir === now.pkg.dir && pkg.name === now.pkg.name);
    if (!old) continue;
    const concerned = changeConcerns(old.pkg, now.pkg);
    concerns.set(now, concerned);
    concerns.set(old, concerned);
  }
  return concerns;
}

function both(one: Concerns | undefined, other: Concerns | undefined): Concerns | undefined {
  if (!one || !other) return one ?? other;
  return (decl) => one(decl) && other(decl);
}

/** Functions are asked for by the folder and the name of their structure. */
function declaredIn(packages: readonly Analysed[]): (dir: string, name: string) => boolean {
  const namesIn = ({ pkg }: Analysed): readonly string[] => {
    const decls = pkg.files.flatMap((file) => file.decls);
    return ['package', ...decls.flatMap((decl) => (decl.kind === 'FuncDecl' ? [declName(pkg, decl)] : []))];
  };
  const known = new Set(packages.flatMap((one) => namesIn(one).map((name) => JSON.stringify([one.pkg.dir, name]))));
  return (dir, name) => known.has(JSON.stringify([dir, name]));
}

function diagnosticsOf(packages: readonly Analysed[]): readonly Diagnostic[] {
  return packages.flatMap(({ result }) => result.diagnostics);
}
