/** Lowers type expressions, parameter lists and the field lists of structs and interfaces. */

import { range } from '../text/offset.ts';
import type { ArrayType, ChanType, Expr, Field, FuncType, InterfaceType, StructType } from './ast.ts';
import { badExpr, childOf, childrenOf, ident, namedChildren, rangeOf, required, type Source, textOf } from './lower.ts';
import { lowerExpr } from './lower-expr.ts';
import type { SyntaxNode } from './parser/syntax.ts';

type Lower = (source: Source, node: SyntaxNode) => Expr;

/** Lowerings of the node types that occur only as types; `lowerExpr` looks here, too. */
export const typeLowerings: Readonly<Record<string, Lower>> = {
  type_identifier: ident,
  package_identifier: ident,
  qualified_type: lowerQualifiedType,
  generic_type: lowerGenericType,
  pointer_type: (source, node) => ({ kind: 'StarExpr', range: rangeOf(node), x: onlyChild(source, node) }),
  parenthesized_type: (source, node) => ({ kind: 'ParenExpr', range: rangeOf(node), x: onlyChild(source, node) }),
  negated_type: (source, node) => ({ kind: 'UnaryExpr', range: rangeOf(node), op: '~', x: onlyChild(source, node) }),
  slice_type: lowerArrayType,
  array_type: lowerArrayType,
  implicit_length_array_type: lowerArrayType,
  map_type: lowerMapType,
  channel_type: lowerChanType,
  function_type: lowerFuncType,
  struct_type: lowerStructType,
  interface_type: lowerInterfaceType,
  type_elem: lowerUnion,
  type_constraint: lowerUnion,
};

function onlyChild(source: Source, node: SyntaxNode): Expr {
  const [child] = namedChildren(node);
  return child ? lowerExpr(source, child) : badExpr(node);
}

function lowerQualifiedType(source: Source, node: SyntaxNode): Expr {
  const name = childOf(node, 'name');
  if (!name) return badExpr(node);
  const x = required(node, 'package', (child) => ident(source, child));
  return { kind: 'SelectorExpr', range: rangeOf(node), x, sel: ident(source, name) };
}

function lowerGenericType(source: Source, node: SyntaxNode): Expr {
  const x = required(node, 'type', (child) => lowerExpr(source, child));
  const args = childOf(node, 'type_arguments');
  return { kind: 'IndexExpr', range: rangeOf(node), x, indices: args ? lowerTypeArguments(source, args) : [] };
}

export function lowerTypeArguments(source: Source, node: SyntaxNode): readonly Expr[] {
  return namedChildren(node).map((child) => lowerExpr(source, child));
}

function lowerArrayType(source: Source, node: SyntaxNode): ArrayType {
  const elt = required(node, 'element', (child) => lowerExpr(source, child));
  const length = childOf(node, 'length');
  if (length) return { kind: 'ArrayType', range: rangeOf(node), len: lowerExpr(source, length), elt };
  if (node.type !== 'implicit_length_array_type') return { kind: 'ArrayType', range: rangeOf(node), elt };
  const dots = node.children.find((child) => child.type === '...') ?? node;
  return { kind: 'ArrayType', range: rangeOf(node), len: { kind: 'Ellipsis', range: rangeOf(dots) }, elt };
}

function lowerMapType(source: Source, node: SyntaxNode): Expr {
  const key = required(node, 'key', (child) => lowerExpr(source, child));
  const value = required(node, 'value', (child) => lowerExpr(source, child));
  return { kind: 'MapType', range: rangeOf(node), key, value };
}

function lowerChanType(source: Source, node: SyntaxNode): ChanType {
  const tokens = node.children.filter((child) => !child.named).map((child) => child.type);
  const dir = tokens[0] === '<-' ? 'recv' : tokens[1] === '<-' ? 'send' : 'both';
  return {
    kind: 'ChanType',
    range: rangeOf(node),
    dir,
    value: required(node, 'value', (child) => lowerExpr(source, child)),
  };
}

/** Also takes function and method declarations and literals, whose signature sits in the same fields. */
export function lowerFuncType(source: Source, node: SyntaxNode): FuncType {
  const params = childOf(node, 'parameters');
  const result = childOf(node, 'result');
  const typeParams = childOf(node, 'type_parameters');
  const end = result?.end ?? params?.end ?? node.end;
  return {
    kind: 'FuncType',
    range: range(Math.min(node.start, end), end),
    typeParams: typeParams ? lowerTypeParams(source, typeParams) : [],
    params: params ? lowerParams(source, params) : [],
    results: result ? lowerResult(source, result) : [],
  };
}

function lowerResult(source: Source, node: SyntaxNode): readonly Field[] {
  if (node.type === 'parameter_list') return lowerParams(source, node);
  return [{ kind: 'Field', range: rangeOf(node), names: [], type: lowerExpr(source, node) }];
}

export function lowerTypeParams(source: Source, node: SyntaxNode): readonly Field[] {
  return namedChildren(node).map((child) => ({
    kind: 'Field',
    range: rangeOf(child),
    names: childrenOf(child, 'name').map((name) => ident(source, name)),
    type: required(child, 'type', (type) => lowerExpr(source, type)),
  }));
}

/**
 * Go's rule: either all parameters are named or none. A lone identifier in a list with names is therefore a name whose
 * type follows, whatever the parser took it for.
 */
export function lowerParams(source: Source, node: SyntaxNode): readonly Field[] {
  const fields = namedChildren(node).map((child) => lowerParam(source, child));
  if (!fields.some((field) => field.names.length > 0)) return fields;
  const joined: Field[] = [];
  let waiting: Field[] = [];
  for (const field of fields) {
    if (field.names.length === 0 && field.type.kind === 'Ident') {
      waiting.push(field);
      continue;
    }
    const names = waiting.flatMap((other) => (other.type.kind === 'Ident' ? [other.type] : []));
    const start = waiting[0]?.range.start ?? field.range.start;
    joined.push(
      names.length === 0
        ? field
        : { ...field, range: range(start, field.range.end), names: [...names, ...field.names] },
    );
    waiting = [];
  }
  return [...joined, ...waiting];
}

function lowerParam(source: Source, node: SyntaxNode): Field {
  const names = childrenOf(node, 'name').map((name) => ident(source, name));
  const type = required(node, 'type', (child) => lowerExpr(source, child));
  if (node.type !== 'variadic_parameter_declaration') return { kind: 'Field', range: rangeOf(node), names, type };
  const dots = node.children.find((child) => child.type === '...');
  const elt: Expr = { kind: 'Ellipsis', range: range(dots?.start ?? node.start, node.end), elt: type };
  return { kind: 'Field', range: rangeOf(node), names, type: elt };
}

function lowerStructType(source: Source, node: SyntaxNode): StructType {
  const list = node.children.find((child) => child.type === 'field_declaration_list');
  const fields = list ? namedChildren(list).map((child) => lowerStructField(source, child)) : [];
  return { kind: 'StructType', range: rangeOf(node), fields };
}

function lowerStructField(source: Source, node: SyntaxNode): Field {
  const tag = childOf(node, 'tag');
  const star = node.children.find((child) => child.type === '*');
  const type = required(node, 'type', (child) => lowerExpr(source, child));
  return {
    kind: 'Field',
    range: rangeOf(node),
    names: childrenOf(node, 'name').map((name) => ident(source, name)),
    type: star ? { kind: 'StarExpr', range: range(star.start, type.range.end), x: type } : type,
    ...(tag ? { tag: textOf(source, tag) } : {}),
  };
}

function lowerInterfaceType(source: Source, node: SyntaxNode): InterfaceType {
  const methods = namedChildren(node).map((child): Field => {
    const name = childOf(child, 'name');
    if (child.type !== 'method_elem' || !name)
      return { kind: 'Field', range: rangeOf(child), names: [], type: lowerExpr(source, child) };
    return { kind: 'Field', range: rangeOf(child), names: [ident(source, name)], type: lowerFuncType(source, child) };
  });
  return { kind: 'InterfaceType', range: rangeOf(node), methods };
}

/** `A | ~B | C`; one element stands for itself. */
function lowerUnion(source: Source, node: SyntaxNode): Expr {
  const [first, ...rest] = namedChildren(node).map((child) => lowerExpr(source, child));
  if (!first) return badExpr(node);
  return rest.reduce<Expr>(
    (x, y) => ({ kind: 'BinaryExpr', range: range(x.range.start, y.range.end), op: '|', x, y }),
    first,
  );
}

export function isVariadic(type: FuncType): boolean {
  return type.params.at(-1)?.type.kind === 'Ellipsis';
}
