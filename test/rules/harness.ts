/**
 * Fixtures: every folder `test/rules/<rule id>/<case>/` is one Go package. An optional `go.mod` states the Go version; a
 * file `rules.txt`, or the rule folder `seed`, runs all rules instead of the one that the folder names; `*.go.golden` is a
 * file after the first verified fix of each diagnostic has been applied.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../src/analysis/diagnostic.ts';
import { applyFix } from '../../src/analysis/edits.ts';
import type { AnyRule } from '../../src/analysis/rule.ts';
import { type AnalysisOptions, analysePackage } from '../../src/analysis/run.ts';
import { type Analysed, withVerifiedFixes } from '../../src/analysis/verify.ts';
import { loadPackage } from '../../src/go/load.ts';
import type { GoVersion, SourceFile } from '../../src/go/package.ts';
import { rules } from '../../src/rules/index.ts';

export const fixtureRoot = import.meta.dirname;

export interface Fixture {
  /** Name of the rule folder: a rule id, or `seed`. */
  readonly rule: string;
  readonly name: string;
  /** Absolute path of the package's folder. */
  readonly folder: string;
  readonly sources: readonly SourceFile[];
  readonly goldens: readonly SourceFile[];
  readonly goVersion?: GoVersion;
  readonly allRules: boolean;
}

/** All fixtures, in order of rule and name. */
export function readFixtures(): readonly Fixture[] {
  return foldersOf(fixtureRoot)
    .filter((rule) => rule !== 'stand-ins')
    .flatMap((rule) => foldersOf(join(fixtureRoot, rule)).map((name) => readFixture(rule, name)));
}

function readFixture(rule: string, name: string): Fixture {
  const folder = join(fixtureRoot, rule, name);
  const read = (ending: string): readonly SourceFile[] =>
    readdirSync(folder)
      .filter((file) => file.endsWith(ending))
      .sort()
      .map((file) => ({
        path: `${file.slice(0, file.length - ending.length)}.go`,
        text: readFileSync(join(folder, file), 'utf8'),
      }));
  const goVersion = existsSync(join(folder, 'go.mod'))
    ? versionOf(readFileSync(join(folder, 'go.mod'), 'utf8'))
    : undefined;
  return {
    rule,
    name,
    folder,
    sources: read('.go'),
    goldens: read('.go.golden'),
    ...(goVersion ? { goVersion } : {}),
    allRules: rule === 'seed' || existsSync(join(folder, 'rules.txt')),
  };
}

/** The version of a `go` line; undefined without one. */
export function versionOf(goMod: string): GoVersion | undefined {
  const match = /^go (\d+)\.(\d+)/m.exec(goMod);
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : undefined;
}

/** Loads and analyses texts with one rule or with all; `enabled` report although they are off by default or companions. */
export function analyseSources(
  sources: readonly SourceFile[],
  rule: string | undefined,
  goVersion?: GoVersion,
  enabled: readonly string[] = rule === undefined ? [] : [rule],
): Analysed {
  const chosen: readonly AnyRule[] = rule === undefined ? rules : rules.filter((one) => one.meta.id === rule);
  const options: AnalysisOptions = {
    enabled: new Set(enabled),
    knownRules: new Set(rules.map((one) => one.meta.id)),
  };
  const load = (texts: ReadonlyMap<string, string>) => {
    const files = sources.map(({ path, text }) => ({ path, text: texts.get(path) ?? text }));
    return loadPackage('.', files, goVersion ? { goVersion } : {});
  };
  const pkg = load(new Map());
  return { pkg, rules: chosen, options, result: analysePackage(pkg, chosen, options), reload: load };
}

/** Analyses a fixture as its folder says. */
export function analyseFixture(fixture: Fixture): Analysed {
  return analyseSources(fixture.sources, fixture.allRules ? undefined : fixture.rule, fixture.goVersion);
}

export interface Repaired {
  readonly sources: readonly SourceFile[];
  /** Messages of the fixes applied, in order. */
  readonly applied: readonly string[];
  /** Why diagnostics were left without a fix. */
  readonly refusals: readonly string[];
}

/**
 * Applies the first verified fix of each diagnostic of the fixture's rule, one after the other, until none is offered any
 * more. Fixes are verified with all rules, as a review does.
 */
export function repair(fixture: Fixture): Repaired {
  let sources = fixture.sources;
  const applied: string[] = [];
  for (let round = 0; round < 40; round++) {
    const analysed = analyseSources(sources, undefined, fixture.goVersion, [fixture.rule]);
    const tried = firstRepair(analysed, (rule) => fixture.allRules || rule === fixture.rule);
    if ('refusals' in tried) return { sources, applied, refusals: tried.refusals };
    const texts = applyFix(tried.fix, (path) => sources.find((source) => source.path === path)?.text);
    if ('kind' in texts) throw new Error(`a verified fix does not apply: ${texts.reason}`);
    applied.push(tried.fix.message);
    sources = sources.map(({ path, text }) => ({ path, text: texts.get(path) ?? text }));
  }
  throw new Error('fixes never end: each one brings the next');
}

function firstRepair(
  analysed: Analysed,
  wanted: (rule: string) => boolean,
): { readonly fix: Diagnostic['fixes'][number] } | { readonly refusals: readonly string[] } {
  const refusals: string[] = [];
  for (const diagnostic of analysed.result.diagnostics.filter((one) => wanted(one.rule))) {
    const { fixes, fixRefusal } = withVerifiedFixes(analysed, diagnostic);
    if (fixes[0]) return { fix: fixes[0] };
    refusals.push(`line ${diagnostic.location.startLine}: ${fixRefusal ?? 'no reason given'}`);
  }
  return { refusals };
}

function foldersOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
