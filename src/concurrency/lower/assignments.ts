/** Assignments, and the places they write to. */
import type { AssignStmt, Expr, IncDecStmt, SelectorExpr, Stmt } from '../../go/ast.ts';
import type { BinaryOp, Hint, Slot } from '../ir.ts';
import { unparen } from './captures.ts';
import { lowerExpr, lowerValues, selectedObject } from './expressions.ts';
import type { FunctionLowering, Storage } from './function-lowering.ts';
import { memberPlace, variablePlace } from './globals.ts';
import { pointerTarget } from './pointers.ts';
import { copyInto } from './struct-copy.ts';

/** Something that can be read and written. Its operands are evaluated once. */
export type Place =
  | { readonly kind: 'blank' }
  | { readonly kind: 'storage'; readonly storage: Storage }
  | { readonly kind: 'cell'; readonly cell: Slot }
  /** A struct that other references share: written in place. */
  | { readonly kind: 'object'; readonly object: Slot; readonly expr: Expr }
  | { readonly kind: 'field'; readonly object: Slot; readonly field: string; readonly hint: Hint }
  | { readonly kind: 'index'; readonly list: Slot; readonly index: Slot; readonly hint: Hint }
  /** A package-level variable, or anything else that code elsewhere can see. */
  | { readonly kind: 'outside'; readonly hint: Hint };

export function placeOf(f: FunctionLowering, target: Expr): Place {
  const expr = unparen(target);
  switch (expr.kind) {
    case 'Ident': {
      if (expr.name === '_') return { kind: 'blank' };
      const binding = f.pkg.bindingOf(expr);
      const storage = binding && f.storageOf(binding);
      if (binding?.kind === 'var' && binding.global && !storage) return variablePlace(f, expr, binding);
      if (!binding || !storage) return { kind: 'outside', hint: f.hint(f.pkg.typeOf(expr)) };
      if (f.analysis.shared.has(binding)) return { kind: 'object', object: f.read(storage, f.site(expr)), expr };
      return { kind: 'storage', storage };
    }
    case 'SelectorExpr': {
      const selected = selectedObject(f, expr);
      if (!selected) return externalPlace(f, expr);
      return { kind: 'field', object: selected.object, field: selected.field, hint: f.hint(f.pkg.typeOf(expr)) };
    }
    case 'IndexExpr': {
      const list = lowerExpr(f, expr.x);
      const [first] = expr.indices;
      const index = first ? lowerExpr(f, first) : f.unknown('len', f.site(expr));
      return { kind: 'index', list, index, hint: f.hint(f.pkg.typeOf(expr)) };
    }
    case 'StarExpr': {
      const pointer = lowerExpr(f, expr.x);
      return pointerTarget(f, expr.x) === 'object'
        ? { kind: 'object', object: pointer, expr }
        : { kind: 'cell', cell: pointer };
    }
    default:
      return { kind: 'outside', hint: 'any' };
  }
}

function externalPlace(f: FunctionLowering, expr: SelectorExpr): Place {
  const hint = f.hint(f.pkg.typeOf(expr));
  const x = unparen(expr.x);
  const binding = x.kind === 'Ident' ? f.pkg.bindingOf(x) : undefined;
  if (binding?.kind !== 'package') return { kind: 'outside', hint };
  return memberPlace(f, binding.importPath ?? binding.name, expr.sel.name, hint, f.site(expr));
}

export function readPlace(f: FunctionLowering, place: Place, at: Stmt | Expr): Slot {
  const site = f.site(at);
  const dst = f.b.slot();
  switch (place.kind) {
    case 'storage':
      f.b.emit({ op: 'move', dst, src: f.read(place.storage, site) }, site);
      return dst;
    case 'cell':
      f.b.emit({ op: 'load', dst, cell: place.cell }, site);
      return dst;
    case 'object':
      return place.object;
    case 'field':
      f.b.emit({ op: 'getField', dst, object: place.object, field: place.field, hint: place.hint }, site);
      return dst;
    case 'index':
      f.b.emit({ op: 'getIndex', dst, list: place.list, index: place.index, hint: place.hint }, site);
      return dst;
    case 'outside':
    case 'blank':
      return f.unknown(place.kind === 'outside' ? place.hint : 'any', site);
  }
}

export function writePlace(f: FunctionLowering, place: Place, src: Slot, at: Stmt | Expr): void {
  const site = f.site(at);
  switch (place.kind) {
    case 'blank':
      return;
    case 'storage':
      f.write(place.storage, src, site);
      return;
    case 'cell':
      f.b.emit({ op: 'store', cell: place.cell, src }, site);
      return;
    case 'object':
      copyInto(f, place.object, src, f.pkg.typeOf(place.expr), site);
      return;
    case 'field':
      f.b.emit({ op: 'setField', object: place.object, field: place.field, src }, site);
      return;
    case 'index':
      f.b.emit({ op: 'setIndex', list: place.list, index: place.index, src }, site);
      return;
    case 'outside':
      f.b.emit({ op: 'escape', src }, site);
      return;
  }
}

/** Assigns to one left-hand side; with `:=` a new variable is declared. */
export function assignTo(f: FunctionLowering, target: Expr, src: Slot, stmt: AssignStmt): void {
  if (stmt.tok === ':=' && target.kind === 'Ident') {
    const binding = f.pkg.bindingOf(target);
    if (target.name === '_' || !binding) return;
    if (binding.ident === target || !f.storageOf(binding)) {
      f.declareBinding(binding, src, f.site(target));
      return;
    }
  }
  writePlace(f, placeOf(f, target), src, stmt);
}

export function lowerAssign(f: FunctionLowering, stmt: AssignStmt): void {
  if (stmt.tok !== '=' && stmt.tok !== ':=') {
    lowerOperatorAssign(f, stmt);
    return;
  }
  const { lhs, rhs } = stmt;
  const [target] = lhs;
  if (lhs.length === 1 && rhs.length === 1 && target && stmt.tok === '=') {
    // Operands of the left side are evaluated first.
    const place = placeOf(f, target);
    const [value] = lowerValues(f, rhs, 1);
    if (value !== undefined) writePlace(f, place, value, stmt);
    return;
  }
  const places = stmt.tok === '=' ? lhs.map((expr) => placeOf(f, expr)) : undefined;
  const values = lowerValues(f, rhs, lhs.length).map((value) => {
    if (lhs.length === 1) return value;
    const dst = f.b.slot();
    f.b.emit({ op: 'move', dst, src: value }, f.site(stmt));
    return dst;
  });
  lhs.forEach((expr, index) => {
    const value = values[index];
    const place = places?.[index];
    if (value === undefined) return;
    if (place) writePlace(f, place, value, stmt);
    else assignTo(f, expr, value, stmt);
  });
}

const operators: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '&', '|', '^', '<<', '>>', '&^']);

export function isBinaryOp(op: string): op is BinaryOp {
  return operators.has(op) || ['==', '!=', '<', '<=', '>', '>='].includes(op);
}

function lowerOperatorAssign(f: FunctionLowering, stmt: AssignStmt): void {
  const [target] = stmt.lhs;
  const [value] = stmt.rhs;
  if (!target || !value) return;
  const operator = stmt.tok.slice(0, -1);
  const place = placeOf(f, target);
  const x = readPlace(f, place, stmt);
  const y = lowerExpr(f, value);
  const dst = f.b.slot();
  if (isBinaryOp(operator)) f.b.emit({ op: 'binary', dst, operator, x, y }, f.site(stmt));
  else f.b.emit({ op: 'unknown', dst, hint: 'any' }, f.site(stmt));
  writePlace(f, place, dst, stmt);
}

export function lowerIncDec(f: FunctionLowering, stmt: IncDecStmt): void {
  const site = f.site(stmt);
  const place = placeOf(f, stmt.x);
  const dst = f.b.slot();
  const x = readPlace(f, place, stmt);
  const y = f.b.constant(1, site);
  f.b.emit({ op: 'binary', dst, operator: stmt.tok === '++' ? '+' : '-', x, y }, site);
  writePlace(f, place, dst, stmt);
}
