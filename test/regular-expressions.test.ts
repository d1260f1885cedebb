/**
 * No text of a pull request may make a regular expression run without end. Every literal in `src` is judged by a checker that
 * searches for texts on which matching takes exponential time, or grows with the cube of the length.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'acorn';
import { simple } from 'acorn-walk';
import { transformSync } from 'esbuild';
import { checkSync } from 'recheck';
import { expect, it } from 'vitest';

const src = join(import.meta.dirname, '../src');

/** Expressions that the checker complains of, each with the bound of the text that it reads. */
const bounded: ReadonlyMap<string, string> = new Map([
  ['concurrency/open/contract.ts', 'the first 2,000 characters of a doc comment'],
]);

interface Literal {
  readonly pattern: string;
  readonly flags: string;
}

/** The regular expressions of all sources, each once, with a file that has it. */
function literals(): ReadonlyMap<string, Literal & { readonly file: string }> {
  const found = new Map<string, Literal & { readonly file: string }>();
  for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const { code } = transformSync(readFileSync(join(src, file), 'utf8'), { loader: 'ts', target: 'esnext' });
    simple(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }), {
      Literal({ raw, regex }) {
        if (raw !== undefined && regex) found.set(raw, { ...regex, file });
      },
    });
  }
  return found;
}

/**
 * What is wrong with an expression; undefined for one that is safe, or slow by the square of a length at most, and where no text
 * that is slow was found in the time.
 */
function complaint({ pattern, flags }: Literal): string | undefined {
  const found = checkSync(pattern, flags, { timeout: 2_000 });
  if (found.status !== 'vulnerable') return undefined;
  const { complexity } = found;
  return complexity.type === 'polynomial' && complexity.degree <= 2 ? undefined : complexity.summary;
}

it('no regular expression is slow by more than the square of a length', () => {
  const all = literals();
  expect(all.size).toBeGreaterThan(300);
  const complaints = [...all].flatMap(([raw, literal]) => {
    const wrong = bounded.has(literal.file) ? undefined : complaint(literal);
    return wrong === undefined ? [] : [`${literal.file}: ${raw}: ${wrong}`];
  });
  expect(complaints).toEqual([]);
}, 600_000);

it('an expression with nested repetitions would be found', () => {
  expect(complaint({ pattern: '^(a+)+$', flags: '' })).toBe('exponential');
});
