/** Whether something bounds how many of a goroutine run at once. */
import type { Expr, Node } from '../../go/ast.ts';
import type { GoPackage, GoroutineStart } from '../../go/package.ts';
import { isNamed } from '../../go/types.ts';
import { walk } from '../../go/walk.ts';
import { loopsAround } from './loop.ts';

const limiterMethods: ReadonlySet<string> = new Set([
  'Acquire',
  'TryAcquire',
  'SetLimit',
  'Wait',
  'Reserve',
  'Allow',
  'Take',
  'Get',
  'Lock',
]);

/**
 * A place before the start, in the same function or the loop around it, at which the starter waits for a slot: a send
 * to or receive from a channel outside a select with other arms, `sem.Acquire`, a rate limiter, `SetLimit`, a counter
 * that is compared. Generous on purpose: it only makes rules quiet.
 */
export function limitBefore(pkg: GoPackage, start: GoroutineStart): Node | undefined {
  const scope = loopsAround(pkg, start.node).at(-1)?.body ?? (start.inner ?? start.func)?.body;
  if (!scope) return undefined;
  let found: Node | undefined;
  walk(scope, (node) => {
    if (found || node.range.start >= start.node.range.start) return false;
    if (node.kind === 'FuncLit') return node.range.end > start.node.range.start;
    if (isLimit(pkg, node)) found = node;
    return true;
  });
  return found;
}

function isLimit(pkg: GoPackage, node: Node): boolean {
  if (node.kind === 'SendStmt') return isToken(pkg, node.value);
  if (node.kind === 'UnaryExpr' && node.op === '<-') return isTokenType(pkg, node.x) && !isAlternative(pkg, node);
  if (node.kind !== 'CallExpr' || node.fun.kind !== 'SelectorExpr') return false;
  const name = node.fun.sel.name;
  return limiterMethods.has(name) && name !== 'Lock' && !isNamed(pkg.typeOf(node.fun.x), 'sync', 'WaitGroup');
}

/** The operation of a select arm with siblings: it tells the loop to end, or brings the next piece of work. */
function isAlternative(pkg: GoPackage, node: Node): boolean {
  for (let at = pkg.parentOf(node); at; at = pkg.parentOf(at)) {
    if (at.kind === 'CommClause') {
      const select = pkg.parentOf(at);
      return select?.kind === 'SelectStmt' && select.clauses.length > 1;
    }
    if (at.kind === 'BlockStmt') return false;
  }
  return false;
}

/** `struct{}{}` and `true`: what semaphores are filled with. */
function isToken(pkg: GoPackage, value: Expr): boolean {
  return (value.kind === 'CompositeLit' && value.elts.length === 0) || pkg.constantOf(value) !== undefined;
}

function isTokenType(pkg: GoPackage, chan: Expr): boolean {
  const type = pkg.typeOf(chan);
  if (type.kind !== 'chan') return false;
  const elem = pkg.underlying(type.elem);
  return (
    (elem.kind === 'struct' && elem.fields.length === 0) ||
    (elem.kind === 'basic' && (elem.name === 'bool' || elem.name === 'int'))
  );
}
