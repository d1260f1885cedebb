/**
 * From the files of a pull request to what deserves to be said about it. Pure and synchronous; the App and the command
 * line both call it, so that they say the same.
 */
import type { Diagnostic } from '../analysis/diagnostic.ts';
import { reportsIn } from '../analysis/pass.ts';
import type { AnyRule } from '../analysis/rule.ts';
import type { Analysed } from '../analysis/verify.ts';
import type { Config } from '../config/config.ts';
import { ignoreMatcher } from '../config/ignore.ts';
import type { File } from '../go/ast.ts';
import { isTestFile } from '../go/test-code.ts';
import { analyseChange } from './change-analysis.ts';
import { type ChangeMap, changeMap, changesLines } from './change-map.ts';
import type { FunctionLines } from './deleted-partner.ts';
import type { PackageCrash, SnapshotReview, Withheld } from './finding.ts';
import { groupFindings } from './group.ts';
import { companionRules, fixVerifier, type LoadedPackage } from './package-analysis.ts';
import { placeDiagnostic } from './placement.ts';
import type { Omission, PullRequestSnapshot } from './ports.ts';
import { folderOf } from './renamed-folder.ts';

/** Told what is looked at next: a file, or a package with its changed files. */
export type OnPlace = (place: string) => void;

/** Analyses base and head, keeps what is new, places it on the change, and offers verified fixes. */
export function analyseSnapshot(
  snapshot: PullRequestSnapshot,
  config: Config,
  rules: readonly AnyRule[],
  onPlace: OnPlace = () => {},
): SnapshotReview {
  const changes = changeMap(snapshot.changedFiles);
  const { base, head, delta } = analyseChange(snapshot, config, rules, {
    changes,
    onFile: onPlace,
    onPackage: (loaded) => onPlace(placeOf(loaded, changes)),
  });

  const withheld = withheldBy(delta.introduced, config, base);
  const hidden = new Set(withheld.map(({ diagnostic }) => diagnostic));
  const functionLines = functionFinder(head);
  const placed = delta.introduced
    .filter((one) => !hidden.has(one))
    .map((one) => placeDiagnostic(one, changes, functionLines));
  const grouped = groupFindings(placed, changes, textFinder(head), {
    companions: companionRules(config, rules),
    suggestions: config.suggestions,
    ...fixVerifier(head),
  });

  const suppressed = suppressedOf(head, base);
  const silenced = new Set(
    head.flatMap(({ result }) => result.suppressed.map(({ diagnostic }) => diagnostic.fingerprint)),
  );
  const unknowns = head.flatMap(({ result }) => result.unknowns).filter(({ location }) => changes.has(location.path));
  return {
    repository: snapshot.repository,
    headSha: snapshot.headSha,
    mergeBaseSha: snapshot.mergeBaseSha,
    delta: { ...delta, resolved: delta.resolved.filter(({ fingerprint }) => !silenced.has(fingerprint)) },
    groups: grouped.groups,
    unplaced: grouped.unplaced,
    withheld: [...withheld, ...grouped.withheld],
    suppressed,
    unknowns,
    implausible: head.flatMap(({ result }) => result.implausible).filter(({ location }) => changes.has(location.path)),
    undecided: unknowns.filter(({ location }) => {
      const lines = functionLines(location.path, location.startLine) ?? location;
      return changesLines(changes, location.path, lines.startLine, lines.endLine);
    }),
    crashes: crashesOf(head),
    omissions: [...snapshot.omissions, ...omissionsOf(head, changes)],
    filesAnalysed: analysedFiles(head, changes),
  };
}

/** A package by its folder and those of its files that changed. */
function placeOf({ pkg }: LoadedPackage, changes: ChangeMap): string {
  const changed = pkg.files.map(({ path }) => path).filter((path) => changes.has(path));
  const [first] = changed;
  if (first === undefined) return `the package in ${pkg.dir}`;
  const more = changed.length === 1 ? '' : ` (and ${changed.length - 1} more changed files of its package)`;
  return `${first}${more}`;
}

/** New, yet not said: the configuration wants it so, or it cannot be known that it is new. */
function withheldBy(introduced: readonly Diagnostic[], config: Config, base: readonly Analysed[]): readonly Withheld[] {
  const ignored = ignoreMatcher(config.ignore);
  const crashed = new Set(crashesOf(base).map(({ dir, rule }) => JSON.stringify([dir, rule])));
  return introduced.flatMap((diagnostic): Withheld[] => {
    const { path } = diagnostic.location;
    if (ignored(path)) return [{ diagnostic, reason: 'the configuration ignores the file' }];
    if (!config.tests && isTestFile(path)) return [{ diagnostic, reason: 'the configuration ignores tests' }];
    if (!crashed.has(JSON.stringify([folderOf(path), diagnostic.rule]))) return [];
    return [{ diagnostic, reason: 'its rule failed on the base, so it is not known whether the finding is new' }];
  });
}

function crashesOf(packages: readonly Analysed[]): readonly PackageCrash[] {
  return packages.flatMap(({ pkg, result }) => result.crashes.map((crash) => ({ ...crash, dir: pkg.dir })));
}

function suppressedOf(head: readonly Analysed[], base: readonly Analysed[]): SnapshotReview['suppressed'] {
  const before = new Set(
    base.flatMap(({ result }) => result.suppressed.map(({ diagnostic }) => diagnostic.fingerprint)),
  );
  return head.flatMap(({ result }) =>
    result.suppressed.filter(({ diagnostic }) => !before.has(diagnostic.fingerprint)),
  );
}

/** Changed files that the Go front end set aside, or of which it could read only a part. Others are not even parsed. */
function omissionsOf(head: readonly Analysed[], changes: ChangeMap): readonly Omission[] {
  return head.flatMap(({ pkg }) => {
    const skipped = pkg.skipped.filter(({ path }) => changes.has(path));
    const files = pkg.files.filter(({ path }) => changes.has(path));
    return [
      ...skipped.map(({ path, reason }) => ({ path, reason, expected: !/larger|clause/.test(reason), changed: true })),
      ...files.filter((file) => !reportsIn(file)).map(unsaidFile),
      ...files.filter(reportsIn).flatMap(brokenFile),
    ];
  });
}

function unsaidFile({ path, generated }: File): Omission {
  return { path, reason: generated ? 'generated code' : 'vendored code or test data', expected: true, changed: true };
}

function brokenFile({ path, broken }: File): readonly Omission[] {
  return broken.slice(0, 1).map(({ reason }) => ({ path, reason: `analysed in part: ${reason}` }));
}

function analysedFiles(head: readonly Analysed[], changes: ChangeMap): readonly string[] {
  return head.flatMap(({ pkg }) =>
    pkg.files.filter((file) => changes.has(file.path) && reportsIn(file)).map(({ path }) => path),
  );
}

function textFinder(packages: readonly Analysed[]): (path: string) => string | undefined {
  const texts = new Map(packages.flatMap(({ pkg }) => pkg.files.map((file) => [file.path, file.text] as const)));
  return (path) => texts.get(path);
}

function functionFinder(packages: readonly Analysed[]): FunctionLines {
  const files = new Map(packages.flatMap(({ pkg }) => pkg.files.map((file) => [file.path, file] as const)));
  return (path, line) => {
    const file = files.get(path);
    return file?.decls
      .filter((decl) => decl.kind === 'FuncDecl')
      .map((decl) => file.lines.linesOf(decl.range))
      .find(({ startLine, endLine }) => startLine <= line && line <= endLine);
  };
}
