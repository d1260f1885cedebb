/** A change that was checked before is not analysed again, as long as nothing of it is different. */
import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AnyRule } from '../../src/analysis/rule.ts';
import { checkChange } from '../../src/cli/check-change.ts';
import { type Config, defaultConfig } from '../../src/config/config.ts';
import { openRepository } from '../../src/local/repository.ts';
import { rules } from '../../src/rules/index.ts';
import { git, writeFiles } from '../local/git-sandbox.ts';

const work = realpathSync(mkdtempSync(join(tmpdir(), 'goplumber-change-cache-')));
const repository = join(work, 'repository');
const cache = { folder: join(work, 'cache'), build: 'one' };

const leak = (name: string) => `package pages

func ${name}(load func() int, wanted bool) int {
	result := make(chan int)
	go func() { result <- load() }()
	if !wanted {
		return 0
	}
	return <-result
}
`;

beforeAll(() => {
  writeFiles(repository, { 'go.mod': 'module example.org/pages\n\ngo 1.24\n', 'pages.go': 'package pages\n' });
  git(repository, 'init', '-q', '-b', 'main');
  git(repository, 'add', '.');
  git(repository, 'commit', '-q', '-m', 'Before');
  writeFileSync(join(repository, 'pages.go'), leak('Fetch'));
});

afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Counts how often the rules are asked. */
async function check(config: Config = defaultConfig, build = cache.build) {
  let asked = 0;
  const counting = rules.map(
    (rule): AnyRule => ({
      ...rule,
      evaluate: (pass) => {
        asked += 1;
        return rule.evaluate(pass);
      },
    }),
  );
  const request = {
    repository: await openRepository(repository),
    base: 'HEAD',
    folder: repository,
    paths: ['./...'],
    config,
    rules: counting,
    cache: { ...cache, build },
  };
  const report = await checkChange(request, { step: () => {}, done: () => {} });
  return { report, asked };
}

it('gives the report of the first run to the second, to the byte', async () => {
  const first = await check();
  const second = await check();
  expect(first.asked).toBeGreaterThan(0);
  expect(first.report.diagnostics.length).toBeGreaterThan(0);
  expect(second.asked).toBe(0);
  expect(JSON.stringify(second.report)).toBe(JSON.stringify(first.report));
});

it('asks again when the configuration, the program or a file is another one', async () => {
  await check();
  expect((await check({ ...defaultConfig, rules: new Map([['unreceived-send', 'off']]) })).asked).toBeGreaterThan(0);
  expect((await check(defaultConfig, 'two')).asked).toBeGreaterThan(0);
  writeFileSync(join(repository, 'pages.go'), leak('Load'));
  const changed = await check();
  expect(changed.asked).toBeGreaterThan(0);
  expect(changed.report.diagnostics[0]?.message).toBeDefined();
  expect((await check()).asked).toBe(0);
});

it('counts a damaged entry as absent', async () => {
  await check();
  for (const shelf of readdirSync(cache.folder))
    for (const name of readdirSync(join(cache.folder, shelf))) writeFileSync(join(cache.folder, shelf, name), 'x');
  const again = await check();
  expect(again.asked).toBeGreaterThan(0);
  expect(again.report.diagnostics.length).toBeGreaterThan(0);
});
