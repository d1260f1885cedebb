/** Types of expressions. */
import type { CallExpr, CompositeLit, Expr } from './ast.ts';
import { selectMember } from './members.ts';
import { type Model, unparen } from './model.ts';
import { type Substitution, substitute, unify } from './substitute.ts';
import { funcType } from './type-exprs.ts';
import { type GoType, unknownType } from './types.ts';

export const boolean: GoType = { kind: 'basic', name: 'bool' };

export const integer: GoType = { kind: 'basic', name: 'int' };

const text: GoType = { kind: 'basic', name: 'string' };

const literalTypes: Readonly<Record<string, GoType>> = {
  INT: integer,
  FLOAT: { kind: 'basic', name: 'float64' },
  IMAG: { kind: 'basic', name: 'complex128' },
  CHAR: { kind: 'basic', name: 'int32' },
  STRING: text,
};

const boolOperators = new Set(['==', '!=', '<', '<=', '>', '>=', '&&', '||']);

/** The type of an expression; of a type expression the type that it denotes. Calls of several results give a tuple. */
export function typeOfExpr(pkg: Model, expr: Expr): GoType {
  switch (expr.kind) {
    case 'Ident':
      return typeOfIdent(pkg, expr);
    case 'BasicLit':
      return literalTypes[expr.tok] ?? unknownType;
    case 'CompositeLit':
      return compositeType(pkg, expr);
    case 'FuncLit':
      return funcType(pkg, expr.type);
    case 'ParenExpr':
      return pkg.typeOf(expr.x);
    case 'SelectorExpr':
      return typeOfSelector(pkg, expr);
    case 'IndexExpr':
      return typeOfIndex(pkg, expr);
    case 'SliceExpr':
      return typeOfSlice(pkg, pkg.typeOf(expr.x));
    case 'TypeAssertExpr':
      return expr.type ? pkg.typeOfTypeExpr(expr.type) : unknownType;
    case 'CallExpr':
      return typeOfCall(pkg, expr);
    case 'StarExpr':
      return typeOfStar(pkg, expr);
    case 'UnaryExpr':
      return typeOfUnary(pkg, expr.op, pkg.typeOf(expr.x));
    case 'BinaryExpr':
      return typeOfBinary(pkg, expr);
    case 'KeyValueExpr':
    case 'BadExpr':
      return unknownType;
    default:
      return pkg.typeOfTypeExpr(expr);
  }
}

function typeOfIdent(pkg: Model, expr: Extract<Expr, { kind: 'Ident' }>): GoType {
  const binding = pkg.bindingOf(expr);
  if (!binding) return unknownType;
  if (binding.kind === 'type' || binding.kind === 'typeParam') return pkg.typeOfTypeExpr(expr);
  return pkg.typeOfBinding(binding);
}

/** The type that an elided composite literal takes from the one around it. */
export function compositeType(pkg: Model, expr: CompositeLit): GoType {
  if (expr.type) return pkg.typeOfTypeExpr(expr.type);
  let child: Expr = expr;
  let parent = pkg.parentOf(expr);
  const isKey = parent?.kind === 'KeyValueExpr' && parent.key === expr;
  if (parent?.kind === 'KeyValueExpr') {
    child = parent;
    parent = pkg.parentOf(parent);
  }
  if (parent?.kind !== 'CompositeLit' || !parent.elts.includes(child)) return unknownType;
  const outer = pkg.underlying(stripPointer(pkg.typeOf(parent)));
  if (outer.kind === 'map') return isKey ? outer.key : outer.value;
  return outer.kind === 'slice' || outer.kind === 'array' ? outer.elem : unknownType;
}

export function stripPointer(type: GoType): GoType {
  return type.kind === 'pointer' ? type.elem : type;
}

function typeOfSelector(pkg: Model, expr: Extract<Expr, { kind: 'SelectorExpr' }>): GoType {
  const path = importPathOf(pkg, expr.x);
  if (path !== undefined) return typeOfExternal(pkg, path, expr.sel.name, expr);
  if (pkg.isTypeExpr(expr.x)) return methodExpression(pkg, expr);
  const member = selectMember(pkg, pkg.typeOf(expr.x), expr.sel.name);
  return member && member.kind !== 'opaque' ? member.type : unknownType;
}

/** The import path when the expression is the name of an imported package. */
export function importPathOf(pkg: Model, expr: Expr): string | undefined {
  if (expr.kind !== 'Ident') return undefined;
  const binding = pkg.bindingOf(expr);
  return binding?.kind === 'package' ? binding.importPath : undefined;
}

function typeOfExternal(pkg: Model, path: string, name: string, expr: Expr): GoType {
  const facts = pkg.external(path);
  const binding = facts?.global(name);
  if (facts && binding && binding.kind !== 'type') return facts.typeOfBinding(binding);
  return binding?.kind === 'type' ? pkg.typeOfTypeExpr(expr) : unknownType;
}

/** `T.M` is a function whose first parameter is the receiver. */
function methodExpression(pkg: Model, expr: Extract<Expr, { kind: 'SelectorExpr' }>): GoType {
  const recv = pkg.typeOfTypeExpr(expr.x);
  const member = selectMember(pkg, recv, expr.sel.name);
  if (member?.kind !== 'method' && member?.kind !== 'interfaceMethod') return unknownType;
  if (member.type.kind !== 'func') return unknownType;
  return { ...member.type, params: [{ name: '', type: recv }, ...member.type.params] };
}

function typeOfIndex(pkg: Model, expr: Extract<Expr, { kind: 'IndexExpr' }>): GoType {
  if (pkg.isTypeExpr(expr.x)) return pkg.typeOfTypeExpr(expr);
  const generic = genericParams(pkg, expr.x);
  if (generic) {
    const given = new Map(expr.indices.map((index, i) => [generic[i] ?? '', pkg.typeOfTypeExpr(index)] as const));
    return substitute(pkg.typeOf(expr.x), given);
  }
  const base = pkg.underlying(pkg.typeOf(expr.x));
  const array = base.kind === 'pointer' ? pkg.underlying(base.elem) : base;
  if (array.kind === 'map') return array.value;
  if (array.kind === 'slice' || array.kind === 'array') return array.elem;
  return array.kind === 'basic' && array.name === 'string' ? { kind: 'basic', name: 'uint8' } : unknownType;
}

/** Names of the type parameters when the expression names a generic function. */
function genericParams(pkg: Model, expr: Expr): readonly string[] | undefined {
  const fun = unparen(expr);
  const path = fun.kind === 'SelectorExpr' ? importPathOf(pkg, fun.x) : undefined;
  const binding =
    fun.kind === 'Ident'
      ? pkg.bindingOf(fun)
      : path !== undefined && fun.kind === 'SelectorExpr'
        ? pkg.external(path)?.global(fun.sel.name)
        : undefined;
  if (binding?.kind !== 'func' || binding.decl?.kind !== 'FuncDecl') return undefined;
  const names = binding.decl.type.typeParams.flatMap((field) => field.names.map((name) => name.name));
  return names.length > 0 ? names : undefined;
}

function typeOfSlice(pkg: Model, type: GoType): GoType {
  const base = pkg.underlying(stripPointer(pkg.underlying(type)));
  return base.kind === 'array' ? { kind: 'slice', elem: base.elem } : type;
}

function typeOfCall(pkg: Model, call: CallExpr): GoType {
  const fun = unparen(call.fun);
  if (pkg.isTypeExpr(fun)) return pkg.typeOfTypeExpr(fun);
  const binding = fun.kind === 'Ident' ? pkg.bindingOf(fun) : undefined;
  if (binding?.kind === 'builtin') return typeOfBuiltinCall(pkg, binding.name, call);
  const type = pkg.underlying(pkg.typeOf(fun));
  if (type.kind !== 'func') return unknownType;
  const by = inferred(pkg, call, type);
  const [first, ...rest] = type.results.map((result) => substitute(result.type, by));
  return first && rest.length === 0 ? first : { kind: 'tuple', elems: first ? [first, ...rest] : [] };
}

function inferred(pkg: Model, call: CallExpr, type: Extract<GoType, { kind: 'func' }>): Substitution {
  const names = genericParams(pkg, call.fun);
  if (!names) return new Map();
  const found = new Map<string, GoType>();
  for (const [i, arg] of call.args.entries()) {
    const last = type.params.at(-1);
    const variadic = type.variadic && i >= type.params.length - 1 && !call.ellipsis;
    const param = variadic && last?.type.kind === 'slice' ? last.type.elem : type.params[i]?.type;
    if (param) unify(param, pkg.typeOf(arg), found);
  }
  return new Map(names.map((name) => [name, found.get(name) ?? unknownType]));
}

function typeOfBuiltinCall(pkg: Model, name: string, call: CallExpr): GoType {
  const [first] = call.args;
  switch (name) {
    case 'make':
      return first ? pkg.typeOfTypeExpr(first) : unknownType;
    case 'new':
      // Since Go 1.26 the argument may be a value.
      return first
        ? { kind: 'pointer', elem: pkg.isTypeExpr(first) ? pkg.typeOfTypeExpr(first) : pkg.typeOf(first) }
        : unknownType;
    case 'append':
      return first ? pkg.typeOf(first) : unknownType;
    case 'min':
    case 'max':
      return call.args.map((arg) => pkg.typeOf(arg)).find(({ kind }) => kind !== 'unknown') ?? unknownType;
    case 'len':
    case 'cap':
    case 'copy':
      return integer;
    case 'recover':
      return { kind: 'basic', name: 'any' };
    default:
      return { kind: 'tuple', elems: [] };
  }
}

function typeOfStar(pkg: Model, expr: Extract<Expr, { kind: 'StarExpr' }>): GoType {
  if (pkg.isTypeExpr(expr)) return pkg.typeOfTypeExpr(expr);
  const type = pkg.underlying(pkg.typeOf(expr.x));
  return type.kind === 'pointer' ? type.elem : unknownType;
}

function typeOfUnary(pkg: Model, op: string, x: GoType): GoType {
  if (op === '&') return { kind: 'pointer', elem: x };
  if (op === '!') return boolean;
  if (op !== '<-') return x;
  const channel = pkg.underlying(x);
  return channel.kind === 'chan' ? channel.elem : unknownType;
}

function typeOfBinary(pkg: Model, expr: Extract<Expr, { kind: 'BinaryExpr' }>): GoType {
  if (boolOperators.has(expr.op)) return boolean;
  if (expr.op === '<<' || expr.op === '>>') return pkg.typeOf(expr.x);
  // An untyped constant takes the other operand's type: `5 * time.Second`.
  const constant = unparen(expr.x).kind === 'BasicLit';
  const left = constant ? pkg.typeOf(expr.y) : pkg.typeOf(expr.x);
  return left.kind === 'unknown' ? pkg.typeOf(constant ? expr.x : expr.y) : left;
}
