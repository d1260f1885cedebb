/** Which channel an expression names, and what the package does with the channels in its struct fields. */

import type { CallExpr, Expr } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { Binding, FieldInfo, FieldUse, GoPackage } from '../../go/package.ts';
import { isNamed } from '../../go/types.ts';

export type ChannelRef =
  | { readonly kind: 'field'; readonly field: FieldInfo }
  /** A variable of a function or of the package. */
  | { readonly kind: 'variable'; readonly binding: Binding }
  /** `x.Done()`: of a context, or of something that behaves like one. */
  | { readonly kind: 'done'; readonly call: CallExpr }
  /** `time.After`, `time.Tick`, the `C` of a timer or ticker. */
  | { readonly kind: 'timer'; readonly periodic: boolean }
  | { readonly kind: 'unknown' };

/** The channel that `expr` names. Elements of maps and slices, results of calls and the like are `unknown`. */
export function channelOf(pkg: GoPackage, expr: Expr): ChannelRef {
  const x = unparen(expr);
  if (x.kind === 'CallExpr') return channelOfCall(pkg, x);
  if (x.kind === 'SelectorExpr') {
    const type = pkg.typeOf(x.x);
    if (isNamed(type, 'time', 'Ticker')) return { kind: 'timer', periodic: true };
    if (isNamed(type, 'time', 'Timer')) return { kind: 'timer', periodic: false };
    const field = pkg.fieldOf(x);
    if (field) return { kind: 'field', field };
  }
  if (x.kind === 'Ident' || x.kind === 'SelectorExpr') {
    const binding = pkg.bindingOf(x.kind === 'Ident' ? x : x.sel);
    if (binding && (binding.kind === 'var' || binding.kind === 'param' || binding.kind === 'result')) {
      return { kind: 'variable', binding };
    }
  }
  return { kind: 'unknown' };
}

function channelOfCall(pkg: GoPackage, call: CallExpr): ChannelRef {
  const callee = pkg.calleeOf(call);
  if (callee.kind === 'external' && callee.path === 'time') {
    if (callee.name === 'After') return { kind: 'timer', periodic: false };
    if (callee.name === 'Tick') return { kind: 'timer', periodic: true };
  }
  const fun = unparen(call.fun);
  if (fun.kind === 'SelectorExpr' && fun.sel.name === 'Done' && call.args.length === 0) return { kind: 'done', call };
  return { kind: 'unknown' };
}

/** The operand of `<-x`, and of `v := <-x` or `v, ok = <-x` as a statement of a select arm. */
export function receivedFrom(expr: Expr): Expr | undefined {
  const x = unparen(expr);
  return x.kind === 'UnaryExpr' && x.op === '<-' ? x.x : undefined;
}

export function unparen(expr: Expr): Expr {
  let x = expr;
  while (x.kind === 'ParenExpr') x = x.x;
  return x;
}

/** What the package does with one channel field. */
export interface ChannelField {
  readonly field: FieldInfo;
  readonly closes: readonly FieldUse[];
  readonly sends: readonly FieldUse[];
  readonly receives: readonly FieldUse[];
  /**
   * Nobody else can close it or operate on it: the name is not exported (or its type is not), every value is a `make`
   * in this package, and it is never passed on, returned or aliased.
   */
  readonly private: boolean;
  /** Capacities of the `make`s, where constant. */
  readonly capacities: readonly (number | undefined)[];
}

export function channelField(pkg: GoPackage, field: FieldInfo): ChannelField {
  const uses = field.uses;
  const values = uses.filter((use) => use.kind === 'assign' || use.kind === 'init');
  const makes = values.map((use) => use.value && makeCapacity(pkg, use.value));
  const hidden = !isExported(field.name) || !isExported(field.owner.name);
  return {
    field,
    closes: uses.filter((use) => use.kind === 'close'),
    sends: uses.filter((use) => use.kind === 'send'),
    receives: uses.filter((use) => use.kind === 'receive' || use.kind === 'range'),
    private:
      hidden &&
      makes.length > 0 &&
      makes.every((make) => make !== undefined) &&
      uses.every((use) => isPlainUse(pkg, use)),
    capacities: makes.map((make) => make?.capacity),
  };
}

/** A `read` hands the channel on, unless it only asks for its length or compares it. */
function isPlainUse(pkg: GoPackage, use: FieldUse): boolean {
  if (use.kind !== 'read') return use.kind !== 'call';
  const parent = pkg.parentOf(use.node);
  if (parent?.kind === 'BinaryExpr') return true;
  if (parent?.kind !== 'CallExpr') return false;
  const callee = pkg.calleeOf(parent);
  return callee.kind === 'builtin' && (callee.name === 'len' || callee.name === 'cap');
}

/** The capacity of `make(chan T, n)`; undefined when `expr` is no such call. */
export function makeCapacity(pkg: GoPackage, expr: Expr): { readonly capacity: number | undefined } | undefined {
  const call = unparen(expr);
  if (call.kind !== 'CallExpr') return undefined;
  const callee = pkg.calleeOf(call);
  const type = call.args[0];
  if (callee.kind !== 'builtin' || callee.name !== 'make' || !type) return undefined;
  if (type.kind !== 'ChanType' && pkg.underlying(pkg.typeOfTypeExpr(type)).kind !== 'chan') return undefined;
  const size = call.args[1];
  if (!size) return { capacity: 0 };
  const value = pkg.constantOf(size);
  return { capacity: typeof value === 'number' ? value : undefined };
}
