/** One IR operation is described once: nothing but the vocabulary, the table and the machine's step may name it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { operations } from '../../src/concurrency/operation-table.ts';

const folder = join(import.meta.dirname, '../../src/concurrency');
const ops = Object.keys(operations);

/** A file names an operation when it decides something by it; to make an instruction (`{ op: 'send', ... }`) is no decision. */
function decidedIn(text: string): ReadonlySet<string> {
  const named = new Set([...text.matchAll(/\bop\b\)?\s*[!=]==\s*'(\w+)'/g)].map((match) => match[1] ?? ''));
  for (const [, indent, body] of text.matchAll(/^( *)switch \([^\n]*\bop\) \{\n([\s\S]*?)^\1\}/gm))
    for (const [, op] of (body ?? '').matchAll(new RegExp(`^${indent}  case '(\\w+)':`, 'gm'))) named.add(op ?? '');
  for (const [, list] of text.matchAll(/(?:<Op>\(|\bOp\[\] = )\[([^\]]*)\]/g))
    for (const [, op] of (list ?? '').matchAll(/'(\w+)'/g)) named.add(op ?? '');
  return named;
}

function filesNaming(): ReadonlyMap<string, readonly string[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const found = new Map<string, string[]>(ops.map((op) => [op, []]));
  for (const file of files)
    for (const op of decidedIn(readFileSync(join(folder, file), 'utf8'))) found.get(op)?.push(file);
  return found;
}

/** The machine's steps; `wgAdd` is a scheduling point or none, depending on its values. This list may only shrink. */
const steps = ['machine/local.ts', 'machine/quiet-steps.ts', 'machine/steps.ts'];
const inTwoSteps = ['wgAdd'];

describe('operations of the IR', () => {
  const naming = filesNaming();

  it('are decided by in one step of the machine, and nowhere else', () => {
    const elsewhere = [...naming].flatMap(([op, files]) =>
      files.filter((file) => !steps.includes(file)).map((file) => `${op}: ${file}`),
    );
    expect(elsewhere).toEqual([]);
    expect([...naming].flatMap(([op, files]) => (files.length > 1 ? [op] : []))).toEqual(inTwoSteps);
  });

  it('would be seen elsewhere', () => {
    expect([
      ...decidedIn("if (instruction?.op !== 'send') return;\nconst all = new Set<Op>(['recv', 'lock']);"),
    ]).toEqual(['send', 'recv', 'lock']);
    expect([...decidedIn("  switch (each.op) {\n    case 'go':\n    case 'call':\n      return;\n  }\n")]).toEqual([
      'go',
      'call',
    ]);
    expect([...naming.values()].filter((files) => files.length > 0).length).toBeGreaterThan(40);
  });

  it('are the same in the vocabulary and in the table', () => {
    const vocabulary = readFileSync(join(folder, 'ir.ts'), 'utf8');
    const declared = [...vocabulary.matchAll(/readonly op: '(\w+)'/g)].map((match) => match[1]);
    expect(declared.sort()).toEqual(ops.sort());
  });
});
