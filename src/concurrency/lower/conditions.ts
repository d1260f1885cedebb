/** Conditions become branches, so that `&&` and `||` evaluate only what Go evaluates. */
import type { Expr } from '../../go/ast.ts';
import type { Label, Slot } from '../ir.ts';
import { unparen } from './captures.ts';
import { lowerExpr } from './expressions.ts';
import type { FunctionLowering } from './function-lowering.ts';

export function lowerCondition(f: FunctionLowering, cond: Expr, then: Label, els: Label): void {
  f.nested(() => condition(f, unparen(cond), then, els));
}

function condition(f: FunctionLowering, cond: Expr, then: Label, els: Label): void {
  if (cond.kind === 'UnaryExpr' && cond.op === '!') {
    lowerCondition(f, cond.x, els, then);
    return;
  }
  if (cond.kind === 'BinaryExpr' && (cond.op === '&&' || cond.op === '||')) {
    const middle = f.b.label();
    if (cond.op === '&&') lowerCondition(f, cond.x, middle, els);
    else lowerCondition(f, cond.x, then, middle);
    f.b.place(middle);
    lowerCondition(f, cond.y, then, els);
    return;
  }
  f.b.emit({ op: 'branch', cond: lowerExpr(f, cond), then, else: els }, f.site(cond));
}

/** A condition as a value. */
export function conditionValue(f: FunctionLowering, cond: Expr): Slot {
  const site = f.site(cond);
  const dst = f.b.slot();
  const [yes, no, end] = [f.b.label(), f.b.label(), f.b.label()];
  lowerCondition(f, cond, yes, no);
  f.b.place(yes);
  f.b.emit({ op: 'const', dst, value: true }, site);
  f.b.jump(end, site);
  f.b.place(no);
  f.b.emit({ op: 'const', dst, value: false }, site);
  f.b.place(end);
  return dst;
}
