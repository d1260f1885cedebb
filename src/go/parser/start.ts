/**
 * Starts the parser, once per process, when this module is first imported; hence the one top-level `await` of the
 * sources. The engine is WebAssembly unless GOPLUMBER_PARSER says `native`: it gives the same trees, needs less time
 * and half the memory (its trees are freed at once, those of the binding by the garbage collector), and installs
 * everywhere.
 */
import type { SyntaxEngine } from './cursor.ts';
import { nativeEngine } from './native-engine.ts';
import { wasmEngine } from './wasm-engine.ts';

/** The parser cannot be loaded: the installation is broken, or a choice of engine does not fit the machine. */
export class ParserStartError extends Error {
  readonly code = 'parser-start';
  readonly retryable = false;

  constructor(message: string) {
    super(message);
    this.name = 'ParserStartError';
  }
}

export const engine: SyntaxEngine = await startEngine(process.env['GOPLUMBER_PARSER'] ?? '');

/** Rejects with `ParserStartError`. */
export async function startEngine(choice: string): Promise<SyntaxEngine> {
  if (choice !== '' && choice !== 'wasm' && choice !== 'native') {
    throw new ParserStartError(`GOPLUMBER_PARSER is ${JSON.stringify(choice)}; it may be wasm (the default) or native`);
  }
  try {
    return choice === 'native' ? nativeEngine() : await wasmEngine();
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
    throw new ParserStartError(
      choice === 'native'
        ? `the native parser does not load (${reason}); leave GOPLUMBER_PARSER unset, or install tree-sitter and tree-sitter-go`
        : `the parser does not load (${reason}); install goplumber again`,
    );
  }
}
