/** What the rules say of a package before and after a fix, the cheap questions first. */
import type { FuncDecl } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { contains } from '../text/offset.ts';
import { type Concerns, concernedBy } from './affected.ts';
import { diffDiagnostics } from './delta.ts';
import type { Diagnostic } from './diagnostic.ts';
import { sameLocation } from './locate.ts';
import type { AnyRule, Implausible } from './rule.ts';
import { type AnalysisResult, analysePackage } from './run.ts';
import type { Analysed } from './verify.ts';

/**
 * What an analysis of both versions says against a fix, the cheap questions first. Both versions are searched from the same
 * functions, because the budget of a package is shared by its searches; where the change concerns most of them, as a whole. Of
 * the first version that costs little: its searches are kept.
 */
export function resultComplaint(analysed: Analysed, diagnostic: Diagnostic, pkg: GoPackage): string | undefined {
  if (isStillReported(analysed, diagnostic, pkg)) return STILL_THERE;
  const concerned = concernedBy(analysed.pkg, pkg);
  const { funcDecls } = analysed.pkg;
  const isLarge = funcDecls.length > FEW_FUNCTIONS;
  const isNarrow = concerned !== undefined && isLarge && funcDecls.filter(concerned).length * 2 < funcDecls.length;
  if (concerned && isLarge && isSearched(analysed, diagnostic)) {
    if (isNarrow && reportedElsewhere(analysed, diagnostic, concerned)) return STILL_THERE;
    if (stillOnItsPath(analysed, diagnostic, pkg, concerned)) return STILL_THERE;
  }
  if (!isNarrow) return complaintAbout(analysed, diagnostic, analysed.result, analyse(analysed, pkg, analysed.rules));
  const before = resultBefore(analysed, concerned);
  return complaintAbout(analysed, diagnostic, before, analyse(analysed, pkg, analysed.rules, concerned));
}

/** What is read off the syntax takes its own rule to be told again; the others look only at a version without it. */
function isStillReported(analysed: Analysed, diagnostic: Diagnostic, pkg: GoPackage): boolean {
  if (diagnostic.group === 'blocked') return false;
  const rule = analysed.rules.find(({ meta }) => meta.id === diagnostic.rule);
  if (!rule || rule.meta.companion === true) return false;
  const before = analysed.result.diagnostics.filter((one) => one.rule === diagnostic.rule);
  const own = before.find((one) => sameLocation(one.location, diagnostic.location));
  const after = analyse(analysed, pkg, [rule]).diagnostics.filter((one) => one.rule === diagnostic.rule);
  return own !== undefined && !diffDiagnostics(before, after).resolved.includes(own);
}

/** By package and functions: candidates for one defect mostly change the same functions. */
const resultsBefore = new WeakMap<AnalysisResult, Map<Concerns, AnalysisResult>>();

function resultBefore(analysed: Analysed, concerned: Concerns): AnalysisResult {
  const known = resultsBefore.get(analysed.result) ?? new Map<Concerns, AnalysisResult>();
  resultsBefore.set(analysed.result, known);
  const before = known.get(concerned) ?? analyse(analysed, analysed.pkg, analysed.rules, concerned);
  known.set(concerned, before);
  return before;
}

/** A package of so few functions is searched as a whole. */
const FEW_FUNCTIONS = 40;

const STILL_THERE = 'the diagnostic is still there afterwards';

function complaintAbout(
  analysed: Analysed,
  diagnostic: Diagnostic,
  before: AnalysisResult,
  after: AnalysisResult,
): string | undefined {
  const crash = after.crashes.find((one) => !analysed.result.crashes.some((known) => known.rule === one.rule));
  if (crash) return `rule ${crash.rule} crashed on the patched code`;
  const delta = diffDiagnostics(before.diagnostics, after.diagnostics);
  const own = sameIn(before, diagnostic);
  if (!own || !delta.resolved.includes(own)) return STILL_THERE;
  // What is read off the syntax is gone whether or not all searches of the patched code came to an end.
  const isSearchedFor = diagnostic.group === 'blocked';
  if (isSearchedFor && after.unknowns.length > before.unknowns.length) return 'the patched code could not be decided';
  const panic = after.implausible.find(
    (one) => one.panics && !before.implausible.some((known) => isSamePanic(one, known)),
  );
  if (panic) return `\`${panic.operation}\` may panic then`;
  const fresh = delta.introduced.find((one) => one.severity !== 'info');
  if (fresh?.rule === diagnostic.rule) return 'the diagnostic is still there in another form';
  return fresh ? `it introduces a new \`${fresh.rule}\`` : undefined;
}

/** Of a panic that nothing is said of a fix must not add one: the path that leads to it is the fix's own. */
function isSamePanic(one: Implausible, known: Implausible): boolean {
  return known.panics === true && known.operation === one.operation && known.location.path === one.location.path;
}

/** Whether the diagnostic comes from the explorer: without a search it is not there. */
function isSearched(analysed: Analysed, diagnostic: Diagnostic): boolean {
  if (diagnostic.group !== 'blocked') return false;
  return (
    sameIn(
      pathsIn(analysed, () => false),
      diagnostic,
    ) === undefined
  );
}

/** What the search of the whole package, which is done already, found on paths in certain functions. */
function pathsIn(analysed: Analysed, concerns: Concerns): AnalysisResult {
  return analysePackage(analysed.pkg, rulesOf(analysed, 'blocked'), { ...analysed.options, pathsIn: concerns });
}

/** A path from a function that the change does not concern leads to the same defect. */
function reportedElsewhere(analysed: Analysed, diagnostic: Diagnostic, concerned: Concerns): boolean {
  const others = pathsIn(analysed, (decl) => !concerned(decl));
  return sameIn(others, diagnostic) !== undefined;
}

/** A look at the functions of the witness alone: most candidates that do not help are found out here. */
function stillOnItsPath(analysed: Analysed, diagnostic: Diagnostic, pkg: GoPackage, concerned: Concerns): boolean {
  const places = [diagnostic.location, ...diagnostic.witness.map((step) => step.location)];
  const names = new Set(
    analysed.pkg.funcDecls.filter((decl) => places.some((place) => isIn(decl, place))).map(declarationName),
  );
  const onPath = (decl: FuncDecl) => names.has(declarationName(decl)) && concerned(decl);
  const rules = rulesOf(analysed, 'blocked');
  const before = analyse(analysed, analysed.pkg, rules, onPath);
  const own = sameIn(before, diagnostic);
  if (!own) return false;
  const after = analyse(analysed, pkg, rules, onPath);
  return !diffDiagnostics(before.diagnostics, after.diagnostics).resolved.includes(own);
}

function analyse(analysed: Analysed, pkg: GoPackage, rules: readonly AnyRule[], searchFrom?: Concerns): AnalysisResult {
  return analysePackage(pkg, rules, {
    ...analysed.options,
    ...(searchFrom ? { searchFrom: within(analysed, searchFrom) } : {}),
  });
}

/** What the analysis left out from the start stays out; one function for the same question, as searches are kept by it. */
function within({ options }: Analysed, concerns: Concerns): Concerns {
  const { searchFrom } = options;
  if (!searchFrom) return concerns;
  const known = narrowed.get(concerns) ?? ((decl: FuncDecl) => concerns(decl) && searchFrom(decl));
  narrowed.set(concerns, known);
  return known;
}

const narrowed = new WeakMap<Concerns, Concerns>();

function rulesOf({ rules }: Analysed, group: Diagnostic['group']): readonly AnyRule[] {
  return rules.filter((rule) => rule.meta.group === group);
}

/** The diagnostic as another run over the same texts has it: its index among equals may differ there. */
function sameIn(result: AnalysisResult, { rule, location }: Diagnostic): Diagnostic | undefined {
  return result.diagnostics.find((one) => one.rule === rule && sameLocation(one.location, location));
}

function isIn(decl: FuncDecl, { path, range }: Diagnostic['location']): boolean {
  return decl.file.path === path && contains(decl.range, range);
}

function declarationName(decl: FuncDecl): string {
  const receiver = decl.recv ? decl.file.text.slice(decl.recv.range.start, decl.recv.range.end) : '';
  return `${decl.file.path} ${receiver} ${decl.name.name}`;
}
