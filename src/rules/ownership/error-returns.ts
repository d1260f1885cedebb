/** The returns by which a function tells its caller that it failed. */
import type { FuncDecl, ReturnStmt } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { walkOwn } from './reach.ts';

/** The returns of a function that, on a branch, hand an error to the caller, in the order of the text. */
export function errorReturns(pkg: GoPackage, func: FuncDecl): readonly ReturnStmt[] {
  return returnsOf(pkg, func).filter((exit) => isFailure(exit) && isBranched(pkg, exit));
}

/** The returns of a function whose last result is an error. */
export function returnsOf(pkg: GoPackage, { type, body }: FuncDecl): readonly ReturnStmt[] {
  const last = type.results.at(-1);
  const found: ReturnStmt[] = [];
  if (!body || !last || !isError(pkg.typeOfTypeExpr(last.type))) return [];
  walkOwn(body, (node) => {
    if (node.kind === 'ReturnStmt') found.push(node);
    return true;
  });
  return found;
}

function isBranched(pkg: GoPackage, exit: ReturnStmt): boolean {
  for (let at = pkg.parentOf(exit); at && at.kind !== 'FuncDecl'; at = pkg.parentOf(at))
    if (at.kind === 'IfStmt' || at.kind === 'CaseClause' || at.kind === 'CommClause') return true;
  return false;
}

function isError(type: ReturnType<GoPackage['typeOf']>): boolean {
  return type.kind === 'basic' || type.kind === 'named' ? type.name === 'error' : false;
}

/** The last of several results, or the only one, is something else than `nil`. */
function isFailure({ results }: ReturnStmt): boolean {
  const last = results.at(-1);
  return last !== undefined && !(last.kind === 'Ident' && last.name === 'nil');
}
