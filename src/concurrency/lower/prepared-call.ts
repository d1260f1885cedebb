/** A call with its operands evaluated: what a `go` or `defer` keeps until the call is made. */
import type { CallExpr } from '../../go/ast.ts';
import { unknownType } from '../../go/types.ts';
import type { Callable, Hint, Slot } from '../ir.ts';
import { lowerExpr, lowerValue, lowerValues } from './expressions.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { type Emit, operand, unknownResults } from './library/emission.ts';
import { resolveNamed } from './value-types.ts';

/** A call whose operands are evaluated. */
export type PreparedCall =
  | {
      readonly kind: 'call';
      readonly callee: Callable;
      readonly args: readonly Slot[];
      readonly hints: readonly Hint[];
      readonly contexts?: readonly Slot[];
    }
  | {
      readonly kind: 'emit';
      readonly name: string;
      readonly operands: readonly Slot[];
      readonly hints: readonly Hint[];
      readonly emit: Emit;
    };

export function conversion(f: FunctionLowering, call: CallExpr): PreparedCall {
  const [arg] = call.args;
  const target = resolveNamed(f.pkg, f.pkg.typeOf(call));
  if (arg && target.kind === 'basic' && target.name === 'uintptr' && f.pkg.constantOf(arg) === undefined) {
    // The number of an address.
    lowerExpr(f, arg);
    return { kind: 'emit', name: 'conversion', operands: [], hints: ['int'], emit: unknownResults };
  }
  const value = arg ? lowerValue(f, arg) : f.b.constant(null, f.site(call));
  return { kind: 'emit', name: 'conversion', operands: [value], hints: [], emit: (e) => [operand(e, 0)] };
}

/** Arguments for a declared signature: `f(g())` is spread, variadic arguments become a list. */
export function argumentsFor(
  f: FunctionLowering,
  call: CallExpr,
  paramCount: number,
  variadic: boolean,
): readonly Slot[] {
  const fixed = variadic ? paramCount - 1 : paramCount;
  const spread = call.args.length === 1 && paramCount > 1;
  const values = spread
    ? lowerValues(f, call.args, Math.max(paramCount, 2))
    : call.args.map((arg) => lowerValue(f, arg));
  if (!variadic || call.ellipsis) return values;
  const site = f.site(call);
  const rest = values.slice(fixed);
  if (rest.length === 0) return [...values, f.b.constant(null, site)];
  const list = f.b.slot();
  f.b.emit({ op: 'new', dst: list, object: { kind: 'list', map: false } }, site);
  f.b.emit({ op: 'append', dst: list, list, values: rest }, site);
  return [...values.slice(0, fixed), list];
}

/** Hints of the results, at least `wanted` many. */
export function resultHints(f: FunctionLowering, call: CallExpr, wanted: number): readonly Hint[] {
  const type = f.pkg.typeOf(call) ?? unknownType;
  const types = type.kind === 'tuple' ? type.elems : type.kind === 'unknown' ? [] : [type];
  const hints = types.map((each) => f.hint(each));
  while (hints.length < wanted) hints.push('any');
  return hints;
}
