/** Types of bindings, from their declarations or first values. */
import type { AssignStmt, Expr, RangeStmt, ValueSpec } from './ast.ts';
import { boolean, integer, stripPointer } from './expr-types.ts';
import { type Model, unparen } from './model.ts';
import type { Binding } from './package.ts';
import { funcType } from './type-exprs.ts';
import { type GoType, unknownType } from './types.ts';

export function bindingType(pkg: Model, binding: Binding): GoType {
  const { decl, ident } = binding;
  if (binding.kind === 'const' && !decl) return binding.name === 'iota' ? integer : boolean;
  if (binding.kind === 'builtin') return binding.name === 'nil' ? { kind: 'nil' } : unknownType;
  switch (decl?.kind) {
    case 'Field':
      return pkg.typeOfTypeExpr(decl.type);
    case 'FuncDecl':
      return funcType(pkg, decl.type);
    case 'TypeSpec':
      return pkg.namedTypeOf(binding);
    case 'ValueSpec':
      return valueSpecType(pkg, binding, decl);
    case 'AssignStmt':
      return assignedType(pkg, decl, ident ? decl.lhs.indexOf(ident) : -1);
    case 'RangeStmt':
      return rangedType(pkg, decl, decl.key === ident ? 'key' : 'value');
    case 'CaseClause':
      return clauseType(pkg, decl);
    default:
      return unknownType;
  }
}

function valueSpecType(pkg: Model, binding: Binding, spec: ValueSpec): GoType {
  if (spec.type) return pkg.typeOfTypeExpr(spec.type);
  const index = binding.ident ? spec.names.indexOf(binding.ident) : -1;
  if (spec.values.length > 0) return multiValueType(pkg, spec.values, spec.names.length, index);
  // A constant without a value repeats the specification before it.
  const group = pkg.parentOf(spec);
  if (group?.kind !== 'GenDecl') return unknownType;
  const before = group.specs
    .slice(0, group.specs.indexOf(spec))
    .findLast((other) => other.kind === 'ValueSpec' && other.values.length > 0);
  if (before?.kind !== 'ValueSpec') return unknownType;
  return before.type ? pkg.typeOfTypeExpr(before.type) : multiValueType(pkg, before.values, spec.names.length, index);
}

function assignedType(pkg: Model, stmt: AssignStmt, index: number): GoType {
  return multiValueType(pkg, stmt.rhs, stmt.lhs.length, index);
}

/** The type of the `index`-th of `count` variables: one value each, a call of several results, or the comma-ok form. */
function multiValueType(pkg: Model, values: readonly Expr[], count: number, index: number): GoType {
  const own = values[index];
  if (values.length === count && own) return singleValue(pkg.typeOf(own));
  const [only] = values;
  if (!only || values.length !== 1) return unknownType;
  const plain = unparen(only);
  if (plain.kind === 'CallExpr') {
    const result = pkg.typeOf(plain);
    return result.kind === 'tuple' ? (result.elems[index] ?? unknownType) : unknownType;
  }
  return index === 0 ? pkg.typeOf(only) : boolean;
}

function singleValue(type: GoType): GoType {
  return type.kind === 'tuple' ? (type.elems[0] ?? unknownType) : type;
}

function rangedType(pkg: Model, stmt: RangeStmt, part: 'key' | 'value'): GoType {
  const whole = pkg.typeOf(stmt.x);
  const over = pkg.underlying(stripPointer(pkg.underlying(whole)));
  switch (over.kind) {
    case 'slice':
    case 'array':
      return part === 'key' ? integer : over.elem;
    case 'map':
      return part === 'key' ? over.key : over.value;
    case 'chan':
      return part === 'key' ? over.elem : unknownType;
    case 'basic':
      if (over.name === 'string') return part === 'key' ? integer : { kind: 'basic', name: 'int32' };
      return part === 'key' ? whole : unknownType;
    case 'func':
      return yielded(pkg, over, part);
    default:
      return unknownType;
  }
}

/** Range over a function: the parameters of its `yield`. */
function yielded(pkg: Model, type: Extract<GoType, { kind: 'func' }>, part: 'key' | 'value'): GoType {
  const inner = type.params[0] && pkg.underlying(type.params[0].type);
  return inner?.kind === 'func' ? (inner.params[part === 'key' ? 0 : 1]?.type ?? unknownType) : unknownType;
}

function clauseType(pkg: Model, clause: Extract<Binding['decl'], { kind: 'CaseClause' }>): GoType {
  const [only] = clause.list;
  if (only && clause.list.length === 1 && !(only.kind === 'Ident' && only.name === 'nil'))
    return pkg.typeOfTypeExpr(only);
  const parent = pkg.parentOf(clause);
  return parent?.kind === 'TypeSwitchStmt' ? pkg.typeOf(parent.x) : unknownType;
}
