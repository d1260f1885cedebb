/** Iterators (https://pkg.go.dev/iter): who ranges over one may leave its loop at any time, and `yield` gives false then. */
import type { FuncLit } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import type { GoType } from '../../go/types.ts';
import { walk } from '../../go/walk.ts';
import type { Func } from './place.ts';
import { leavesLoop } from './readers.ts';

/** Whether a function returns an iterator that stops reading from a channel when its loop is left. */
export function iteratorLeaves(pkg: GoPackage, func: Func): boolean {
  if (!func.body || !func.type.results.some((result) => isIterator(pkg, pkg.typeOfTypeExpr(result.type)))) return false;
  let leaves = false;
  walk(func.body, (node) => {
    if (leaves || node.kind !== 'FuncLit') return !leaves;
    leaves = isIteratorType(pkg, node) && stopsReading(pkg, node);
    return false;
  });
  return leaves;
}

/** `func(yield func(...) bool)`. */
function isIterator(pkg: GoPackage, type: GoType): boolean {
  if (type.kind === 'named' && type.path === 'iter') return true;
  const of = pkg.underlying(type);
  const param = of.kind === 'func' && of.params.length === 1 && of.results.length === 0 ? of.params[0] : undefined;
  const takes = param && pkg.underlying(param.type);
  const [only] = takes?.kind === 'func' && takes.results.length === 1 ? takes.results : [];
  return only !== undefined && only.type.kind === 'basic' && only.type.name === 'bool';
}

function isIteratorType(pkg: GoPackage, { type }: FuncLit): boolean {
  const [param] = type.params;
  const takes = type.params.length === 1 && param ? pkg.underlying(pkg.typeOfTypeExpr(param.type)) : undefined;
  return type.results.length === 0 && takes?.kind === 'func' && takes.results.length === 1;
}

function stopsReading(pkg: GoPackage, { body }: FuncLit): boolean {
  let stops = false;
  walk(body, (node) => {
    stops ||= node.kind === 'RangeStmt' && pkg.underlying(pkg.typeOf(node.x)).kind === 'chan' && leavesLoop(node);
    return !stops && node.kind !== 'FuncLit';
  });
  return stops;
}
