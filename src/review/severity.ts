/** The order of severities, and what severity a check fails on. */
import type { Diagnostic, Severity } from '../analysis/diagnostic.ts';

const ranks: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/** Severities from worst to least, as tables list them. */
export const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** Negative when `a` is worse than `b`. */
export function compareSeverity(a: Severity, b: Severity): number {
  return ranks[b] - ranks[a];
}

/** Whether a severity is `threshold` or worse; nothing reaches `never`. */
export function reaches(severity: Severity, threshold: Severity | 'never'): boolean {
  return threshold !== 'never' && ranks[severity] >= ranks[threshold];
}

export function countBySeverity(diagnostics: readonly Diagnostic[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of diagnostics) counts[severity]++;
  return counts;
}
