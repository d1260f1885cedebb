/**
 * Verification of a fix by the engine that found the defect.
 *
 * 1. The edits apply. 2. The patched files parse with no broken part that was not there, and no function has lost its
 * final return. 3. Every comment is still there.
 * 4. The changed lines have gofmt's shape. 5. The package is analysed again with the same rules, the explorer searching
 * only from functions that the change can concern (`affected.ts`): this diagnostic is gone and no error or warning is new. 6. Applied twice it would do no more than once: the diagnostic that asked for it is
 * gone under its stem too, so nothing asks again. Only then is a fix `verified`.
 */
import type { File } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { fixWork, stepsFor } from '../work/limits.ts';
import { bounded, Interrupted, isEnd, isEnding } from '../work/meter.ts';
import { resultComplaint } from './compared-results.ts';
import type { Diagnostic, FixRefusal, SuggestedFix } from './diagnostic.ts';
import { applyFix, type PatchedTexts, withLineEndings } from './edits.ts';
import { messageOf } from './pass.ts';
import { fileComplaint } from './patched-file.ts';
import type { AnyRule } from './rule.ts';
import type { AnalysisOptions, AnalysisResult } from './run.ts';

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
    if (isEnd(error)) throw error;
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
    const outcome = tried(analysed, diagnostic, fix);
    if (outcome === undefined || 'kind' in outcome) return undefined;
    verified = outcome;
  }
  return verified;
}

/** So many candidates of one diagnostic are tried: each costs an analysis. */
const MAX_CANDIDATES = 6;

/**
 * The diagnostic with its fixes: those candidates that pass verification, best first, at most `limit`; without any,
 * `fixRefusal` says why.
 */
export function withVerifiedFixes(analysed: Analysed, diagnostic: Diagnostic, limit = 1): Diagnostic {
  if (isEnding()) return { ...diagnostic, fixRefusal: 'the run was interrupted' };
  const made = inAccount(analysed, () => analysed.result.candidateFixes(diagnostic));
  const candidates = made ?? refused(usedUp);
  if ('kind' in candidates) return { ...diagnostic, fixRefusal: candidates.reason };
  const fixes: SuggestedFix[] = [];
  let refusal = 'the rule found no candidate';
  for (const candidate of candidates.slice(0, MAX_CANDIDATES)) {
    if (fixes.length >= limit) break;
    const outcome = tried(analysed, diagnostic, candidate);
    if (outcome === undefined) {
      refusal = usedUp;
      break;
    }
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

/** What looking for fixes of one analysis has cost. */
interface Spending {
  attempts: number;
  work: number;
}

const spendings = new WeakMap<AnalysisResult, Spending>();

function spendingOf(result: AnalysisResult): Spending {
  const known = spendings.get(result) ?? { attempts: 0, work: 0 };
  spendings.set(result, known);
  return known;
}

const usedUp = 'other fixes of the package have used up the verification budget';

/** What `run` gives; undefined when the package has no work left for it, or somebody wants to stop. */
function inAccount<T>({ pkg, result: of }: Analysed, run: () => T): T | undefined {
  const spent = spendingOf(of);
  try {
    const result = bounded(stepsFor(fixWork, pkg.size) - spent.work, run);
    spent.work += result.used;
    return result.kind === 'done' ? result.value : undefined;
  } catch (error) {
    if (error instanceof Interrupted) return undefined;
    throw error;
  }
}

/** One attempt; undefined when the package may cost no more. */
function tried(analysed: Analysed, diagnostic: Diagnostic, fix: SuggestedFix): SuggestedFix | FixRefusal | undefined {
  return affords(analysed) ? inAccount(analysed, () => verifyFix(analysed, diagnostic, fix)) : undefined;
}

/** Whether another candidate may be tried; it is counted when it may. */
function affords({ pkg, result }: Analysed): boolean {
  const spent = spendingOf(result);
  const count = spent.attempts;
  const length = pkg.files.reduce((sum, file) => sum + file.text.length, 0);
  const cost = length + COST_OF_DIAGNOSTIC * result.diagnostics.length;
  if (count >= MIN_ATTEMPTS && count * cost >= MAX_COST) return false;
  spent.attempts += 1;
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

function fileOf(pkg: GoPackage, path: string): File | undefined {
  return pkg.files.find((file) => file.path === path);
}

function refused(reason: string): FixRefusal {
  return { kind: 'refused', reason };
}
