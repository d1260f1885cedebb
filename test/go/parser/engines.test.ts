import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SyntaxEngine } from '../../../src/go/parser/cursor.ts';
import { errorType } from '../../../src/go/parser/cursor.ts';
import { endAt, type FlatTree, fieldAt, flatten, isCut, startAt, typeAt } from '../../../src/go/parser/flat-tree.ts';
import { ParserStartError, startEngine } from '../../../src/go/parser/start.ts';

const root = join(import.meta.dirname, '../../..');
const wasm = await startEngine('wasm');
/** The binding is an optional package: it is missing where it can be neither loaded nor built. */
const native = await startEngine('native').catch((error: Error) => error.message);

const strange = [
  '',
  '\ufeffpackage p\n',
  'package p\n\nfunc f() { x := "\u{1f600}é"; y := `ü` ; return\n',
  'package p\nfunc ( {',
  'package p\n\nvar x = "\\q"\n\nfunc g() int { return }}} \n',
  'package p\nfunc f() {\n// only a comment\n}\n/* and one at the end',
  `package p\nvar x = ${'('.repeat(500)}1${')'.repeat(500)}\n`,
];

function corpus(): readonly string[] {
  const folder = join(root, 'test/rules');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.go'));
  return [...strange, ...files.map((file) => readFileSync(join(folder, file), 'utf8'))];
}

function tree(engine: SyntaxEngine, text: string): FlatTree | undefined {
  return engine.parse(text, 10_000, flatten);
}

/** Nodes as names, so that a difference says what it is. */
function spelled(flat: FlatTree | undefined): readonly string[] {
  if (!flat) return [];
  return Array.from({ length: flat.nodes.length / 4 }, (_, node) => {
    const { name, named } = flat.names.type(typeAt(flat, node));
    const field = flat.names.field(fieldAt(flat, node));
    return `${field}:${named ? name : `'${name}'`} ${startAt(flat, node)}-${endAt(flat, node)}${isCut(flat, node) ? ' cut' : ''}`;
  });
}

describe('the two engines of the parser', () => {
  it.skipIf(typeof native === 'string')(
    typeof native === 'string' ? `give the same trees (not compared: ${native})` : 'give the same trees',
    () => {
      if (typeof native === 'string') return;
      let nodes = 0;
      for (const text of corpus()) {
        const [one, other] = [tree(wasm, text), tree(native, text)];
        nodes += (one?.nodes.length ?? 0) / 4;
        // Comparing names only where the numbers differ keeps this quick.
        if (one && other && Buffer.from(one.nodes.buffer).equals(Buffer.from(other.nodes.buffer))) {
          expect(one.errors).toEqual(other.errors);
        } else expect(spelled(one)).toEqual(spelled(other));
      }
      expect(nodes).toBeGreaterThan(50_000);
    },
  );

  it('finds where a text is wrong', () => {
    const flat = tree(wasm, 'package p\n\nfunc ok() {}\n\nfunc f() { x := := 1 }\n');
    expect([...(flat?.errors.values() ?? [])]).toEqual([41]);
    expect(flat?.names.type(errorType)).toEqual({ name: 'ERROR', named: true });
  });

  it('gives up at the end of its time, and parses the next text', () => {
    expect(wasm.parse('package p\n'.repeat(20_000), 0, flatten)).toBeUndefined();
    expect(spelled(tree(wasm, 'package p\n'))).toContain(':package_clause 0-9');
  });

  it('names a choice that does not exist', async () => {
    await expect(startEngine('fast')).rejects.toBeInstanceOf(ParserStartError);
    await expect(startEngine('fast')).rejects.toThrow(
      'GOPLUMBER_PARSER is "fast"; it may be wasm (the default) or native',
    );
  });

  it('has the grammar that the package of the native binding ships', () => {
    const own = readFileSync(join(root, 'src/go/parser/tree-sitter-go.wasm'));
    let shipped: Buffer;
    try {
      shipped = readFileSync(createRequire(import.meta.url).resolve('tree-sitter-go/tree-sitter-go.wasm'));
    } catch {
      // The optional package is not installed; what is left to show is that the copy is a module.
      shipped = Buffer.concat([Buffer.from('\0asm'), own.subarray(4)]);
    }
    expect(own.equals(shipped)).toBe(true);
  });
});
