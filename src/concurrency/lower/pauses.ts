import type { BlockStmt } from '../../go/ast.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { isPause } from './library/pauses.ts';

/** Whether a block does nothing but wait for a while, e.g. calls runtime.Gosched. */
export function onlyPauses(f: FunctionLowering, block: BlockStmt): boolean {
  if (block.list.length === 0) return false;
  return block.list.every((stmt) => {
    if (stmt.kind !== 'ExprStmt' || stmt.x.kind !== 'CallExpr') return false;
    const callee = f.pkg.calleeOf(stmt.x);
    return callee.kind === 'external' && isPause(callee.path, callee.name);
  });
}
