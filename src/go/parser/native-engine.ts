/**
 * The native binding of tree-sitter, where it is installed and loads: it needs a prebuilt library that fits the
 * machine's C++ runtime, or a compiler. Asked for with GOPLUMBER_PARSER=native.
 */
import { createRequire } from 'node:module';
import type { GrammarNames, ParsedTree, SyntaxCursor, SyntaxEngine, TypeName } from './cursor.ts';

interface NativeCursor {
  readonly nodeType: string;
  readonly nodeTypeId: number;
  readonly nodeIsNamed: boolean;
  readonly nodeIsMissing: boolean;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly currentFieldId: number;
  readonly currentFieldName: string | undefined;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}
interface NativeTree {
  readonly rootNode: { readonly hasError: boolean };
  walk(): NativeCursor;
}
interface NativeParser {
  setLanguage(language: unknown): void;
  setTimeoutMicros(microseconds: number): void;
  reset(): void;
  parse(text: string, old: null, options: { readonly bufferSize: number }): NativeTree | null;
}

/** Below what the binding takes by default (32 K units); a larger buffer only copies more than is needed at the end. */
const bufferSize = 1 << 16;

/** The binding does not count; it can only look at the clock. An ordinary round takes a tenth of this. */
const microsPerRound = 1000;

/**
 * A native tree takes about 50 bytes per unit of text, of which the garbage collector knows nothing, so that it would
 * let thousands of dead trees lie. The weight is memory that is never touched and hence never taken from the machine;
 * it only makes the collector run in time. (Node frees the tree itself in a later turn of the event loop.)
 */
const weightPerUnit = 16;
const weights = new WeakMap<object, ArrayBuffer>();

/** Throws what Node throws when the binding is not installed or does not load. */
export function nativeEngine(): SyntaxEngine {
  const require = createRequire(import.meta.url);
  const Parser = require('tree-sitter') as new () => NativeParser;
  const parser = new Parser();
  parser.setLanguage(require('tree-sitter-go'));
  return {
    name: 'native',
    parse(text, rounds, read) {
      parser.setTimeoutMicros(Math.ceil(rounds * microsPerRound));
      const tree = parser.parse(text, null, { bufferSize });
      if (!tree) {
        parser.reset();
        return undefined;
      }
      weights.set(tree, new ArrayBuffer(text.length * weightPerUnit));
      return read(parsed(tree));
    },
  };
}

/** The binding has no table of names, so that a name is learnt when the cursor first stands at such a node. */
const types = new Map<number, TypeName>();
const fields = new Map<number, string>([[0, '']]);
const names: GrammarNames = {
  type: (id) => types.get(id) ?? { name: '', named: false },
  field: (id) => fields.get(id) ?? '',
};

function parsed(tree: NativeTree): ParsedTree {
  const native = tree.walk();
  const cursor: SyntaxCursor = {
    type() {
      const id = native.nodeTypeId;
      if (!types.has(id)) types.set(id, { name: native.nodeType, named: native.nodeIsNamed });
      return id;
    },
    field() {
      const id = native.currentFieldId;
      if (!fields.has(id)) fields.set(id, native.currentFieldName ?? '');
      return id;
    },
    start: () => native.startIndex,
    end: () => native.endIndex,
    missing: () => native.nodeIsMissing,
    firstChild: () => native.gotoFirstChild(),
    nextSibling: () => native.gotoNextSibling(),
    parent: () => native.gotoParent(),
  };
  return { hasError: tree.rootNode.hasError, cursor, names };
}
