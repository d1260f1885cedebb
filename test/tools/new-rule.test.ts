/** `npm run new:rule` in a copy of the sources: what it writes type-checks, and its case fails only where it says "write me". */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AnyRule } from '../../src/analysis/rule.ts';
import { analysePackage } from '../../src/analysis/run.ts';
import { loadPackage } from '../../src/go/load.ts';
import { complaints, expectationsOf } from '../rules/expectations.ts';

const root = join(import.meta.dirname, '../..');
const copy = mkdtempSync(join(tmpdir(), 'goplumber-new-rule-'));
const id = 'forgotten-thing';
const read = (path: string) => readFileSync(join(copy, path), 'utf8');

function newRule(...args: readonly string[]) {
  return spawnSync(process.execPath, [join(root, 'tools/new-rule.mjs'), ...args], { encoding: 'utf8' });
}

beforeAll(() => {
  for (const path of ['src', 'package.json', 'tsconfig.json', 'biome.json', '.gitignore'])
    cpSync(join(root, path), join(copy, path), { recursive: true });
  mkdirSync(join(copy, 'test'));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  expect(newRule(id, copy)).toMatchObject({ status: 0, stderr: '' });
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

it('type-checks', () => {
  // The rule and what it imports; everything else is as it was.
  const only = { extends: './tsconfig.json', include: [], files: [`src/rules/lifecycle/${id}.ts`] };
  writeFileSync(join(copy, 'tsconfig.rule.json'), JSON.stringify(only));
  const tsc = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', join(copy, 'tsconfig.rule.json')], {
    encoding: 'utf8',
  });
  expect([tsc.status, tsc.stdout]).toEqual([0, '']);
}, 300_000);

it('is formatted', () => {
  const files = [`src/rules/lifecycle/${id}.ts`, 'src/rules/lifecycle/index.ts'];
  execFileSync(join(root, 'node_modules/.bin/biome'), ['check', ...files], { cwd: copy });
});

it('is listed once', () => {
  const list = read('src/rules/lifecycle/index.ts');
  expect(list.match(/\bforgottenThing\b/g)).toHaveLength(2);
});

it('fails only where it says "write me"', async () => {
  const module = (await import(join(copy, `src/rules/lifecycle/${id}.ts`))) as { readonly forgottenThing: AnyRule };
  const text = read(`test/rules/${id}/first/first.go`);
  const pkg = loadPackage('.', [{ path: 'first.go', text }]);
  const result = analysePackage(pkg, [module.forgottenThing], { knownRules: new Set([id]) });
  expect([result.crashes, pkg.files.flatMap(({ broken }) => broken)]).toEqual([[], []]);
  const left = complaints(pkg.files.flatMap(expectationsOf), result.diagnostics);
  expect(left).toEqual([expect.stringContaining('write me')]);
  expect(read(`docs/rules/${id}.md`)).toContain('Write me');
});

it('replaces nothing, and takes no id that cannot be one', () => {
  const again = newRule(id, copy);
  expect([again.status, again.stderr]).toEqual([2, `new:rule: src/rules/lifecycle/${id}.ts exists\n`]);
  for (const bad of ['', 'Rule', 'one', '../x-y'])
    expect(newRule(bad, copy)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^new:rule: give the rule an id/),
    });
  expect(newRule('some-rule', tmpdir()).stderr).toMatch(/^new:rule: .* is no checkout of Goplumber\n$/);
});
