/** Pointers: `&x`, `*p`, and what a pointer refers to. */
import type { Expr } from '../../go/ast.ts';
import type { Site, Slot, StructShape } from '../ir.ts';
import { lowerExpr, selectedObject } from './expressions.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { isValueObject, resolveNamed } from './value-types.ts';

/** What a pointer refers to: a struct object (the pointer is the reference), or a cell with the value. */
export function pointerTarget(f: FunctionLowering, pointer: Expr): 'object' | 'cell' {
  const type = resolveNamed(f.pkg, f.pkg.typeOf(pointer));
  if (type.kind !== 'pointer') return 'object';
  return isValueObject(f.pkg, type.elem) || type.elem.kind === 'unknown' || type.elem.kind === 'typeParam'
    ? 'object'
    : 'cell';
}

export function lowerStar(f: FunctionLowering, pointer: Expr, site: Site): Slot {
  const slot = lowerExpr(f, pointer);
  if (pointerTarget(f, pointer) === 'object') return slot;
  const dst = f.b.slot();
  f.b.emit({ op: 'load', dst, cell: slot }, site);
  return dst;
}

/** `&x`: objects are references already; other variables live in a cell. */
export function lowerAddress(f: FunctionLowering, target: Expr, site: Site): Slot {
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
  if (target.kind === 'IndexExpr') f.b.emit({ op: 'overwrite', src: lowerExpr(f, target.x) }, site);
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
