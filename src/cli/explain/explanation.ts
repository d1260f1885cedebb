/** The explanation of one function as plain values: what `check --explain FUNC --format json` prints. */
import type { Site } from '../../concurrency/ir.ts';
import type { Rung } from '../../concurrency/search-log.ts';
import type { FuncDecl } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import {
  type BlockedExplanation,
  type ExplainedLeak,
  type ExplainedSearch,
  explainBlocked,
} from '../../rules/blocked/explain.ts';

/** A place; absent for the library models, which have no file. */
export interface ExplainedPlace {
  readonly path: string;
  readonly line: number;
}

export interface Explanation {
  readonly function: string;
  readonly package: string;
  readonly place: ExplainedPlace | null;
  readonly entry: { readonly chosen: boolean; readonly reason: string };
  readonly callees: {
    readonly seen: readonly {
      readonly name: string;
      readonly place: ExplainedPlace | null;
      readonly instructions: number;
      /** What it does to what it is given; whether it may block, starts goroutines, never returns. */
      readonly effects: readonly string[];
    }[];
    readonly unseen: readonly {
      readonly name: string;
      readonly reason: string;
      readonly place: ExplainedPlace | null;
      readonly calls: number;
    }[];
  };
  readonly searches: readonly {
    readonly of: string;
    readonly place: ExplainedPlace | null;
    readonly rung: Rung;
    readonly instructions: { readonly before: number; readonly after: number } | null;
    readonly states: number;
    readonly transitions: number;
    /** `nothing to search`: no instruction is left that could block. */
    readonly outcome: 'decided' | 'not decided' | 'nothing to search';
    readonly reason: string | null;
    readonly leaks: readonly {
      /** Why it is dropped before its assumptions count. */
      readonly leftOut: string | null;
      readonly operation: string | null;
      readonly place: ExplainedPlace | null;
      readonly rule: string | null;
      readonly severity: 'error' | 'warning' | 'silent';
      readonly assumptions: readonly {
        readonly kind: string;
        readonly text: string;
        readonly place: ExplainedPlace | null;
      }[];
    }[];
  }[];
}

export function explanationOf(pkg: GoPackage, decl: FuncDecl): Explanation {
  const explained: BlockedExplanation = explainBlocked(pkg, decl);
  const { entry, isEntry, reason, seen, unseen, searches } = explained;
  return {
    function: entry.name,
    package: pkg.importPath ?? pkg.dir,
    place: placeOf(entry.site),
    entry: { chosen: isEntry, reason },
    callees: {
      seen: seen.map(({ ref, ...callee }) => ({ name: ref.name, place: placeOf(ref.site), ...callee })),
      unseen: unseen.map(({ site, ...callee }) => ({ ...callee, place: placeOf(site) })),
    },
    searches: searches.map(searchOf),
  };
}

function searchOf({ entry, rung, instructions, result, states, transitions, reason, leaks }: ExplainedSearch) {
  const isSkipped = result === undefined && reason === undefined;
  return {
    of: entry.name,
    place: placeOf(entry.site),
    rung,
    instructions: instructions ?? null,
    states,
    transitions,
    outcome: isSkipped
      ? ('nothing to search' as const)
      : reason === undefined
        ? ('decided' as const)
        : ('not decided' as const),
    reason: reason ?? null,
    leaks: leaks.map(leakOf),
  };
}

function leakOf({ operation, site, rule, severity, leftOut, assumptions }: ExplainedLeak) {
  return {
    leftOut: leftOut ?? null,
    operation: operation ?? null,
    place: site ? placeOf(site) : null,
    rule: rule ?? null,
    severity,
    assumptions: assumptions.map(({ kind, text, place }) => ({ kind, text, place: place ? placeOf(place) : null })),
  };
}

function placeOf({ file, range }: Site): ExplainedPlace | null {
  return file ? { path: file.path, line: file.lines.positionAt(range.start).line } : null;
}
