/** `check --explain FUNC`: what the explorer did about a function, as text and as JSON. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExplainReport } from '../../src/cli/explain/command.ts';
import { writeFiles } from '../local/git-sandbox.ts';
import { runCli } from './run-cli.ts';

const work = realpathSync(mkdtempSync(join(tmpdir(), 'goplumber-explain-')));

const files = {
  'go.mod': 'module example.org/pages\n\ngo 1.24\n',
  'pages.go': `package pages

import (
	"context"
	"strings"
)

type Loader struct{ url string }

func (l *Loader) Fetch(ctx context.Context, load func() int) int {
	result := make(chan int)
	go func() { result <- l.once(load) }()
	select {
	case page := <-result:
		return page
	case <-ctx.Done():
		return len(strings.ToUpper(l.url))
	}
}

func (l *Loader) once(load func() int) int { return load() }

func First(parts []func() error) error {
	errs := make(chan error)
	for _, part := range parts {
		go func() {
			if err := part(); err != nil {
				errs <- err
			}
		}()
	}
	return <-errs
}

func Add(a, b int) int { return a + b }
`,
  'other/other.go': 'package other\n\nfunc First() {}\n',
};

beforeAll(() => writeFiles(work, files));
afterAll(() => rmSync(work, { recursive: true, force: true }));

async function explained(name: string, ...paths: readonly string[]): Promise<ExplainReport['functions']> {
  const { code, out } = await runCli(work, ['check', '--explain', name, '--format', 'json', ...paths]);
  expect(code).toBe(0);
  return (JSON.parse(out) as ExplainReport).functions;
}

describe('check --explain', () => {
  it('says what is seen, what is not, what was searched and what came of it', async () => {
    const { code, out } = await runCli(work, ['check', '--explain', '(*Loader).Fetch', '.']);
    expect(code).toBe(0);
    expect(out).toContain('(*Loader).Fetch pages.go:10\n  entry: yes, ');
    expect(out).toMatch(
      /callees seen: 2\n(.*\n)*? {4}\(\*Loader\)\.once pages\.go:21, \d+ instructions, calls parameter 1\n/,
    );
    expect(out).toContain('a function value: called; its target is unknown; 1 call, first at pages.go:21');
    expect(out).toMatch(
      /with everything that it reaches, \d+ instructions before slicing, \d+ after\n {4}\d+ states, .*decided/,
    );
    expect(out).toContain('leak, error: result <- l.once(load) pages.go:12 (unreceived-send)');
  });

  it('finds a method by its type, with and without parentheses, and alone', async () => {
    for (const name of ['(*Loader).Fetch', 'Loader.Fetch', 'Fetch'])
      expect((await explained(name)).map((one) => one.function)).toEqual(['(*Loader).Fetch']);
    expect((await explained('First')).map((one) => one.package)).toEqual([
      'example.org/pages',
      'example.org/pages/other',
    ]);
  });

  it('names the assumption that drops a leak', async () => {
    const [first] = await explained('First', '.');
    const leaks = first?.searches.flatMap((search) => search.leaks) ?? [];
    const dropped = leaks.find(({ severity }) => severity === 'silent');
    expect(dropped?.operation).toBe('<-errs');
    expect(dropped?.assumptions).toEqual([
      { kind: 'empty-input', text: '`parts` is empty', place: { path: 'pages.go', line: 25 } },
    ]);
    expect(leaks.find(({ operation }) => operation === 'errs <- err')).toMatchObject({
      severity: 'error',
      assumptions: [],
    });
    const { out } = await runCli(work, ['check', '--explain', 'First', '.']);
    expect(out).toContain(
      'leak, dropped: <-errs pages.go:32 (unsent-receive)\n      assumes empty-input: `parts` is empty, pages.go:25',
    );
  });

  it('slices: less is searched than is reached', async () => {
    const [fetch] = await explained('Fetch', '.');
    const sizes = fetch?.searches[0]?.instructions;
    expect(sizes?.after).toBeLessThan(sizes?.before ?? 0);
    expect(sizes?.after).toBeGreaterThan(0);
  });

  it('says why a function is no entry', async () => {
    const [add] = await explained('Add', '.');
    expect(add?.entry).toEqual({
      chosen: false,
      reason: 'neither it nor what it calls creates or starts anything that a goroutine can wait for',
    });
    expect(add?.searches).toEqual([]);
  });

  it('says what is wrong with the request', async () => {
    const err = async (...args: readonly string[]) => {
      const result = await runCli(work, ['check', '--explain', ...args]);
      expect(result.code).toBe(2);
      return result.err;
    };
    expect(await err('Nothing')).toContain('no function "Nothing"');
    expect(await err('Fetc')).toContain('no function "Fetc" in the packages to check; did you mean Fetch?');
    expect(await err('Other.Fetch')).toContain('there is (*Loader).Fetch');
    expect(await err('Fetch', '--fix')).toContain('leave out --fix');
    expect(await err('Fetch', '--base', 'HEAD')).toContain('leave out --base');
    expect(await err('Fetch', '--format', 'sarif')).toContain('text and json');
  });
});
