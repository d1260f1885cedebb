/**
 * Loops that start a number of goroutines. The number is a setting or an argument, and nobody asks for no workers at all:
 * such a loop is taken to run at least once. Loops over the elements of something may run not at all.
 */
import type { CallExpr, ForStmt, RangeStmt } from '../../go/ast.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { someNode } from './walk.ts';

/** Whether a loop counts (`for i := 0; i < n; i++`, `for range n`) and starts goroutines. */
export function countsWorkers(f: FunctionLowering, stmt: ForStmt | RangeStmt): boolean {
  if (stmt.kind === 'ForStmt' && !(stmt.init && stmt.post && stmt.cond && comparesNumbers(stmt))) return false;
  return someNode(stmt.body, (node) => node.kind === 'GoStmt' || (node.kind === 'CallExpr' && starts(f, node)));
}

function comparesNumbers({ cond }: ForStmt): boolean {
  return cond?.kind === 'BinaryExpr' && ['<', '<=', '>', '>=', '!='].includes(cond.op);
}

/** `group.Go(...)`, or a function of the package whose text starts a goroutine. */
function starts(f: FunctionLowering, call: CallExpr): boolean {
  if (call.fun.kind === 'SelectorExpr' && call.fun.sel.name === 'Go') return true;
  const callee = f.pkg.calleeOf(call);
  if (callee.kind !== 'func' && callee.kind !== 'method') return false;
  const { bodyRange, file } = callee.decl;
  return bodyRange !== undefined && /\bgo\s+[\w(]|\.Go\(/.test(file.text.slice(bodyRange.start, bodyRange.end));
}
