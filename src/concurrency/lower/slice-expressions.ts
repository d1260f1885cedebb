/** `x[low:high]`: a part that shares the elements of the whole. */
import type { SliceExpr } from '../../go/ast.ts';
import type { Slot } from '../ir.ts';
import { lowerExpr } from './expressions.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { resolveNamed } from './value-types.ts';

export function lowerSlice(f: FunctionLowering, expr: SliceExpr): Slot {
  const list = lowerExpr(f, expr.x);
  const low = expr.low && f.pkg.constantOf(expr.low);
  if (!expr.high && !expr.max && (!expr.low || low === 0)) return list;
  const site = f.site(expr);
  // The part shares elements with the whole; what becomes of them through it is not followed.
  f.b.emit({ op: 'escape', src: list }, site);
  return slicedList(f, expr, list) ?? f.unknown(f.lowering.hintOf(expr.x), site);
}

/** A list of unknown elements, as long as `x[:n]` or `x[n:]` says, so that a loop over the part runs as often as it must. */
function slicedList(f: FunctionLowering, expr: SliceExpr, list: Slot): Slot | undefined {
  if (resolveNamed(f.pkg, f.pkg.typeOf(expr.x)).kind !== 'slice' || expr.max || (expr.low && expr.high))
    return undefined;
  const site = f.site(expr);
  const bound = expr.high ?? expr.low;
  if (!bound) return undefined;
  let length = lowerExpr(f, bound);
  if (expr.low) {
    const [whole, rest] = [f.b.slot(), f.b.slot()];
    f.b.emit({ op: 'len', dst: whole, of: list, what: 'len' }, site);
    f.b.emit({ op: 'binary', dst: rest, operator: '-', x: whole, y: length }, site);
    length = rest;
  }
  const dst = f.b.slot();
  f.b.emit({ op: 'new', dst, object: { kind: 'list', map: false }, length }, site);
  f.b.emit({ op: 'overwrite', src: dst }, site);
  return dst;
}
