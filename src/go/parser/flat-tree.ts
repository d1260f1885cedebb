/**
 * A syntax tree as one array of numbers, recorded in a single walk of a cursor: four numbers a node, in the order of
 * the text. Comments are left out, and so is what is inside names and literals. It takes a third of the memory of the
 * tree that it is read from, which can be freed at once.
 */
import { errorType, type GrammarNames, type ParsedTree, type SyntaxCursor } from './cursor.ts';

/** Levels below a top-level node that are read; ordinary code stays below 100. */
export const maxSyntaxDepth = 400;

export interface FlatTree {
  /** `width` numbers a node: type and field and whether it was cut, start, end, index of the next node that is not below. */
  readonly nodes: Int32Array;
  readonly names: GrammarNames;
  /** Where the first error lies in each top-level node that has one, by the index of that node. */
  readonly errors: ReadonlyMap<number, number>;
  /** Where the first node lies whose inside was not read, by the index of its top-level node. */
  readonly cuts: ReadonlyMap<number, number>;
}

const width = 4;
const cutBit = 1 << 24;

export const typeAt = ({ nodes }: FlatTree, node: number): number => (nodes[node * width] ?? 0) & 0xffff;
export const fieldAt = ({ nodes }: FlatTree, node: number): number => ((nodes[node * width] ?? 0) >> 16) & 0xff;
/** Nested deeper than `maxSyntaxDepth`: what is below was not read. */
export const isCut = ({ nodes }: FlatTree, node: number): boolean => ((nodes[node * width] ?? 0) & cutBit) !== 0;
export const startAt = ({ nodes }: FlatTree, node: number): number => nodes[node * width + 1] ?? 0;
export const endAt = ({ nodes }: FlatTree, node: number): number => nodes[node * width + 2] ?? 0;
/** The first node after `node` and all below it: its next sibling, where it has one. */
export const afterNode = ({ nodes }: FlatTree, node: number): number => nodes[node * width + 3] ?? 0;
export const sizeOf = ({ nodes }: FlatTree): number => nodes.length / width;

const leaves: ReadonlySet<string> = new Set([
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

/** What the walk has to know of a type, asked once for each. */
const plain = 0;
const leaf = 1;
const comment = 2;
/** Shared by all walks: both engines number the types as the one grammar does. */
const kinds = new Map<number, number>();

function kindOf(names: GrammarNames, type: number): number {
  const known = kinds.get(type);
  if (known !== undefined) return known;
  const { name, named } = names.type(type);
  const kind = name === 'comment' ? comment : !named || leaves.has(name) ? leaf : plain;
  kinds.set(type, kind);
  return kind;
}

/** Records the tree that a cursor stands at the root of. The cursor is used up. */
export function flatten({ cursor, names, hasError }: ParsedTree): FlatTree {
  const recorder = new Recorder(cursor, names);
  const errors = new Map<number, number>();
  const cuts = new Map<number, number>();
  if (cursor.firstChild()) {
    do {
      const top = recorder.length;
      recorder.record();
      const cutAt = recorder.takeCut();
      if (cutAt !== undefined) cuts.set(top, cutAt);
      if (!hasError || recorder.length === top) continue;
      const at = firstError(cursor);
      if (at !== undefined) errors.set(top, at);
    } while (cursor.nextSibling());
  }
  return { nodes: recorder.done(), names, errors, cuts };
}

class Recorder {
  readonly #cursor: SyntaxCursor;
  readonly #names: GrammarNames;
  #nodes = new Int32Array(1 << 12);
  #length = 0;
  #cutAt: number | undefined;

  constructor(cursor: SyntaxCursor, names: GrammarNames) {
    this.#cursor = cursor;
    this.#names = names;
  }

  /** Nodes recorded so far. */
  get length(): number {
    return this.#length;
  }

  /** Records the node at the cursor and all below it; comments are passed over. The cursor is left where it was. */
  record(depth = 0): void {
    const cursor = this.#cursor;
    const type = cursor.type();
    const kind = kindOf(this.#names, type);
    if (kind === comment) return;
    const node = this.#length++;
    const at = node * width;
    if (at + width > this.#nodes.length) this.#grow();
    this.#nodes[at] = type | ((depth === 0 ? 0 : cursor.field()) << 16);
    this.#nodes[at + 1] = cursor.start();
    this.#nodes[at + 2] = cursor.end();
    if (kind === plain) this.#below(at, depth);
    this.#nodes[at + 3] = this.#length;
  }

  /** Where the first node was cut since this was last asked. */
  takeCut(): number | undefined {
    const at = this.#cutAt;
    this.#cutAt = undefined;
    return at;
  }

  #below(at: number, depth: number): void {
    if (depth >= maxSyntaxDepth) {
      if (!this.#cursor.firstChild()) return;
      this.#cursor.parent();
      this.#nodes[at] = (this.#nodes[at] ?? 0) | cutBit;
      this.#cutAt ??= this.#nodes[at + 1];
      return;
    }
    const cursor = this.#cursor;
    if (!cursor.firstChild()) return;
    do this.record(depth + 1);
    while (cursor.nextSibling());
    cursor.parent();
  }

  #grow(): void {
    const larger = new Int32Array(this.#nodes.length * 2);
    larger.set(this.#nodes);
    this.#nodes = larger;
  }

  done(): Int32Array {
    return this.#nodes.slice(0, this.#length * width);
  }
}

/** Offset of the first ERROR or MISSING node at or below the cursor, which is left where it was. */
function firstError(cursor: SyntaxCursor): number | undefined {
  for (let depth = 0; ; ) {
    if (cursor.type() === errorType || cursor.missing()) {
      const at = cursor.start();
      for (; depth > 0; depth--) cursor.parent();
      return at;
    }
    if (cursor.firstChild()) {
      depth++;
      continue;
    }
    while (depth > 0 && !cursor.nextSibling()) {
      cursor.parent();
      depth--;
    }
    if (depth === 0) return undefined;
  }
}
