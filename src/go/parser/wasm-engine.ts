/**
 * The WebAssembly build of tree-sitter: runs wherever Node does, without a compiler. Trees are freed as soon as they
 * are read. The cursor calls the module's own functions: the JavaScript objects of web-tree-sitter copy a cursor in and
 * out of the module's memory at each step, which takes several times as long as the step. These functions are not a
 * public interface, so the version of web-tree-sitter is pinned and `test/go/parser` compares its trees with those of
 * the native binding.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';
import { work, workLeft } from '../../work/meter.ts';
import type { GrammarNames, SyntaxCursor, SyntaxEngine, TypeName } from './cursor.ts';

/** Functions of the module that take a tree's address and act on the cursor in its transfer buffer. */
type OnCursor = (tree: number) => number;
interface CursorFunctions {
  readonly ts_tree_root_node_wasm: OnCursor;
  readonly ts_node_has_error_wasm: OnCursor;
  readonly ts_tree_cursor_new_wasm: OnCursor;
  readonly ts_tree_cursor_delete_wasm: OnCursor;
  readonly ts_tree_cursor_current_node_type_id_wasm: OnCursor;
  readonly ts_tree_cursor_current_node_is_missing_wasm: OnCursor;
  readonly ts_tree_cursor_current_field_id_wasm: OnCursor;
  readonly ts_tree_cursor_start_index_wasm: OnCursor;
  readonly ts_tree_cursor_end_index_wasm: OnCursor;
  readonly ts_tree_cursor_goto_first_child_wasm: OnCursor;
  readonly ts_tree_cursor_goto_next_sibling_wasm: OnCursor;
  readonly ts_tree_cursor_goto_parent_wasm: OnCursor;
}

interface WasmInstance {
  readonly exports: unknown;
}
/** What is used of the global `WebAssembly`, which the types of Node do not describe. */
interface WasmRuntime {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ readonly instance: WasmInstance; readonly module: object }>;
}

/** Units of text that the parser is handed at a time; it copies at most 5 K of them. */
const chunk = 1 << 12;

/** Chunks that any text may ask for, and how often all of a text may be asked for: of ordinary files it is twice at most. */
const leastChunks = 200;
const readings = 20;

/** A round of the parser in steps of the meter. */
const stepsPerRound = 2000;

let started: Promise<CursorFunctions> | undefined;

/** Loads module and grammar. Rejects when a file cannot be read or is no WebAssembly module that fits. */
export async function wasmEngine(): Promise<SyntaxEngine> {
  const [runtime, grammar] = await Promise.all([
    read('tree-sitter.wasm', () => createRequire(import.meta.url).resolve('web-tree-sitter/tree-sitter.wasm')),
    read('tree-sitter-go.wasm', () => undefined),
  ]);
  // web-tree-sitter is started once per process, however often it is asked to.
  started ??= start(runtime);
  const functions = await started;
  const language = await Language.load(grammar);
  const parser = new Parser();
  parser.setLanguage(language);
  const names = namesOf(language);
  return {
    name: 'wasm',
    parse(text, rounds, readTree) {
      let left = rounds;
      let chunks = leastChunks + (text.length / chunk) * readings;
      // An action may look for the end of a token through all of the text, so what is looked at is counted, too. Where it
      // is too much the text ends: nothing may be thrown through the module.
      const given = (index: number): string => (--chunks < 0 ? '' : text.slice(index, index + chunk));
      const tree = parser.parse(given, null, {
        // Called after each hundred actions.
        progressCallback: () => {
          left -= 1;
          return left < 0 || chunks < 0 || workLeft() < (rounds - left) * stepsPerRound;
        },
      });
      const steps = (rounds - left) * stepsPerRound;
      if (!tree) parser.reset();
      else if (chunks < 0 || steps > workLeft()) tree.delete();
      work(steps);
      if (!tree || chunks < 0) {
        return undefined;
      }
      const address = (tree as unknown as Readonly<Record<0, number>>)[0];
      functions.ts_tree_root_node_wasm(address);
      const hasError = functions.ts_node_has_error_wasm(address) !== 0;
      functions.ts_tree_root_node_wasm(address);
      functions.ts_tree_cursor_new_wasm(address);
      const result = readTree({ hasError, cursor: cursorOf(functions, address), names });
      functions.ts_tree_cursor_delete_wasm(address);
      tree.delete();
      return result;
    },
  };
}

/** A file that lies beside this one, as in the package, or else where `elsewhere` says. */
async function read(name: string, elsewhere: () => string | undefined): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(new URL(`./${name}`, import.meta.url)));
  } catch (error) {
    const path = elsewhere();
    if (path === undefined) throw error;
    return new Uint8Array(await readFile(path));
  }
}

/** Starts web-tree-sitter on a module instantiated here, whose functions are returned. */
async function start(bytes: Uint8Array): Promise<CursorFunctions> {
  const { WebAssembly: runtime } = globalThis as unknown as { readonly WebAssembly: WasmRuntime };
  return new Promise((resolve, reject) => {
    let functions: CursorFunctions | undefined;
    const instantiateWasm = (imports: object, ready: (instance: WasmInstance, module: object) => void) => {
      runtime.instantiate(bytes, imports).then(({ instance, module }) => {
        functions = instance.exports as CursorFunctions;
        ready(instance, module);
      }, reject);
      return {};
    };
    Parser.init({ instantiateWasm }).then(() => {
      if (functions) resolve(functions);
      else reject(new Error('web-tree-sitter was started elsewhere'));
    }, reject);
  });
}

function namesOf(language: Language): GrammarNames {
  const types: TypeName[] = language.types.map((name, id) => ({ name, named: language.nodeTypeIsNamed(id) }));
  const error: TypeName = { name: 'ERROR', named: true };
  return {
    type: (id) => types[id] ?? error,
    field: (id) => language.fields[id] ?? '',
  };
}

function cursorOf(functions: CursorFunctions, tree: number): SyntaxCursor {
  return {
    type: () => functions.ts_tree_cursor_current_node_type_id_wasm(tree),
    field: () => functions.ts_tree_cursor_current_field_id_wasm(tree),
    start: () => functions.ts_tree_cursor_start_index_wasm(tree),
    end: () => functions.ts_tree_cursor_end_index_wasm(tree),
    missing: () => functions.ts_tree_cursor_current_node_is_missing_wasm(tree) !== 0,
    firstChild: () => functions.ts_tree_cursor_goto_first_child_wasm(tree) !== 0,
    nextSibling: () => functions.ts_tree_cursor_goto_next_sibling_wasm(tree) !== 0,
    parent: () => functions.ts_tree_cursor_goto_parent_wasm(tree) !== 0,
  };
}
