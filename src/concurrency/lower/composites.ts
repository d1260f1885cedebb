/** Composite literals: structs, lists and maps that are made here. */
import type { CompositeLit, Expr } from '../../go/ast.ts';
import { type GoType, unknownType } from '../../go/types.ts';
import type { Slot, StructShape } from '../ir.ts';
import { fieldName } from './embedding.ts';
import { lowerValue } from './expressions.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { resolveNamed, syncObject } from './value-types.ts';

/** `type` is the literal's type, from the place around it when the literal leaves it out. */
export function lowerComposite(f: FunctionLowering, lit: CompositeLit, type: GoType): Slot {
  const base = type.kind === 'pointer' ? type.elem : type;
  const below = resolveNamed(f.pkg, base);
  const sync = syncObject(base);
  const site = f.site(lit);
  const dst = f.b.slot();
  if (sync) {
    f.b.emit({ op: 'new', dst, object: sync }, site);
    setKeyedFields(f, lit, dst);
    return dst;
  }
  if (below.kind === 'slice' || below.kind === 'array') return lowerList(f, lit, below.elem, dst);
  if (below.kind === 'map') return lowerMap(f, lit, below.key, below.value, dst);
  const shape = f.lowering.shapes.structOf(base) ?? { typeName: typeText(base), fields: new Map() };
  f.b.emit({ op: 'new', dst, object: { kind: 'struct', shape: () => shape } }, site);
  setFields(f, lit, dst, shape, fieldTypes(f, base));
  return dst;
}

function typeText(type: GoType): string {
  return type.kind === 'named' ? `${type.path}.${type.name}` : '';
}

function fieldTypes(f: FunctionLowering, type: GoType): ReadonlyMap<string, GoType> {
  const info = f.pkg.definedType(type);
  if (info && info.fields.size > 0) return new Map([...info.fields.values()].map((field) => [field.name, field.type]));
  const below = resolveNamed(f.pkg, type);
  return new Map(below.kind === 'struct' ? below.fields.map((field) => [fieldName(field), field.type]) : []);
}

function setFields(
  f: FunctionLowering,
  lit: CompositeLit,
  object: Slot,
  shape: StructShape,
  types: ReadonlyMap<string, GoType>,
): void {
  const names = [...shape.fields.keys()];
  lit.elts.forEach((elt, index) => {
    const keyed = elt.kind === 'KeyValueExpr';
    const field = keyed ? (elt.key.kind === 'Ident' ? elt.key.name : undefined) : names[index];
    if (field === undefined) return;
    const src = element(f, keyed ? elt.value : elt, types.get(field) ?? unknownType);
    f.b.emit({ op: 'setField', object, field, src }, f.site(elt));
  });
}

/** `sync.Cond{L: &mu}`. */
function setKeyedFields(f: FunctionLowering, lit: CompositeLit, object: Slot): void {
  for (const elt of lit.elts) {
    if (elt.kind !== 'KeyValueExpr' || elt.key.kind !== 'Ident') continue;
    f.b.emit({ op: 'setField', object, field: elt.key.name, src: lowerValue(f, elt.value) }, f.site(elt));
  }
}

function lowerList(f: FunctionLowering, lit: CompositeLit, elem: GoType, dst: Slot): Slot {
  const site = f.site(lit);
  f.b.emit({ op: 'new', dst, object: { kind: 'list', map: false } }, site);
  const keyed = lit.elts.some((elt) => elt.kind === 'KeyValueExpr');
  if (!keyed) {
    const values = lit.elts.map((elt) => element(f, elt, elem));
    if (values.length > 0) f.b.emit({ op: 'append', dst, list: dst, values }, site);
    return dst;
  }
  lit.elts.forEach((elt, position) => {
    const index = elt.kind === 'KeyValueExpr' ? lowerValue(f, elt.key) : f.b.constant(position, site);
    const src = element(f, elt.kind === 'KeyValueExpr' ? elt.value : elt, elem);
    f.b.emit({ op: 'setIndex', list: dst, index, src }, f.site(elt));
  });
  return dst;
}

function lowerMap(f: FunctionLowering, lit: CompositeLit, key: GoType, value: GoType, dst: Slot): Slot {
  f.b.emit({ op: 'new', dst, object: { kind: 'list', map: true } }, f.site(lit));
  for (const elt of lit.elts) {
    if (elt.kind !== 'KeyValueExpr') continue;
    const index = element(f, elt.key, key);
    f.b.emit({ op: 'setIndex', list: dst, index, src: element(f, elt.value, value) }, f.site(elt));
  }
  return dst;
}

/** An element; an inner literal may leave its type out, `&` included. */
function element(f: FunctionLowering, expr: Expr, type: GoType): Slot {
  if (expr.kind === 'CompositeLit' && !expr.type) return f.nested(() => lowerComposite(f, expr, type));
  return lowerValue(f, expr);
}
