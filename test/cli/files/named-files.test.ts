/**
 * A file that is named alone is searched from the functions that lead into it, and says what the whole package says of it.
 * Fixtures of rules are such packages, their functions dealt to two files.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkFiles } from '../../../src/cli/check-files.ts';
import { defaultConfig } from '../../../src/config/config.ts';
import { parseFile } from '../../../src/go/file.ts';
import { rules } from '../../../src/rules/index.ts';
import { writeFiles } from '../../local/git-sandbox.ts';

const fixtures = join(import.meta.dirname, '../../rules');
const work = mkdtempSync(join(tmpdir(), 'goplumber-named-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Every so many fixtures one is asked: all of them take minutes. */
const one = process.env['GOPLUMBER_ALL_FIXTURES'] ? 1 : 4;

const sources = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.go') && !path.endsWith('_test.go'))
  .filter((path) => readdirSync(join(fixtures, dirname(path))).filter((name) => name.endsWith('.go')).length === 1)
  .filter((_, at) => at % one === 0);

/** The declarations of a file in turn in one of two; the package clause and the imports in both. */
function dealt(text: string): Readonly<Record<'a.go' | 'b.go', string>> {
  const { decls } = parseFile({ path: 'p.go', text });
  const first = decls.findIndex((decl) => decl.kind !== 'GenDecl' || decl.tok !== 'import');
  const starts = decls.map((_, at) => (at === 0 ? 0 : (decls[at - 1]?.range.end ?? 0)));
  const head = text.slice(0, starts[first]);
  const part = (turn: number): string =>
    head +
    decls
      .flatMap((decl, at) => (at >= first && at % 2 === turn ? [text.slice(starts[at], decl.range.end)] : []))
      .join('');
  return { 'a.go': `${part(0)}\n`, 'b.go': `${part(1)}\n` };
}

async function found(root: string, path: string): Promise<readonly string[]> {
  const quiet = { step() {}, done() {} };
  const report = await checkFiles({ root, paths: [path], config: defaultConfig, rules, fixes: false }, quiet);
  return report.diagnostics.map(({ rule, path, line }) => `${rule} ${path}:${line}`).sort();
}

describe('a file that is named alone', { timeout: 240_000 }, () => {
  it.each(sources)('is said the same of: %s', async (path) => {
    const root = mkdtempSync(join(work, 'm-'));
    writeFiles(root, {
      'go.mod': 'module example.org/m\n\ngo 1.24\n',
      ...dealt(readFileSync(join(fixtures, path), 'utf8')),
    });
    const whole = await found(root, '.');
    const alone = [...(await found(root, 'a.go')), ...(await found(root, 'b.go'))].sort();
    expect(alone).toEqual(whole);
  });
});
