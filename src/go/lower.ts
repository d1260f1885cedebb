/** What the lowering files share: access to the concrete tree, and the few node shapes that all of them make. */

import { type Range, range } from '../text/offset.ts';
import type { BadExpr, Expr, Ident } from './ast.ts';
import type { SyntaxNode } from './parser/syntax.ts';

/** The text that is being lowered, and the lowering of statement blocks (passed in, since function literals need it). */
export interface Source {
  readonly text: string;
}

export function rangeOf(node: SyntaxNode): Range {
  return range(node.start, node.end);
}

export function textOf(source: Source, node: SyntaxNode): string {
  return source.text.slice(node.start, node.end);
}

export function childOf(node: SyntaxNode, field: string): SyntaxNode | undefined {
  for (const child of node.children) if (child.field === field && child.named) return child;
  return undefined;
}

export function childrenOf(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  return node.children.filter((child) => child.field === field && child.named);
}

export function namedChildren(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.filter((child) => child.named);
}

export function hasToken(node: SyntaxNode, token: string): boolean {
  return node.children.some((child) => !child.named && child.type === token);
}

export function ident(source: Source, node: SyntaxNode): Ident {
  return { kind: 'Ident', range: rangeOf(node), name: textOf(source, node) };
}

export function badExpr(node: SyntaxNode): BadExpr {
  return { kind: 'BadExpr', range: rangeOf(node) };
}

/** Lowers the child in a field, or makes a `BadExpr` of the parent's range when the child is missing. */
export function required(node: SyntaxNode, field: string, lower: (child: SyntaxNode) => Expr): Expr {
  const child = childOf(node, field);
  return child ? lower(child) : badExpr(node);
}
