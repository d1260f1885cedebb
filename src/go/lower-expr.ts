/** Lowers expressions to go/ast's shapes; where the grammar cannot tell a type from a value both give the same node. */

import { range } from '../text/offset.ts';
import type { BasicLit, CallExpr, Expr, FuncLit } from './ast.ts';
import { badExpr, childOf, ident, namedChildren, rangeOf, required, type Source, textOf } from './lower.ts';
import { lowerBlock } from './lower-stmt.ts';
import { lowerFuncType, lowerTypeArguments, typeLowerings } from './lower-type.ts';
import type { SyntaxNode } from './parser/syntax.ts';

type Lower = (source: Source, node: SyntaxNode) => Expr;

const literalTokens: Readonly<Record<string, BasicLit['tok']>> = {
  int_literal: 'INT',
  float_literal: 'FLOAT',
  imaginary_literal: 'IMAG',
  rune_literal: 'CHAR',
  raw_string_literal: 'STRING',
  interpreted_string_literal: 'STRING',
};

const exprLowerings: Readonly<Record<string, Lower>> = {
  identifier: ident,
  field_identifier: ident,
  blank_identifier: ident,
  label_name: ident,
  nil: ident,
  true: ident,
  false: ident,
  iota: ident,
  parenthesized_expression: lowerParen,
  selector_expression: lowerSelector,
  index_expression: lowerIndex,
  slice_expression: lowerSlice,
  call_expression: lowerCall,
  type_conversion_expression: lowerConversion,
  type_instantiation_expression: lowerInstantiation,
  type_assertion_expression: lowerTypeAssert,
  unary_expression: lowerUnary,
  binary_expression: lowerBinary,
  composite_literal: lowerComposite,
  literal_value: lowerElidedComposite,
  literal_element: lowerElement,
  keyed_element: lowerKeyed,
  func_literal: lowerFuncLit,
};

/** Never throws; what is too deep or unknown is a `BadExpr`. */
export function lowerExpr(source: Source, node: SyntaxNode): Expr {
  if (node.cut) return badExpr(node);
  const tok = literalTokens[node.type];
  if (tok) return { kind: 'BasicLit', range: rangeOf(node), tok, value: textOf(source, node) };
  const lower = exprLowerings[node.type] ?? typeLowerings[node.type];
  return lower ? lower(source, node) : badExpr(node);
}

/** The elements of an `expression_list`, or the single expression itself. */
export function lowerExprList(source: Source, node: SyntaxNode | undefined): readonly Expr[] {
  if (!node) return [];
  if (node.type !== 'expression_list' || node.cut) return [lowerExpr(source, node)];
  return namedChildren(node).map((child) => lowerExpr(source, child));
}

function at(source: Source, node: SyntaxNode, field: string): Expr {
  return required(node, field, (child) => lowerExpr(source, child));
}

function lowerParen(source: Source, node: SyntaxNode): Expr {
  const [child] = namedChildren(node);
  return { kind: 'ParenExpr', range: rangeOf(node), x: child ? lowerExpr(source, child) : badExpr(node) };
}

function lowerSelector(source: Source, node: SyntaxNode): Expr {
  const field = childOf(node, 'field');
  if (!field) return badExpr(node);
  return { kind: 'SelectorExpr', range: rangeOf(node), x: at(source, node, 'operand'), sel: ident(source, field) };
}

function lowerIndex(source: Source, node: SyntaxNode): Expr {
  return {
    kind: 'IndexExpr',
    range: rangeOf(node),
    x: at(source, node, 'operand'),
    indices: [at(source, node, 'index')],
  };
}

function lowerSlice(source: Source, node: SyntaxNode): Expr {
  const low = childOf(node, 'start');
  const high = childOf(node, 'end');
  const max = childOf(node, 'capacity');
  return {
    kind: 'SliceExpr',
    range: rangeOf(node),
    x: at(source, node, 'operand'),
    ...(low ? { low: lowerExpr(source, low) } : {}),
    ...(high ? { high: lowerExpr(source, high) } : {}),
    ...(max ? { max: lowerExpr(source, max) } : {}),
  };
}

function lowerCall(source: Source, node: SyntaxNode): Expr {
  const args = childOf(node, 'arguments');
  const typeArgs = childOf(node, 'type_arguments');
  const plain = at(source, node, 'function');
  const fun: Expr = typeArgs
    ? {
        kind: 'IndexExpr',
        range: range(plain.range.start, typeArgs.end),
        x: plain,
        indices: lowerTypeArguments(source, typeArgs),
      }
    : plain;
  const given = args ? namedChildren(args) : [];
  return {
    kind: 'CallExpr',
    range: rangeOf(node),
    fun,
    args: given.map((arg) =>
      lowerExpr(source, arg.type === 'variadic_argument' ? (namedChildren(arg)[0] ?? arg) : arg),
    ),
    ellipsis: given.at(-1)?.type === 'variadic_argument',
  };
}

/** `T(x)`. The grammar also takes `f[int](x)` for a conversion; go/ast has a CallExpr for both. */
function lowerConversion(source: Source, node: SyntaxNode): Expr {
  const type = childOf(node, 'type');
  const arg = at(source, node, 'operand');
  if (!type) return badExpr(node);
  const receives = type.type === 'channel_type' && type.children[0]?.type === '<-';
  if (!receives) return conversion(rangeOf(node), lowerExpr(source, type), arg);
  // Spec, "Conversions": `<-chan int(c)` means `<-(chan int(c))`.
  const fun = lowerExpr(source, {
    ...type,
    start: type.children[1]?.start ?? type.start,
    children: type.children.slice(1),
  });
  const call = conversion(range(fun.range.start, node.end), fun, arg);
  return { kind: 'UnaryExpr', range: rangeOf(node), op: '<-', x: call };
}

function conversion(place: CallExpr['range'], fun: Expr, arg: Expr): CallExpr {
  return { kind: 'CallExpr', range: place, fun, args: [arg], ellipsis: false };
}

function lowerInstantiation(source: Source, node: SyntaxNode): Expr {
  const [x, ...indices] = namedChildren(node).map((child) => lowerExpr(source, child));
  return x ? { kind: 'IndexExpr', range: rangeOf(node), x, indices } : badExpr(node);
}

function lowerTypeAssert(source: Source, node: SyntaxNode): Expr {
  const type = childOf(node, 'type');
  const x = at(source, node, 'operand');
  return { kind: 'TypeAssertExpr', range: rangeOf(node), x, ...(type ? { type: lowerExpr(source, type) } : {}) };
}

function operatorOf(node: SyntaxNode): string {
  return node.children.find((child) => child.field === 'operator')?.type ?? '';
}

function lowerUnary(source: Source, node: SyntaxNode): Expr {
  const op = operatorOf(node);
  const x = at(source, node, 'operand');
  return op === '*'
    ? { kind: 'StarExpr', range: rangeOf(node), x }
    : { kind: 'UnaryExpr', range: rangeOf(node), op, x };
}

function lowerBinary(source: Source, node: SyntaxNode): Expr {
  const x = at(source, node, 'left');
  return { kind: 'BinaryExpr', range: rangeOf(node), op: operatorOf(node), x, y: at(source, node, 'right') };
}

function lowerComposite(source: Source, node: SyntaxNode): Expr {
  const body = childOf(node, 'body');
  const type = at(source, node, 'type');
  return { kind: 'CompositeLit', range: rangeOf(node), type, elts: body ? lowerElements(source, body) : [] };
}

function lowerElidedComposite(source: Source, node: SyntaxNode): Expr {
  return { kind: 'CompositeLit', range: rangeOf(node), elts: lowerElements(source, node) };
}

function lowerElements(source: Source, node: SyntaxNode): readonly Expr[] {
  return namedChildren(node).map((child) => lowerExpr(source, child));
}

function lowerElement(source: Source, node: SyntaxNode): Expr {
  const [child] = namedChildren(node);
  return child ? lowerExpr(source, child) : badExpr(node);
}

function lowerKeyed(source: Source, node: SyntaxNode): Expr {
  return { kind: 'KeyValueExpr', range: rangeOf(node), key: at(source, node, 'key'), value: at(source, node, 'value') };
}

function lowerFuncLit(source: Source, node: SyntaxNode): FuncLit | Expr {
  const body = childOf(node, 'body');
  if (!body || body.cut) return badExpr(node);
  return { kind: 'FuncLit', range: rangeOf(node), type: lowerFuncType(source, node), body: lowerBlock(source, body) };
}
