/**
 * From which functions the base of a change is searched, once head has been. The base answers two questions:
 *
 * 1. Is what head is found to have new? Whoever leads to it at head is asked at the base: the functions around each finding
 *    and all that may call them, and those on its path: what a type promises is searched from methods that the path calls
 *    one after the other, and none of them need call the function that is stuck. Where that function is new, what the base has lost may be the same under another name.
 * 2. What does the change end? That is looked for in the functions that the change edits or removes, from these functions
 *    alone: it is said as a count, and would else cost as much as the review itself. What ends elsewhere because of an edit
 *    is not counted.
 */
import type { Concerns } from '../analysis/affected.ts';
import { callersOf } from '../analysis/change-concerns.ts';
import { changedRegion, functionsByKey, keyOf } from '../analysis/change-seeds.ts';
import type { Diagnostic, Location } from '../analysis/diagnostic.ts';
import type { AnalysisResult } from '../analysis/run.ts';
import type { Analysed } from '../analysis/verify.ts';
import type { FuncDecl } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { contains } from '../text/offset.ts';
import { baseLine, type ChangeMap } from './change-map.ts';
import type { LoadedPackage } from './package-analysis.ts';

/** Gives for a package of the base the functions from which it is searched; undefined: from all. */
export function baseSearch(
  head: readonly Analysed[],
  base: readonly LoadedPackage[],
  changes: ChangeMap,
): (pkg: GoPackage) => Concerns | undefined {
  const found = head.flatMap((one) => findingsOf(one, changes));
  const keys = new Set(found.map(({ key }) => key));
  const onPaths = new Set(head.flatMap(functionsOnPaths));
  const declared = new Set(base.flatMap(({ pkg }) => pkg.funcDecls.map((decl) => placeKey(pkg, keyOf(decl)))));
  const isAnyMoved = found.some(({ pkg, key }) => key !== undefined && !declared.has(placeKey(pkg, key)));
  return (pkg) => {
    const partner = head.find((one) => one.pkg.dir === pkg.dir && one.pkg.name === pkg.name);
    if (!partner || keys.has(undefined)) return undefined;
    const kept = functionsByKey(partner.pkg);
    const mayLead = (decl: FuncDecl): boolean =>
      keys.has(keyOf(decl)) || (isAnyMoved && !kept.has(keyOf(decl))) || found.some((one) => isAround(decl, one));
    const leading = callersOf(pkg, new Set(pkg.funcDecls.filter(mayLead)));
    const isEdited = (decl: FuncDecl) => changedRegion(decl, kept.get(keyOf(decl)) ?? []) !== undefined;
    const edited = new Set(pkg.funcDecls.filter(isEdited));
    return (decl) => leading.has(decl) || edited.has(decl) || onPaths.has(placeKey(pkg, keyOf(decl)));
  };
}

function placeKey({ dir }: GoPackage, key: string): string {
  return JSON.stringify([dir, key]);
}

/** Where something was found: the function around it at head, and its line at the base. */
interface FoundPlace {
  readonly pkg: GoPackage;
  /** Undefined outside of functions. */
  readonly key: string | undefined;
  readonly paths: readonly string[];
  readonly line: number;
}

/** What is silenced counts as found: only what the base does not silence is told. */
function foundIn({ diagnostics, suppressed }: AnalysisResult): readonly Diagnostic[] {
  return [...diagnostics, ...suppressed.map(({ diagnostic }) => diagnostic)];
}

/** The functions that the paths to findings pass, by folder and key. */
function functionsOnPaths({ pkg, result }: Analysed): readonly string[] {
  const places = foundIn(result).flatMap(({ witness, scenario }) => [
    ...witness.map(({ location }) => location),
    ...(scenario?.calls ?? []),
  ]);
  const passed = pkg.funcDecls.filter((decl) => places.some((place) => isIn(decl, place)));
  return passed.map((decl) => placeKey(pkg, keyOf(decl)));
}

function findingsOf({ pkg, result }: Analysed, changes: ChangeMap): readonly FoundPlace[] {
  return foundIn(result).map(({ location }) => {
    const func = pkg.funcDecls.find((decl) => isIn(decl, location));
    const before = baseLine(changes, location.path, location.startLine);
    return { pkg, key: func && keyOf(func), paths: before?.paths ?? [], line: before?.line ?? 0 };
  });
}

function isIn({ file, range }: FuncDecl, location: Location): boolean {
  return file.path === location.path && contains(range, location.range);
}

function isAround({ file, range }: FuncDecl, { paths, line }: FoundPlace): boolean {
  if (!paths.includes(file.path)) return false;
  const { startLine, endLine } = file.lines.linesOf(range);
  return startLine <= line && line <= endLine;
}
