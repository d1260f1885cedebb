/** What becomes of the leaks that the searches of one function find: reported, or dropped, and by which assumption. */
import { explainFunction, type FunctionExplanation } from '../../concurrency/explain.ts';
import type { Leak, Weight } from '../../concurrency/leak.ts';
import type { LoggedSearch } from '../../concurrency/search-log.ts';
import type { FuncDecl } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { ruleOf } from './classify.ts';
import type { SourceSite } from './operation.ts';
import type { Assumption } from './plausibility/assumption.ts';
import { verdictOf, weigher } from './plausibility/verdict.ts';
import { rootOf } from './root-cause.ts';
import { storyOf } from './story.ts';

export interface ExplainedLeak {
  /** Source of the operation that blocks; absent when nothing of the path lies in the source under review. */
  readonly operation?: string;
  readonly site?: SourceSite;
  readonly rule?: string;
  readonly severity: Weight;
  /** Why it is left out before its assumptions are asked for. */
  readonly leftOut?: string;
  /** What the path rests on; of a silent leak the last one is what silences it. */
  readonly assumptions: readonly Assumption[];
}

export interface ExplainedSearch extends LoggedSearch {
  readonly leaks: readonly ExplainedLeak[];
}

export interface BlockedExplanation extends Omit<FunctionExplanation, 'searches'> {
  readonly searches: readonly ExplainedSearch[];
}

/** Explores a function alone, and weighs what is found as the rules do. */
export function explainBlocked(pkg: GoPackage, decl: FuncDecl): BlockedExplanation {
  const explained = explainFunction(pkg, decl, weigher(pkg));
  const searches = explained.searches.map((search) => ({
    ...search,
    leaks: (search.result?.leaks ?? []).map((leak) => explainLeak(pkg, leak, search.leftOut?.(leak))),
  }));
  return { ...explained, searches };
}

function explainLeak(pkg: GoPackage, leak: Leak, leftOut: string | undefined): ExplainedLeak {
  const root = rootOf(leak);
  const story = root && storyOf(pkg, leak, root);
  if (!story)
    return {
      severity: 'silent',
      leftOut: leftOut ?? 'no step of its path is in the package under review',
      assumptions: [],
    };
  const { operation, site } = story;
  return {
    operation: operation.text,
    site,
    rule: ruleOf(story),
    ...verdictOf(pkg, story),
    ...(leftOut === undefined ? {} : { leftOut, severity: 'silent' }),
  };
}
