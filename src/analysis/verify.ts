/**
 * Verification of a fix by the engine that found the defect.
 *
 * 1. The edits apply. 2. The patched files parse with no broken part that was not there, and no function has lost its
 * final return. 3. Every comment is still there.
 * 4. The changed lines have gofmt's shape. 5. The package is analysed again with the same rules: this diagnostic is gone
 * and no error or warning is new. 6. Applied twice it would do no more than once: the diagnostic that asked for it is
 * gone under its stem too, so nothing asks again. Only then is a fix `verified`.
 */
import type { File } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { diffDiagnostics } from './delta.ts';
import type { Diagnostic, FixRefusal, SuggestedFix } from './diagnostic.ts';
import { applyFix, type PatchedTexts, withLineEndings } from './edits.ts';
import { gofmtComplaint } from './gofmt-shape.ts';
import { messageOf } from './pass.ts';
import type { AnyRule } from './rule.ts';
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

/**
 * The diagnostic with its fixes: those candidates that pass verification, best first, at most `limit`; without any,
 * `fixRefusal` says why.
 */
export function withVerifiedFixes(analysed: Analysed, diagnostic: Diagnostic, limit = 1): Diagnostic {
  const candidates = analysed.result.candidateFixes(diagnostic);
  if ('kind' in candidates) return { ...diagnostic, fixRefusal: candidates.reason };
  const fixes: SuggestedFix[] = [];
  let refusal = 'the rule found no candidate';
  for (const candidate of candidates) {
    if (fixes.length >= limit) break;
    const outcome = verifyFix(analysed, diagnostic, candidate);
    if ('kind' in outcome) refusal = `${candidate.message}: ${outcome.reason}`;
    else fixes.push(outcome);
  }
  return fixes.length > 0 ? { ...diagnostic, fixes } : { ...diagnostic, fixRefusal: refusal };
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
  if (brokenCount(after) > brokenCount(before)) return 'the patched file does not parse';
  if (missingReturns(after) > missingReturns(before)) return 'a function with results would end without a return';
  if (!keepsComments(before, after)) return 'a comment would be lost';
  const shape = gofmtComplaint(after.text, changedLines(before.text, after.text));
  return shape === undefined ? undefined : `not as gofmt writes it: ${shape}`;
}

function resultComplaint(analysed: Analysed, diagnostic: Diagnostic, pkg: GoPackage): string | undefined {
  const after = analysePackage(pkg, analysed.rules, analysed.options);
  const crash = after.crashes.find((one) => !analysed.result.crashes.some((known) => known.rule === one.rule));
  if (crash) return `rule ${crash.rule} crashed on the patched code`;
  const delta = diffDiagnostics(analysed.result.diagnostics, after.diagnostics);
  if (!delta.resolved.some((one) => one.fingerprint === diagnostic.fingerprint))
    return 'the diagnostic is still there afterwards';
  if (after.unknowns.length > analysed.result.unknowns.length) return 'the patched code could not be decided';
  const fresh = delta.introduced.find((one) => one.severity !== 'info');
  if (fresh?.rule === diagnostic.rule) return 'the diagnostic is still there in another form';
  return fresh ? `it brings a new \`${fresh.rule}\`` : undefined;
}

function brokenCount(file: File): number {
  const inBodies = file.decls.filter(
    (decl) => decl.kind === 'FuncDecl' && decl.body === undefined && decl.broken !== undefined,
  );
  return Math.max(file.broken.length, inBodies.length);
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
  return new Set(Array.from({ length: now.length - tail - head }, (_, at) => head + at + 1));
}

function fileOf(pkg: GoPackage, path: string): File | undefined {
  return pkg.files.find((file) => file.path === path);
}

function refused(reason: string): FixRefusal {
  return { kind: 'refused', reason };
}
