/** What changed between two analyses of a package: pairs diagnostics of base and head by fingerprint. */
import type { Diagnostic } from './diagnostic.ts';
import { stemOf } from './fingerprint.ts';

export interface DiagnosticPair {
  readonly base: Diagnostic;
  readonly head: Diagnostic;
}

export interface DiagnosticDelta {
  /** In head only, in head's order. */
  readonly introduced: readonly Diagnostic[];
  readonly persisting: readonly DiagnosticPair[];
  /** In base only, in base's order. */
  readonly resolved: readonly Diagnostic[];
}

/**
 * Pairs equal fingerprints first; what is left over is paired by equal stems, in order, so that an edit inside a
 * goroutine's body does not make an old diagnostic look new, and a new equal one beside it is still seen.
 */
export function diffDiagnostics(base: readonly Diagnostic[], head: readonly Diagnostic[]): DiagnosticDelta {
  const exact = pairBy(base, head, (diagnostic) => diagnostic.fingerprint);
  const loose = pairBy(exact.base, exact.head, (diagnostic) => stemOf(diagnostic.fingerprint));
  return { introduced: loose.head, persisting: [...exact.pairs, ...loose.pairs], resolved: loose.base };
}

interface Pairing {
  readonly pairs: readonly DiagnosticPair[];
  readonly base: readonly Diagnostic[];
  readonly head: readonly Diagnostic[];
}

function pairBy(
  base: readonly Diagnostic[],
  head: readonly Diagnostic[],
  keyOf: (diagnostic: Diagnostic) => string,
): Pairing {
  const waiting = new Map<string, Diagnostic[]>();
  for (const diagnostic of base) {
    const key = keyOf(diagnostic);
    waiting.set(key, [...(waiting.get(key) ?? []), diagnostic]);
  }
  const pairs: DiagnosticPair[] = [];
  const alone: Diagnostic[] = [];
  for (const diagnostic of head) {
    const partner = waiting.get(keyOf(diagnostic))?.shift();
    if (partner) pairs.push({ base: partner, head: diagnostic });
    else alone.push(diagnostic);
  }
  const left = new Set([...waiting.values()].flat());
  return { pairs, base: base.filter((diagnostic) => left.has(diagnostic)), head: alone };
}
