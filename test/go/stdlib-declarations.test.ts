import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { concurrencyDeclarations } from '../../src/go/stdlib-concurrency.ts';
import { ioDeclarations } from '../../src/go/stdlib-io.ts';
import { netDeclarations } from '../../src/go/stdlib-net.ts';
import { orSkipped } from '../skipped.ts';
import { exportedDeclarations, goSourceRoot } from './exported-declarations.ts';

const root = goSourceRoot();
/** The facts are those of one release; another one may have more and is not compared. */
const version = root && readFileSync(join(root, '..', 'VERSION'), 'utf8').match(/^go(1\.\d+)/)?.[1];
const groups = { concurrency: concurrencyDeclarations, io: ioDeclarations, net: netDeclarations };

function fileName(group: string): string {
  return join(import.meta.dirname, `../../src/go/stdlib-${group}.ts`);
}

function rewrite(group: string, declarations: Readonly<Record<string, string>>, from: string): void {
  const old = readFileSync(fileName(group), 'utf8');
  const head = old.slice(0, old.indexOf('= {\n') + 4);
  const entries = Object.keys(declarations).map((path) => `  '${path}': \`${exportedDeclarations(from, path)}\`,\n`);
  writeFileSync(fileName(group), `${head}${entries.join('')}};\n`);
}

const isOther = version !== '1.26';
test.skipIf(isOther)(
  orSkipped(isOther, 'the declarations are those of the installed Go', `Go is ${version ?? 'not there'}, not 1.26`),
  () => {
    if (!root) return;
    for (const [group, declarations] of Object.entries(groups)) {
      if (process.env['UPDATE_STDLIB'] === '1') rewrite(group, declarations, root);
      else
        for (const [path, text] of Object.entries(declarations))
          expect(text, path).toBe(exportedDeclarations(root, path));
    }
  },
);

test('every package of facts can be read without an error', async () => {
  const { knownPackage } = await import('../../src/go/known-packages.ts');
  for (const path of Object.values(groups).flatMap((group) => Object.keys(group))) {
    const facts = knownPackage(path);
    expect(facts?.files[0]?.broken, path).toEqual([]);
    expect(facts?.funcDecls.length ?? 0, path).toBeGreaterThan(0);
  }
});
