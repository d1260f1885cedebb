/** Expressions become slots. */
import type { BinaryExpr, Expr, FuncLit, Ident, IndexExpr, SelectorExpr, UnaryExpr } from '../../go/ast.ts';
import type { Binding, FieldInfo } from '../../go/package.ts';
import type { GoType } from '../../go/types.ts';
import type { Slot } from '../ir.ts';
import { isBinaryOp } from './assignments.ts';
import { lowerCall } from './calls.ts';
import { unparen } from './captures.ts';
import { lowerComposite } from './composites.ts';
import { conditionValue } from './conditions.ts';
import { pathToField } from './embedding.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { hasScalarAddress } from './handed-addresses.ts';
import { lowerAddress, lowerStar } from './pointers.ts';
import { externalMember, methodValue, readGlobal } from './references.ts';
import { isSilentTimer } from './silent-timers.ts';
import { lowerSlice } from './slice-expressions.ts';
import { emitHasType } from './type-tests.ts';
import { isValueObject, resolveNamed } from './value-types.ts';

export function lowerExpr(f: FunctionLowering, expr: Expr): Slot {
  return f.nested(() => lower(f, expr));
}

function lower(f: FunctionLowering, expr: Expr): Slot {
  const site = f.site(expr);
  switch (expr.kind) {
    case 'ParenExpr':
      return lowerExpr(f, expr.x);
    case 'BasicLit':
      return lowerConstant(f, expr) ?? f.unknown(expr.tok === 'STRING' ? 'string' : 'int', site);
    case 'Ident':
      return lowerIdent(f, expr);
    case 'FuncLit':
      return lowerFuncLit(f, expr);
    case 'CompositeLit':
      return lowerComposite(f, expr, f.pkg.typeOf(expr));
    case 'SelectorExpr':
      return lowerSelector(f, expr);
    case 'IndexExpr':
      return lowerIndex(f, expr);
    case 'SliceExpr':
      return lowerSlice(f, expr);
    case 'TypeAssertExpr':
      return lowerExpr(f, expr.x);
    case 'CallExpr':
      return lowerCall(f, expr, 1)[0] ?? f.b.constant(null, site);
    case 'StarExpr':
      return lowerStar(f, expr.x, site);
    case 'UnaryExpr':
      return lowerUnary(f, expr);
    case 'BinaryExpr':
      return lowerBinary(f, expr);
    default:
      return f.unknown('any', site);
  }
}

/** An expression as a value of its own: structs and arrays that stay reachable elsewhere are copied. */
export function lowerValue(f: FunctionLowering, expr: Expr): Slot {
  const slot = lowerExpr(f, expr);
  const inner = unparen(expr);
  const isPlace =
    inner.kind === 'Ident' || inner.kind === 'SelectorExpr' || inner.kind === 'IndexExpr' || inner.kind === 'StarExpr';
  if (!isPlace || !isValueObject(f.pkg, f.pkg.typeOf(inner))) return slot;
  const dst = f.b.slot();
  f.b.emit({ op: 'copy', dst, src: slot }, f.site(expr));
  return dst;
}

const NILABLE: ReadonlySet<GoType['kind']> = new Set(['pointer', 'interface', 'chan', 'func', 'map']);

/**
 * The values of an expression list for `wanted` receivers: one expression may stand for several (`v, ok := <-ch`,
 * `a, b := f()`). Each value is one that its receiver may keep.
 */
export function lowerValues(f: FunctionLowering, exprs: readonly Expr[], wanted: number): readonly Slot[] {
  const [only] = exprs;
  if (exprs.length !== 1 || !only || wanted <= 1) return exprs.map((expr) => lowerValue(f, expr));
  const inner = unparen(only);
  const site = f.site(only);
  if (inner.kind === 'CallExpr') return lowerCall(f, inner, wanted);
  if (inner.kind === 'UnaryExpr' && inner.op === '<-') {
    const [dst, ok] = [f.b.slot(), f.b.slot()];
    f.b.emit({ op: 'recv', chan: lowerExpr(f, inner.x), dst, ok, range: false }, site);
    return [dst, ok];
  }
  if (inner.kind === 'IndexExpr' && inner.indices[0]) {
    const [dst, ok] = [f.b.slot(), f.b.slot()];
    const list = lowerExpr(f, inner.x);
    const index = lowerExpr(f, inner.indices[0]);
    const nilWhenAbsent = NILABLE.has(resolveNamed(f.pkg, f.pkg.typeOf(inner)).kind);
    f.b.emit({ op: 'getIndex', dst, ok, list, index, hint: f.lowering.hintOf(inner), nilWhenAbsent }, site);
    return [dst, ok];
  }
  if (inner.kind === 'TypeAssertExpr' && inner.type) {
    const value = lowerValue(f, inner.x);
    return [value, emitHasType(f, value, inner.type, site)];
  }
  return [lowerValue(f, only)];
}

function lowerConstant(f: FunctionLowering, expr: Expr): Slot | undefined {
  const value = f.pkg.constantOf(expr);
  return value === undefined ? undefined : f.b.constant(value, f.site(expr));
}

function lowerIdent(f: FunctionLowering, expr: Ident): Slot {
  const site = f.site(expr);
  const binding = f.pkg.bindingOf(expr);
  if (expr.name === 'nil' && (!binding || binding.kind === 'builtin')) return f.b.constant(null, site);
  if (expr.name === 'true' || expr.name === 'false') {
    if (!binding || binding.kind === 'builtin') return f.b.constant(expr.name === 'true', site);
  }
  if (!binding) return f.unknown(f.lowering.hintOf(expr), site);
  const storage = f.storageOf(binding);
  if (storage) return f.read(storage, site);
  if (binding.kind === 'const') return lowerConstant(f, expr) ?? f.unknown(f.lowering.hintOf(expr), site);
  return readGlobal(f, expr, binding);
}

function lowerFuncLit(f: FunctionLowering, lit: FuncLit): Slot {
  const site = f.site(lit);
  const captures = f.analysis.captured(lit).map((binding) => captureOf(f, binding, lit));
  const dst = f.b.slot();
  f.b.emit({ op: 'closure', dst, code: f.lowering.codeOfLit(lit), captures }, site);
  return dst;
}

/** What a closure holds: the cell of a variable that changes, the value of one that does not. */
function captureOf(f: FunctionLowering, binding: Binding, lit: FuncLit): Slot {
  const storage = f.storageOf(binding);
  return storage?.slot ?? f.unknown(f.hint(f.pkg.typeOfBinding(binding)), f.site(lit));
}

/** The object and field that a selector names, promoted fields included; undefined when it names no field. */
export function selectedObject(
  f: FunctionLowering,
  expr: SelectorExpr,
): { readonly object: Slot; readonly field: string; readonly info?: FieldInfo } | undefined {
  const info = f.pkg.selectedField(expr);
  const x = unparen(expr.x);
  if (!info) {
    const binding = x.kind === 'Ident' ? f.pkg.bindingOf(x) : undefined;
    if (binding?.kind === 'package' || binding?.kind === 'type') return undefined;
    const object = lowerExpr(f, expr.x);
    return { object, field: expr.sel.name };
  }
  const object = f.follow(lowerExpr(f, expr.x), pathToField(f.pkg, f.pkg.typeOf(expr.x), info), f.site(expr));
  return { object, field: info.name, info };
}

function lowerSelector(f: FunctionLowering, expr: SelectorExpr): Slot {
  const site = f.site(expr);
  const constant = lowerConstant(f, expr);
  if (constant !== undefined) return constant;
  const member = externalMember(f, expr);
  if (member !== undefined) return member;
  const method = methodValue(f, expr);
  if (method !== undefined) return method;
  if (isSilentTimer(f.pkg, expr)) return f.b.constant(null, site);
  const selected = selectedObject(f, expr);
  const hint = f.lowering.hintOf(expr);
  if (!selected) return f.unknown(hint, site);
  // A field whose address is taken changes behind our back.
  if (selected.info && hasScalarAddress(f, selected.info)) return f.unknown(hint, site);
  const dst = f.b.slot();
  f.b.emit({ op: 'getField', dst, object: selected.object, field: selected.field, hint }, site);
  return dst;
}

function lowerIndex(f: FunctionLowering, expr: IndexExpr): Slot {
  const site = f.site(expr);
  const type = f.pkg.typeOf(expr.x);
  // Instantiation of a generic function is the function itself.
  if (type.kind === 'func' || expr.indices.length !== 1) return lowerExpr(f, expr.x);
  const [first] = expr.indices;
  if (!first) return f.unknown('any', site);
  const list = lowerExpr(f, expr.x);
  const index = lowerExpr(f, first);
  if (resolveNamed(f.pkg, type).kind === 'basic') return f.unknown('int', site);
  const dst = f.b.slot();
  f.b.emit({ op: 'getIndex', dst, list, index, hint: f.lowering.hintOf(expr) }, site);
  return dst;
}

/** A part of a list: the whole list when it starts at the front without a limit, otherwise not known. */
function lowerUnary(f: FunctionLowering, expr: UnaryExpr): Slot {
  const site = f.site(expr);
  const dst = f.b.slot();
  switch (expr.op) {
    case '<-':
      f.b.emit({ op: 'recv', chan: lowerExpr(f, expr.x), dst, range: false }, site);
      return dst;
    case '&':
      return lowerAddress(f, unparen(expr.x), site);
    case '!':
      f.b.emit({ op: 'not', dst, x: lowerExpr(f, expr.x) }, site);
      return dst;
    case '-': {
      const constant = lowerConstant(f, expr);
      if (constant !== undefined) return constant;
      const x = lowerExpr(f, expr.x);
      f.b.emit({ op: 'binary', dst, operator: '-', x: f.b.constant(0, site), y: x }, site);
      return dst;
    }
    case '+':
      return lowerExpr(f, expr.x);
    default: {
      const constant = lowerConstant(f, expr);
      if (constant !== undefined) return constant;
      lowerExpr(f, expr.x);
      return f.unknown('int', site);
    }
  }
}

function lowerBinary(f: FunctionLowering, expr: BinaryExpr): Slot {
  if (expr.op === '&&' || expr.op === '||') return conditionValue(f, expr);
  const constant = lowerConstant(f, expr);
  if (constant !== undefined) return constant;
  const site = f.site(expr);
  const x = lowerExpr(f, expr.x);
  const y = lowerExpr(f, expr.y);
  const dst = f.b.slot();
  if (isBinaryOp(expr.op)) f.b.emit({ op: 'binary', dst, operator: expr.op, x, y }, site);
  else f.b.emit({ op: 'unknown', dst, hint: 'any' }, site);
  return dst;
}
