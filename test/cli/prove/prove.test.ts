import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith } from '../../local/git-sandbox.ts';
import { runCli } from '../run-cli.ts';

const source = `package pages

import "context"

type Store interface {
	Load(name string) (int, error)
}

func Fetch(ctx context.Context, store Store, name string) int {
	result := make(chan int)
	go func() {
		page, _ := store.Load(name)
		result <- page
	}()
	select {
	case page := <-result:
		return page
	case <-ctx.Done():
		return 0
	}
}
`;
const files = {
  'go.mod': 'module example.org/pages\n\ngo 1.24\n',
  'web/pages.go': source,
  'web/other.go': 'package pages\n',
};

async function fingerprint(folder: string): Promise<string> {
  const { out } = await runCli(folder, ['check', '--format', 'json']);
  const { diagnostics } = JSON.parse(out) as { readonly diagnostics: readonly { rule: string; fingerprint: string }[] };
  return diagnostics.find(({ rule }) => rule === 'unreceived-send')?.fingerprint ?? '';
}

describe('goplumber prove', () => {
  it('writes a test beside the package, by fingerprint, place, or rule and place', async () => {
    const folder = folderWith(files);
    const told = [
      [await fingerprint(folder)],
      ['web/pages.go:13'],
      ['unreceived-send at web/pages.go:13'],
      ['unreceived-send', 'at', 'web/pages.go:13'],
    ];
    for (const words of told) {
      const { code, out, err } = await runCli(folder, ['prove', '--force', ...words]);
      expect([words, code, err]).toEqual([words, 0, '']);
      expect(out).toMatch(/^wrote web\/leak_fetch_13_test\.go, which shows unreceived-send at web\/pages\.go:13\n/);
      expect(out).toContain('  GOEXPERIMENT=goroutineleakprofile go test -run TestLeakFetch13 ./web\n');
    }
    const text = readFileSync(join(folder, 'web/leak_fetch_13_test.go'), 'utf8');
    expect(text).toContain('package pages\n');
    expect(text).toContain('func TestLeakFetch13(t *testing.T) {');
    expect(text).toMatch(/^\/\/ {3}pages\.go:10 {2}Fetch makes `result` without a buffer$/m);
    expect(text).toContain('func (s *leakFetch13Store) Load(p0 string) (int, error) {');
    expect(text).toContain('`func Fetch(`, `result <- page`');
  });

  it('is taken from the subfolder in which it is asked, and printed with -o -', async () => {
    const folder = folderWith(files);
    const { code, out } = await runCli(join(folder, 'web'), ['prove', 'pages.go:13', '-o', '-']);
    expect([code, out.includes('func TestLeakFetch13(')]).toEqual([0, true]);
  });

  it('replaces a file only with --force', async () => {
    const folder = folderWith(files);
    writeFileSync(join(folder, 'web/leak_fetch_13_test.go'), 'mine');
    const { code, err } = await runCli(folder, ['prove', 'web/pages.go:13']);
    expect([code, err]).toEqual([2, expect.stringMatching(/leak_fetch_13_test\.go exists; --force replaces it\n$/)]);
    expect(readFileSync(join(folder, 'web/leak_fetch_13_test.go'), 'utf8')).toBe('mine');
  });

  it('leaves parts that it cannot make up to a person, and says which', async () => {
    const handed = source
      .replace('type Store interface {\n\tLoad(name string) (int, error)\n}', 'import "example.org/store"')
      .replace('Store, name', 'store.Client, name');
    const folder = folderWith({ ...files, 'web/pages.go': handed });
    const { code, out } = await runCli(folder, ['prove', 'web/pages.go:11']);
    expect([code, out]).toEqual([1, expect.stringContaining('left for you to write: store.Client')]);
  });

  it.each([
    [
      'web/pages.go:1',
      /^goplumber: there is no such finding; did you mean "unreceived-send at web\/pages\.go:13"\?\n$/,
    ],
    ['lost-cancel at web/pages.go:13', /^goplumber: there is no such finding; did you mean /],
    ['nonsense', /^goplumber: "nonsense" names no finding; give its fingerprint, FILE:LINE, or /],
    ['ffffffffffff', /^goplumber: there is no such finding; did you mean /],
    ['nowhere/x.go:3', /^goplumber: cannot read nowhere: no such file or folder/],
  ])('answers %s in one line', async (words, expected) => {
    const { code, out, err } = await runCli(folderWith(files), ['prove', words]);
    expect([code, out, err]).toEqual([2, '', expect.stringMatching(expected)]);
  });
});
