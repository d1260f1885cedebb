/** From type expressions to light types. */
import type { Expr, Field, FuncType, TypeSpec } from './ast.ts';
import { importPathOf } from './expr-types.ts';
import { type Model, modelOf, unparen } from './model.ts';
import { type Substitution, substitute } from './substitute.ts';
import { type GoType, type TypedName, unknownType } from './types.ts';

/** The type that a type expression denotes; `unknown` when it is none, or names what the package does not show. */
export function typeOfTypeExpr(pkg: Model, expr: Expr): GoType {
  switch (expr.kind) {
    case 'Ident':
      return namedBy(pkg, expr);
    case 'SelectorExpr':
      return qualified(pkg, expr);
    case 'ParenExpr':
      return pkg.typeOfTypeExpr(expr.x);
    case 'StarExpr':
      return { kind: 'pointer', elem: pkg.typeOfTypeExpr(expr.x) };
    case 'ArrayType':
      return { kind: expr.len ? 'array' : 'slice', elem: pkg.typeOfTypeExpr(expr.elt) };
    case 'Ellipsis':
      return { kind: 'slice', elem: expr.elt ? pkg.typeOfTypeExpr(expr.elt) : unknownType };
    case 'MapType':
      return { kind: 'map', key: pkg.typeOfTypeExpr(expr.key), value: pkg.typeOfTypeExpr(expr.value) };
    case 'ChanType':
      return { kind: 'chan', dir: expr.dir, elem: pkg.typeOfTypeExpr(expr.value) };
    case 'FuncType':
      return funcType(pkg, expr);
    case 'StructType':
      return { kind: 'struct', fields: fieldsOf(pkg, expr.fields) };
    case 'InterfaceType':
      return { kind: 'interface' };
    case 'IndexExpr':
      return instance(pkg, expr.x, expr.indices);
    default:
      return unknownType;
  }
}

function namedBy(pkg: Model, expr: Extract<Expr, { kind: 'Ident' }>): GoType {
  const binding = pkg.bindingOf(expr);
  if (binding?.kind === 'typeParam') return { kind: 'typeParam', name: binding.name };
  if (binding?.kind !== 'type') return unknownType;
  if (binding.decl?.kind !== 'TypeSpec') return { kind: 'basic', name: canonical(binding.name) };
  return pkg.namedTypeOf(binding);
}

/** `byte` and `rune` are aliases. */
function canonical(name: string): string {
  return name === 'byte' ? 'uint8' : name === 'rune' ? 'int32' : name;
}

function qualified(pkg: Model, expr: Extract<Expr, { kind: 'SelectorExpr' }>): GoType {
  const binding = expr.x.kind === 'Ident' ? pkg.bindingOf(expr.x) : undefined;
  if (binding?.kind !== 'package' || binding.importPath === undefined) return unknownType;
  return externalType(pkg, binding.importPath, expr.sel.name);
}

/** A type of another package; aliases that the facts know are followed. */
function externalType(pkg: Model, path: string, name: string): GoType {
  const facts = pkg.external(path);
  const binding = facts?.global(name);
  if (facts && binding?.kind === 'type' && binding.decl?.kind === 'TypeSpec') return facts.namedTypeOf(binding);
  return { kind: 'named', path, name, args: [] };
}

function instance(pkg: Model, x: Expr, indices: readonly Expr[]): GoType {
  const generic = pkg.typeOfTypeExpr(x);
  return generic.kind === 'named' ? { ...generic, args: indices.map((index) => pkg.typeOfTypeExpr(index)) } : generic;
}

export function funcType(pkg: Model, type: FuncType): GoType {
  return {
    kind: 'func',
    params: fieldsOf(pkg, type.params),
    results: fieldsOf(pkg, type.results),
    variadic: type.params.at(-1)?.type.kind === 'Ellipsis',
  };
}

/** One entry per name; unnamed parameters have an empty name, embedded fields their type's name. */
function fieldsOf(pkg: Model, fields: readonly Field[]): readonly TypedName[] {
  return fields.flatMap((field) => {
    const type = pkg.typeOfTypeExpr(field.type);
    if (field.names.length === 0) return [{ name: '', type }];
    return field.names.map((name) => ({ name: name.name, type }));
  });
}

/** Name under which a struct embeds a type: `T` of `*p.T[int]`. */
export function embeddedName(expr: Expr): string {
  const plain = unparen(expr);
  if (plain.kind === 'Ident') return plain.name;
  if (plain.kind === 'SelectorExpr') return plain.sel.name;
  return plain.kind === 'StarExpr' || plain.kind === 'IndexExpr' ? embeddedName(plain.x) : '';
}

export function substitutionOf(spec: TypeSpec, args: readonly GoType[]): Substitution {
  const names = spec.typeParams.flatMap((field) => field.names.map((name) => name.name));
  return new Map(names.flatMap((name, i) => (args[i] ? [[name, args[i]] as const] : [])));
}

/** See `GoPackage.underlying`; also looks through the facts about other packages. */
export function underlyingOf(pkg: Model, type: GoType): GoType {
  let at = type;
  for (let steps = 0; at.kind === 'named' && steps < 20; steps++) {
    const owner = modelOf(pkg, at.path);
    const info = owner?.typeInfoOf(at);
    if (!owner || !info) return at;
    at = substitute(owner.typeOfTypeExpr(info.spec.type), substitutionOf(info.spec, at.args));
  }
  return at;
}

/** Whether an expression denotes a type, so that calling it converts. */
export function denotesType(pkg: Model, expr: Expr): boolean {
  const plain = unparen(expr);
  switch (plain.kind) {
    case 'Ident': {
      const kind = pkg.bindingOf(plain)?.kind;
      return kind === 'type' || kind === 'typeParam';
    }
    case 'StarExpr':
      return denotesType(pkg, plain.x);
    case 'IndexExpr':
      return denotesType(pkg, plain.x);
    case 'SelectorExpr': {
      const path = importPathOf(pkg, plain.x);
      return path !== undefined && pkg.external(path)?.global(plain.sel.name)?.kind === 'type';
    }
    default:
      return /Type$/.test(plain.kind);
  }
}
