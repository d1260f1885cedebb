/** The concrete syntax of a Go text as plain `SyntaxNode` objects, made for one declaration at a time. */
import { afterNode, endAt, type FlatTree, fieldAt, flatten, isCut, sizeOf, startAt, typeAt } from './flat-tree.ts';
import { engine } from './start.ts';

/** A node of the concrete syntax tree: comments are left out, string literals have no children. */
export interface SyntaxNode {
  readonly type: string;
  /** False for punctuation and keywords. */
  readonly named: boolean;
  /** Grammar field this node fills in its parent; empty when none. */
  readonly field: string;
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxNode[];
  /** Nested deeper than `maxSyntaxDepth`: the children were not read. */
  readonly cut: boolean;
}

/** One node below the file's root. */
export interface TopLevelNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** Offset of the first syntax error inside; absent when there is none. */
  readonly errorAt?: number;
  /** Offset of the first node that lies too deep to be read; absent when all was read. */
  readonly cutAt?: number;
  /** Makes the node and all below it, but for the child in the field `except`. Nothing is kept: callers read once. */
  read(except?: string): SyntaxNode;
  /** Makes the child in a field and all below it. */
  readField(field: string): SyntaxNode | undefined;
  /** Makes the node's children without theirs, and hence cheaply. */
  outline(): readonly SyntaxNode[];
}

export interface SyntaxTree {
  readonly top: readonly TopLevelNode[];
  readonly hasError: boolean;
}

/** Rounds of the parser that any text may take, and those for each character more: ordinary code takes a quarter of them. */
const leastRounds = 3000;
const roundsPerCharacter = 0.03;

/**
 * Parses a text; undefined when the parser gave up, since a few ambiguous texts make a generalised LR parser slow.
 */
export function parseSyntax(text: string): SyntaxTree | undefined {
  return engine.parse(text, leastRounds + text.length * roundsPerCharacter, (parsed) => ({
    top: topLevel(flatten(parsed)),
    hasError: parsed.hasError,
  }));
}

function topLevel(tree: FlatTree): readonly TopLevelNode[] {
  const top: TopLevelNode[] = [];
  for (let node = 0; node < sizeOf(tree); node = afterNode(tree, node)) {
    const { name, named } = tree.names.type(typeAt(tree, node));
    if (named) top.push(topLevelNode(tree, node, name));
  }
  return top;
}

function topLevelNode(tree: FlatTree, node: number, type: string): TopLevelNode {
  const errorAt = tree.errors.get(node);
  const cutAt = tree.cuts.get(node);
  return {
    type,
    start: startAt(tree, node),
    end: endAt(tree, node),
    ...(errorAt === undefined ? {} : { errorAt }),
    ...(cutAt === undefined ? {} : { cutAt }),
    read: (except) => makeNode(tree, node, except),
    readField: (field) => childInField(tree, node, field),
    outline: () => childrenOf(tree, node).map((child) => withChildren(tree, child, [], true)),
  };
}

function makeNode(tree: FlatTree, node: number, except?: string): SyntaxNode {
  const children = childrenOf(tree, node).filter((child) => except === undefined || fieldName(tree, child) !== except);
  return withChildren(
    tree,
    node,
    children.map((child) => makeNode(tree, child)),
    isCut(tree, node),
  );
}

function withChildren(tree: FlatTree, node: number, children: readonly SyntaxNode[], cut: boolean): SyntaxNode {
  const { name: type, named } = tree.names.type(typeAt(tree, node));
  const field = fieldName(tree, node);
  return { type, named, field, start: startAt(tree, node), end: endAt(tree, node), children, cut };
}

function childrenOf(tree: FlatTree, node: number): number[] {
  const children: number[] = [];
  const end = afterNode(tree, node);
  for (let child = node + 1; child < end; child = afterNode(tree, child)) children.push(child);
  return children;
}

function childInField(tree: FlatTree, node: number, field: string): SyntaxNode | undefined {
  const found = childrenOf(tree, node).find(
    (child) => fieldName(tree, child) === field && tree.names.type(typeAt(tree, child)).named,
  );
  return found === undefined ? undefined : makeNode(tree, found);
}

function fieldName(tree: FlatTree, node: number): string {
  return tree.names.field(fieldAt(tree, node));
}
