/**
 * What a tree-sitter engine offers: it parses a text and leads a cursor through the tree. Two engines do so, the
 * WebAssembly build and the native binding; both count places in UTF-16 units and number types and fields as the
 * grammar does.
 */

/** Stands at a node. Every question costs a call into the engine, so that each is asked once per node. */
export interface SyntaxCursor {
  /** Number of the node's type in the grammar. */
  type(): number;
  /** Number of the field that the node fills in its parent; 0 when none. */
  field(): number;
  start(): number;
  end(): number;
  /** The parser made the node up to go on after an error. */
  missing(): boolean;
  firstChild(): boolean;
  nextSibling(): boolean;
  parent(): boolean;
}

export interface TypeName {
  readonly name: string;
  /** False for punctuation and keywords. */
  readonly named: boolean;
}

/** Names for the numbers that a cursor gives. */
export interface GrammarNames {
  type(id: number): TypeName;
  field(id: number): string;
}

export interface ParsedTree {
  readonly hasError: boolean;
  /** At the root. One cursor is in use at a time. */
  readonly cursor: SyntaxCursor;
  readonly names: GrammarNames;
}

export interface SyntaxEngine {
  readonly name: EngineName;
  /**
   * Parses a text, lets `read` walk the tree, and frees the tree. Undefined when parsing takes more than `rounds` rounds
   * of a hundred actions each. `read` must not keep the cursor.
   */
  parse<T>(text: string, rounds: number, read: (tree: ParsedTree) => T): T | undefined;
}

export type EngineName = 'wasm' | 'native';

/** The type of nodes that cover text the grammar cannot read. */
export const errorType = 0xffff;
