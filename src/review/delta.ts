/** What the change brought: diagnostics of head that the merge base does not have. */
import { diffDiagnostics } from '../analysis/delta.ts';
import type { Diagnostic } from '../analysis/diagnostic.ts';
import { stemOf } from '../analysis/fingerprint.ts';
import { baseLine, type ChangeMap } from './change-map.ts';
import type { DiagnosticDelta } from './finding.ts';
import { touchesAddedLine } from './placement.ts';
import { type Declared, pairByStructure } from './renamed-code.ts';

/**
 * Pairs the diagnostics of all packages of base and head by fingerprint, with multiplicity; a file's path plays no part.
 * The diff and the structure correct the mistakes that fingerprints make:
 *
 * 1. Among equal defects of one function they cannot tell the old one from the new one: the one whose lines were added
 *    is the one that was introduced.
 * 2. They change when the function is renamed or the statement is edited around the defect: a finding of the same rule
 *    on the same unchanged line of the base is the same finding.
 * 3. They change when the function is moved or names change: see `pairByStructure`.
 */
export function diagnosticDelta(
  base: readonly Diagnostic[],
  head: readonly Diagnostic[],
  changes: ChangeMap,
  declared?: Declared,
): DiagnosticDelta {
  const { introduced, persisting, resolved } = diffDiagnostics(base, head);
  const swapped = swapEquals(
    introduced,
    persisting.map((pair) => pair.head),
    changes,
  );
  return pairByStructure(pairByLine(swapped.introduced, swapped.persisting, resolved, changes), changes, declared);
}

type Halves = Pick<DiagnosticDelta, 'introduced' | 'persisting'>;

function swapEquals(introduced: readonly Diagnostic[], persisting: readonly Diagnostic[], changes: ChangeMap): Halves {
  const old = [...persisting];
  const added = new Set(old.filter((diagnostic) => touchesAddedLine(diagnostic, changes)));
  const result = introduced.map((diagnostic) => {
    if (added.size === 0 || touchesAddedLine(diagnostic, changes)) return diagnostic;
    const stem = stemOf(diagnostic.fingerprint);
    const at = old.findIndex((candidate) => added.has(candidate) && stemOf(candidate.fingerprint) === stem);
    const other = old[at];
    if (!other) return diagnostic;
    old[at] = diagnostic;
    added.delete(other);
    return other;
  });
  return { introduced: result, persisting: old };
}

function pairByLine(
  introduced: readonly Diagnostic[],
  persisting: readonly Diagnostic[],
  resolved: readonly Diagnostic[],
  changes: ChangeMap,
): DiagnosticDelta {
  const waiting = new Map<string, Diagnostic[]>();
  for (const diagnostic of resolved) {
    const { path, startLine } = diagnostic.location;
    const key = lineKey(diagnostic.rule, path, startLine);
    waiting.set(key, [...(waiting.get(key) ?? []), diagnostic]);
  }
  const again: Diagnostic[] = [];
  const gone = new Set(resolved);
  const fresh = introduced.filter((diagnostic) => {
    const { path, startLine } = diagnostic.location;
    const before = baseLine(changes, path, startLine);
    const partner = before?.paths
      .map((old) => waiting.get(lineKey(diagnostic.rule, old, before.line))?.shift())
      .find((found) => found !== undefined);
    if (!partner) return true;
    gone.delete(partner);
    again.push(diagnostic);
    return false;
  });
  return {
    introduced: fresh,
    persisting: [...persisting, ...again],
    resolved: resolved.filter((diagnostic) => gone.has(diagnostic)),
  };
}

function lineKey(rule: string, path: string, line: number): string {
  return JSON.stringify([rule, path, line]);
}
