/**
 * Verification of a fix by the engine that found the defect.
 *
 * 1. The edits apply. 2. The patched files parse with no broken part that was not there, and no function has lost its
 * final return. 3. Every comment is still there.
 * 4. The changed lines have gofmt's shape. 5. The package is analysed again with the same rules, the explorer searching
 * only from functions that the change can concern (`affected.ts`): this diagnostic is gone and no error or warning is new. 6. Applied twice it would do no more than once: the diagnostic that asked for it is
 * gone under its stem too, so nothing asks again. Only then is a fix `verified`.
 */
import type { Decl, File, FuncDecl } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { contains } from '../text/offset.ts';
import type { TextEdit } from '../text/text-edit.ts';
import { type Concerns, concernedBy } from './affected.ts';
import { diffDiagnostics } from './delta.ts';
import type { Diagnostic, FixRefusal, SuggestedFix } from './diagnostic.ts';
import { applyFix, type PatchedTexts, withLineEndings } from './edits.ts';
import { gofmtComplaint } from './gofmt-shape.ts';
import { sameLocation } from './locate.ts';
import { messageOf } from './pass.ts';
import type { AnyRule, Implausible } from './rule.ts';
import { type AnalysisOptions, type AnalysisResult, analysePackage } from './run.ts';
import { missingReturns } from './terminating.ts';

/** An analysed package and how to analyse it again. */
export interface Analysed {
  readonly pkg: GoPackage;
  readonly rules: readonly AnyRule[];
  readonly options: AnalysisOptions;
  readonly result: AnalysisResult;
  /** The package with some texts replaced; unchanged files may be reused. */
  reload(texts: PatchedTexts): GoPackage;
}

/** Tries one fix of a diagnostic of this analysis. Returns it verified, or why it is refused. */
export function verifyFix(analysed: Analysed, diagnostic: Diagnostic, fix: SuggestedFix): SuggestedFix | FixRefusal {
  try {
    return tryFix(
      analysed,
      diagnostic,
      withLineEndings(fix, (path) => fileOf(analysed.pkg, path)?.text),
    );
  } catch (error) {
    return { kind: 'refused', reason: `the verification failed: ${messageOf(error)}` };
  }
}

/** Tries one fix for several diagnostics of this analysis: all of them must be gone. Undefined when it does not help all. */
export function verifyTogether(
  analysed: Analysed,
  diagnostics: readonly Diagnostic[],
  fix: SuggestedFix,
): SuggestedFix | undefined {
  let verified = fix;
  for (const diagnostic of diagnostics) {
    const outcome = verifyFix(analysed, diagnostic, fix);
    if ('kind' in outcome) return undefined;
    verified = outcome;
  }
  return verified;
}

/** Two fixes as one; undefined when they edit the same place. */
export function mergedFix(first: SuggestedFix, second: SuggestedFix): SuggestedFix | undefined {
  const paths = [...new Set([...first.files, ...second.files].map(({ path }) => path))];
  const files = paths.map((path) => ({
    path,
    edits: [...first.files, ...second.files].flatMap((file) => (file.path === path ? file.edits : [])),
  }));
  if (files.some(({ edits }) => edits.some((edit, at) => edits.slice(at + 1).some((other) => clash(edit, other)))))
    return undefined;
  const message = first.message === second.message ? first.message : `${first.message}; ${lowered(second.message)}`;
  return { message, files, verified: false };
}

/** Overlapping or touching: which of two insertions at one place comes first is nobody's to say. */
function clash(a: TextEdit, b: TextEdit): boolean {
  return a.range.start <= b.range.end && b.range.start <= a.range.end;
}

function lowered(sentence: string): string {
  return /^[A-Z][a-z]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}

/** So many candidates of one diagnostic are tried: each costs an analysis. */
const MAX_CANDIDATES = 6;

/**
 * The diagnostic with its fixes: those candidates that pass verification, best first, at most `limit`; without any,
 * `fixRefusal` says why.
 */
export function withVerifiedFixes(analysed: Analysed, diagnostic: Diagnostic, limit = 1): Diagnostic {
  const candidates = analysed.result.candidateFixes(diagnostic);
  if ('kind' in candidates) return { ...diagnostic, fixRefusal: candidates.reason };
  const fixes: SuggestedFix[] = [];
  let refusal = 'the rule found no candidate';
  for (const candidate of candidates.slice(0, MAX_CANDIDATES)) {
    if (fixes.length >= limit) break;
    if (!affords(analysed)) {
      refusal = 'other fixes of the package have used up what verification may cost';
      break;
    }
    const outcome = verifyFix(analysed, diagnostic, candidate);
    if ('kind' in outcome) refusal = `${candidate.message}: ${outcome.reason}`;
    else fixes.push(outcome);
  }
  return fixes.length > 0 ? { ...diagnostic, fixes } : { ...diagnostic, fixRefusal: refusal };
}

/** Every package may try so many candidates, and more while they are cheap. */
const MIN_ATTEMPTS = 24;
/** What all attempts of a package may cost, in characters of source: each reads the package and reports on it again. */
const MAX_COST = 6_000_000;
const COST_OF_DIAGNOSTIC = 500;

const attempts = new WeakMap<AnalysisResult, number>();

/** Whether another candidate may be tried; it is counted when it may. */
function affords({ pkg, result }: Analysed): boolean {
  const count = attempts.get(result) ?? 0;
  const length = pkg.files.reduce((sum, file) => sum + file.text.length, 0);
  const cost = length + COST_OF_DIAGNOSTIC * result.diagnostics.length;
  if (count >= MIN_ATTEMPTS && count * cost >= MAX_COST) return false;
  attempts.set(result, count + 1);
  return true;
}

function tryFix(analysed: Analysed, diagnostic: Diagnostic, fix: SuggestedFix): SuggestedFix | FixRefusal {
  const texts = applyFix(fix, (path) => fileOf(analysed.pkg, path)?.text);
  if ('kind' in texts) return texts as FixRefusal;
  const pkg = analysed.reload(texts as PatchedTexts);
  for (const path of (texts as PatchedTexts).keys()) {
    const before = fileOf(analysed.pkg, path);
    const after = fileOf(pkg, path);
    if (!before || !after) return refused(`${path} is no longer part of the package`);
    const complaint = fileComplaint(before, after);
    if (complaint) return refused(complaint);
  }
  const complaint = resultComplaint(analysed, diagnostic, pkg);
  return complaint ? refused(complaint) : { ...fix, verified: true };
}

function fileComplaint(before: File, after: File): string | undefined {
  const [old, now] = changedFunctions(before, after);
  if (brokenCount(after, now) > brokenCount(before, old)) return 'the patched file does not parse';
  if (missingReturns(now) > missingReturns(old)) return 'a function with results would end without a return';
  if (!keepsComments(before, after)) return 'a comment would be lost';
  const shape = gofmtComplaint(after.text, changedLines(before.text, after.text));
  return shape === undefined ? undefined : `not as gofmt writes it: ${shape}`;
}

/**
 * What an analysis of both versions says against a fix, the cheap questions first. Both versions are searched from the same
 * functions, because the budget of a package is shared by its searches; where the change concerns most of them, the search
 * that is done already stands for the first version.
 */
function resultComplaint(analysed: Analysed, diagnostic: Diagnostic, pkg: GoPackage): string | undefined {
  const concerned = concernedBy(analysed.pkg, pkg);
  const { funcDecls } = analysed.pkg;
  const isNarrow =
    concerned !== undefined &&
    funcDecls.length > FEW_FUNCTIONS &&
    funcDecls.filter(concerned).length * 2 < funcDecls.length;
  if (concerned && funcDecls.length > FEW_FUNCTIONS && isSearched(analysed, diagnostic)) {
    if (isNarrow && reportedElsewhere(analysed, diagnostic, concerned)) return STILL_THERE;
    if (stillOnItsPath(analysed, diagnostic, pkg, concerned)) return STILL_THERE;
  }
  if (!isNarrow) return complaintAbout(analysed, diagnostic, analysed.result, analyse(analysed, pkg, analysed.rules));
  const before = analyse(analysed, analysed.pkg, analysed.rules, concerned);
  return complaintAbout(analysed, diagnostic, before, analyse(analysed, pkg, analysed.rules, concerned));
}

/** A package of so few functions is searched faster than it is divided. */
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
  return fresh ? `it brings a new \`${fresh.rule}\`` : undefined;
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

/** Declarations of each version without an equal one in the other: only these need a look, and to be lowered for it. */
function changedFunctions(before: File, after: File): readonly [readonly Decl[], readonly Decl[]] {
  const textsOf = (file: File) => new Set(file.decls.map((decl) => sourceOf(file, decl)));
  const [old, now] = [textsOf(before), textsOf(after)];
  return [
    before.decls.filter((decl) => !now.has(sourceOf(before, decl))),
    after.decls.filter((decl) => !old.has(sourceOf(after, decl))),
  ];
}

function sourceOf(file: File, decl: Decl): string {
  return file.text.slice(decl.range.start, decl.range.end);
}

function brokenCount(file: File, decls: readonly Decl[]): number {
  const inBodies = decls.filter(
    (decl) => decl.kind === 'FuncDecl' && decl.body === undefined && decl.broken !== undefined,
  );
  return file.broken.length + inBodies.length;
}

function keepsComments(before: File, after: File): boolean {
  const left = new Map<string, number>();
  for (const comment of after.comments) left.set(comment.text, (left.get(comment.text) ?? 0) + 1);
  return before.comments.every((comment) => {
    const count = left.get(comment.text) ?? 0;
    left.set(comment.text, count - 1);
    return count > 0;
  });
}

/** 1-based lines of the new text between the common head and the common tail of both texts. */
export function changedLines(before: string, after: string): ReadonlySet<number> {
  const old = before.split('\n');
  const now = after.split('\n');
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const count = now.length - tail - head;
  // Where lines only went, those that have become neighbours may have to be lined up anew.
  const [first, last] = count === 0 ? [head, head + 1] : [head + 1, head + count];
  return new Set(Array.from({ length: last - first + 1 }, (_, at) => first + at).filter((line) => line > 0));
}

function fileOf(pkg: GoPackage, path: string): File | undefined {
  return pkg.files.find((file) => file.path === path);
}

function refused(reason: string): FixRefusal {
  return { kind: 'refused', reason };
}
