/**
 * The only importer of tree-sitter. It parses a text and hands out plain `SyntaxNode` objects of one declaration at a
 * time, read with a tree cursor: that costs about as much as parsing the same text, four times less than the
 * binding's own node objects. Indices are UTF-16 units, as the binding counts them for JavaScript strings.
 */
import { createRequire } from 'node:module';

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
  /** Reads the node and all below it, but for the child in the field `except`. Nothing is kept: callers read once. */
  read(except?: string): SyntaxNode;
  /** Reads the child in a field and all below it. */
  readField(field: string): SyntaxNode | undefined;
  /** Reads the node's children without theirs, and hence cheaply. */
  outline(): readonly SyntaxNode[];
}

export interface SyntaxTree {
  readonly top: readonly TopLevelNode[];
  readonly hasError: boolean;
}

/** Levels of the concrete tree that are read; ordinary code stays below 100. */
export const maxSyntaxDepth = 400;

/** Below what the binding takes by default (32 K units); a larger buffer only copies more than is needed at the end. */
const bufferSize = 1 << 16;
/** Sibling nodes looked at when searching for the place of an error. */
const errorSearchLimit = 5000;

interface Cursor {
  readonly nodeType: string;
  readonly nodeTypeId: number;
  readonly nodeIsNamed: boolean;
  readonly nodeIsMissing: boolean;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly currentFieldId: number;
  readonly currentFieldName: string | undefined;
  readonly currentNode: { readonly hasError: boolean; readonly isError: boolean; readonly isMissing: boolean };
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
  gotoFirstChildForIndex(index: number): boolean;
}
interface NativeTree {
  readonly rootNode: { readonly hasError: boolean };
  walk(): Cursor;
}
interface NativeParser {
  setLanguage(language: unknown): void;
  setTimeoutMicros(microseconds: number): void;
  reset(): void;
  parse(text: string, old: null, options: { readonly bufferSize: number }): NativeTree | null;
}

const require = createRequire(import.meta.url);
let sharedParser: NativeParser | undefined;

function nativeParser(): NativeParser {
  if (sharedParser) return sharedParser;
  const Parser = require('tree-sitter') as new () => NativeParser;
  const parser = new Parser();
  parser.setLanguage(require('tree-sitter-go'));
  sharedParser = parser;
  return parser;
}

/**
 * Parses a text; undefined when the parser gave up. It may take 2 seconds and 2 microseconds per unit, twenty times
 * what ordinary code needs, since a few ambiguous texts make a generalised LR parser slow.
 */
export function parseSyntax(text: string): SyntaxTree | undefined {
  const parser = nativeParser();
  parser.setTimeoutMicros(2_000_000 + 2 * text.length);
  const tree = parser.parse(text, null, { bufferSize });
  if (!tree) {
    parser.reset();
    return undefined;
  }
  const hasError = tree.rootNode.hasError;
  return { top: topLevel({ tree, weight: new ArrayBuffer(text.length * weightPerUnit) }, hasError), hasError };
}

/**
 * A native tree takes about 50 bytes per unit of text, of which the garbage collector knows nothing, so that it would
 * let thousands of dead trees lie. The weight is memory that is never touched and hence never taken from the machine;
 * it only makes the collector run in time. (Node frees the tree itself in a later turn of the event loop.)
 */
interface HeldTree {
  readonly tree: NativeTree;
  readonly weight: ArrayBuffer;
}
const weightPerUnit = 16;

function topLevel(held: HeldTree, hasError: boolean): readonly TopLevelNode[] {
  const { tree } = held;
  const top: TopLevelNode[] = [];
  const cursor = tree.walk();
  if (!cursor.gotoFirstChild()) return top;
  do {
    const { name, named } = typeOf(cursor);
    if (name === 'comment' || !named) continue;
    const start = cursor.startIndex;
    const end = cursor.endIndex;
    const errorAt = hasError ? firstError(tree, start) : undefined;
    top.push({
      type: name,
      start,
      end,
      ...(errorAt === undefined ? {} : { errorAt }),
      read: (except) => readNode(cursorAt(held.tree, start), 0, except),
      readField: (field) => readField(cursorAt(held.tree, start), field),
      outline: () => readOutline(cursorAt(held.tree, start)),
    });
  } while (cursor.gotoNextSibling());
  return top;
}

function cursorAt(tree: NativeTree, start: number): Cursor {
  const cursor = tree.walk();
  cursor.gotoFirstChildForIndex(start);
  // A comment or an empty node may end where the wanted node starts.
  while (cursor.startIndex < start && cursor.gotoNextSibling());
  return cursor;
}

/** Offset of the first ERROR or MISSING node below the top-level node at `start`. */
function firstError(tree: NativeTree, start: number): number | undefined {
  const cursor = cursorAt(tree, start);
  if (!cursor.currentNode.hasError) return undefined;
  let best = cursor.startIndex;
  for (let looked = 0; looked < errorSearchLimit; looked++) {
    const node = cursor.currentNode;
    if (node.isError || node.isMissing) return cursor.startIndex;
    if (node.hasError) {
      best = cursor.startIndex;
      if (cursor.gotoFirstChild()) continue;
    }
    if (!cursor.gotoNextSibling()) break;
  }
  return best;
}

interface NodeType {
  readonly name: string;
  readonly named: boolean;
}
/** Asking the binding for a number is several times cheaper than for a string, so strings are asked for once. */
const nodeTypes = new Map<number, NodeType>();
const fieldNames = new Map<number, string>([[0, '']]);

function typeOf(cursor: Cursor): NodeType {
  const id = cursor.nodeTypeId;
  const known = nodeTypes.get(id);
  if (known) return known;
  const type = { name: cursor.nodeType, named: cursor.nodeIsNamed };
  nodeTypes.set(id, type);
  return type;
}

function fieldOf(cursor: Cursor): string {
  const id = cursor.currentFieldId;
  const known = fieldNames.get(id);
  if (known !== undefined) return known;
  const name = cursor.currentFieldName ?? '';
  fieldNames.set(id, name);
  return name;
}

const leaves = new Set([
  'identifier',
  'field_identifier',
  'type_identifier',
  'package_identifier',
  'label_name',
  'int_literal',
  'float_literal',
  'imaginary_literal',
  'rune_literal',
  'raw_string_literal',
  'interpreted_string_literal',
]);
const noChildren: readonly SyntaxNode[] = [];

function readNode(cursor: Cursor, depth: number, except?: string): SyntaxNode {
  const { name, named } = typeOf(cursor);
  const field = depth === 0 ? '' : fieldOf(cursor);
  const start = cursor.startIndex;
  const end = cursor.endIndex;
  if (!named || leaves.has(name)) return { type: name, named, field, start, end, children: noChildren, cut: false };
  if (depth >= maxSyntaxDepth) return { type: name, named, field, start, end, children: noChildren, cut: true };
  if (!cursor.gotoFirstChild()) return { type: name, named, field, start, end, children: noChildren, cut: false };
  const children: SyntaxNode[] = [];
  do {
    if (typeOf(cursor).name === 'comment' || (except !== undefined && fieldOf(cursor) === except)) continue;
    children.push(readNode(cursor, depth + 1));
  } while (cursor.gotoNextSibling());
  cursor.gotoParent();
  return { type: name, named, field, start, end, children, cut: false };
}

function readField(cursor: Cursor, field: string): SyntaxNode | undefined {
  if (!cursor.gotoFirstChild()) return undefined;
  do {
    if (fieldOf(cursor) === field && typeOf(cursor).named) return readNode(cursor, 1);
  } while (cursor.gotoNextSibling());
  return undefined;
}

function readOutline(cursor: Cursor): readonly SyntaxNode[] {
  if (!cursor.gotoFirstChild()) return noChildren;
  const children: SyntaxNode[] = [];
  do {
    const { name, named } = typeOf(cursor);
    if (name === 'comment') continue;
    const { startIndex: start, endIndex: end } = cursor;
    children.push({ type: name, named, field: fieldOf(cursor), start, end, children: noChildren, cut: true });
  } while (cursor.gotoNextSibling());
  return children;
}
