/** Expressions become slots. */
import type { BinaryExpr, Expr, FuncLit, Ident, IndexExpr, SelectorExpr, UnaryExpr } from '../../go/ast.ts';
import type { Binding, FieldInfo, GoPackage } from '../../go/package.ts';
import type { Site, Slot, StructShape } from '../ir.ts';
import { isBinaryOp } from './assignments.ts';
import { lowerCall } from './calls.ts';
import { unparen } from './captures.ts';
import { lowerComposite } from './composites.ts';
import { conditionValue } from './conditions.ts';
import { pathToField } from './embedding.ts';
import { definesFlag } from './flags.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { externalMember, methodValue, readGlobal } from './references.ts';
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
    f.b.emit({ op: 'getIndex', dst, ok, list, index, hint: f.lowering.hintOf(inner) }, site);
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
  const info = f.pkg.fieldOf(expr);
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
  const selected = selectedObject(f, expr);
  const hint = f.lowering.hintOf(expr);
  if (!selected) return f.unknown(hint, site);
  // A field whose address is taken changes behind our back.
  if (selected.info && hasScalarAddress(f, selected.info)) return f.unknown(hint, site);
  const dst = f.b.slot();
  f.b.emit({ op: 'getField', dst, object: selected.object, field: selected.field, hint }, site);
  return dst;
}

/** Whether `&s.f` is handed to code that cannot be seen, for a field that is no object of its own. */
function hasScalarAddress(f: FunctionLowering, info: FieldInfo): boolean {
  if (isValueObject(f.pkg, info.type) || !addressedNames(f.pkg).has(info.name)) return false;
  let known = handedOut.get(info);
  if (known === undefined) {
    known = isHandedOut(f, info);
    handedOut.set(info, known);
  }
  return known;
}

const handedOut = new WeakMap<FieldInfo, boolean>();

/** Asked of the few functions that hand out addresses; `info.uses` would look at every function that knows the type. */
function isHandedOut(f: FunctionLowering, info: FieldInfo): boolean {
  const { pkg } = f;
  return pkg.selectorsNamed(info.name, handsOutAddress).some((selector) => {
    let node = pkg.parentOf(selector);
    while (node?.kind === 'ParenExpr') node = pkg.parentOf(node);
    if (node?.kind !== 'UnaryExpr' || node.op !== '&') return false;
    const call = pkg.parentOf(node);
    if (call?.kind !== 'CallExpr' || call.fun === node || definesFlag(call) || pkg.fieldOf(selector) !== info)
      return false;
    const callee = pkg.calleeOf(call);
    if (callee.kind === 'external') return callee.path !== 'sync/atomic';
    return callee.kind !== 'func' && callee.kind !== 'method' && callee.kind !== 'lit';
  });
}

/** Whether an address is an argument somewhere in a text, comments between the two included. */
const handsOutAddress = /[(,](?:\s|\/\*[^*]*\*\/|\/\/[^\n]*\n)*&/;

/** An argument that is the address of a place, as far as the place is a chain of names and elements; atomics left out. */
const addressedPlace = /(?:(?<!\batomic\.\w{1,24})\(|,)\s*&\(?((?:[\w\u0080-\uffff.]|\[[^\]\n]{0,80}\])+)/g;

const addressed = new WeakMap<GoPackage, ReadonlySet<string>>();

/** Names in places whose address is handed on. Spares a look at all uses of most fields. */
function addressedNames(pkg: GoPackage): ReadonlySet<string> {
  let names = addressed.get(pkg);
  if (!names) {
    const found = new Set<string>();
    for (const { text } of pkg.files) {
      for (const [, place] of text.matchAll(addressedPlace))
        for (const name of (place ?? '').split('.')) found.add(name);
    }
    names = found;
    addressed.set(pkg, names);
  }
  return names;
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
function lowerSlice(f: FunctionLowering, expr: Expr & { readonly kind: 'SliceExpr' }): Slot {
  const list = lowerExpr(f, expr.x);
  const low = expr.low && f.pkg.constantOf(expr.low);
  if (!expr.high && !expr.max && (!expr.low || low === 0)) return list;
  const site = f.site(expr);
  // The part shares elements with the whole; what becomes of them through it is not followed.
  f.b.emit({ op: 'escape', src: list }, site);
  return f.unknown(f.lowering.hintOf(expr.x), site);
}

/** What a pointer refers to: a struct object (the pointer is the reference), or a cell with the value. */
export function pointerTarget(f: FunctionLowering, pointer: Expr): 'object' | 'cell' {
  const type = resolveNamed(f.pkg, f.pkg.typeOf(pointer));
  if (type.kind !== 'pointer') return 'object';
  return isValueObject(f.pkg, type.elem) || type.elem.kind === 'unknown' || type.elem.kind === 'typeParam'
    ? 'object'
    : 'cell';
}

function lowerStar(f: FunctionLowering, pointer: Expr, site: Site): Slot {
  const slot = lowerExpr(f, pointer);
  if (pointerTarget(f, pointer) === 'object') return slot;
  const dst = f.b.slot();
  f.b.emit({ op: 'load', dst, cell: slot }, site);
  return dst;
}

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

/** `&x`: objects are references already; other variables live in a cell. */
function lowerAddress(f: FunctionLowering, target: Expr, site: Site): Slot {
  if (target.kind === 'CompositeLit') return lowerExpr(f, target);
  if (isValueObject(f.pkg, f.pkg.typeOf(target))) return lowerExpr(f, target);
  if (target.kind === 'Ident') {
    const binding = f.pkg.bindingOf(target);
    const storage = binding && f.storageOf(binding);
    if (storage?.cell) return storage.slot;
  }
  if (target.kind === 'StarExpr') return lowerExpr(f, target.x);
  const field = target.kind === 'SelectorExpr' ? selectedObject(f, target) : undefined;
  if (field) return fieldPointer(f, field.object, field.field, site);
  // The address of a field or element that is no object of its own: the value behind it is not followed.
  f.b.emit({ op: 'escape', src: lowerExpr(f, target) }, site);
  return f.unknown('any', site);
}

/** A pointer to a field is a struct that names the field in its type and holds the field's struct as `target`. */
function fieldPointer(f: FunctionLowering, target: Slot, field: string, site: Site): Slot {
  const shape: StructShape = { typeName: `&${field}`, fields: new Map() };
  const dst = f.b.slot();
  f.b.emit({ op: 'new', dst, object: { kind: 'struct', shape: () => shape } }, site);
  f.b.emit({ op: 'setField', object: dst, field: 'target', src: target }, site);
  return dst;
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
