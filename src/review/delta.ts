/** What the change brought: diagnostics of head that the merge base does not have. */
import { diffDiagnostics } from '../analysis/delta.ts';
import type { Diagnostic } from '../analysis/diagnostic.ts';
import { stemOf } from '../analysis/fingerprint.ts';
import type { DiagnosticDelta } from './finding.ts';

/**
 * Pairs the diagnostics of all packages of base and head by fingerprint, with multiplicity; a file's path plays no part.
 * Among equal defects of one function the fingerprints cannot tell the old one from the new one, but the diff can: the
 * one whose lines were added (`touched`) is the one that was introduced.
 */
export function diagnosticDelta(
  base: readonly Diagnostic[],
  head: readonly Diagnostic[],
  touched: (diagnostic: Diagnostic) => boolean,
): DiagnosticDelta {
  const { introduced, persisting, resolved } = diffDiagnostics(base, head);
  const result = [...introduced];
  const old = persisting.map((pair) => pair.head);
  const added = new Set(old.filter(touched));
  if (added.size === 0) return { introduced, persisting: old, resolved };
  for (const [at, diagnostic] of introduced.entries()) {
    if (touched(diagnostic)) continue;
    const stem = stemOf(diagnostic.fingerprint);
    const other = old.findIndex((candidate) => added.has(candidate) && stemOf(candidate.fingerprint) === stem);
    const swapped = old[other];
    if (!swapped) continue;
    result[at] = swapped;
    old[other] = diagnostic;
    added.delete(swapped);
  }
  return { introduced: result, persisting: old, resolved };
}
