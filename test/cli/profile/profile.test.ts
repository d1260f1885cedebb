/** Profiles that Go 1.26 wrote of `main.go.txt`, whose `Fetch` leaks three goroutines. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStacks } from '../../../src/cli/profile/stacks.ts';
import { folderWith } from '../../local/git-sandbox.ts';
import { runCli } from '../run-cli.ts';

const at = (name: string) => readFileSync(join(import.meta.dirname, name));
const profiles = {
  'debug=1': at('debug1.txt'),
  'debug=2': at('debug2.txt'),
  pprof: Buffer.from(at('pprof.base64').toString('utf8'), 'base64'),
};

describe('goplumber profile', () => {
  it.each(Object.entries(profiles))('finds the leak behind a stack of %s', async (_, profile) => {
    const folder = folderWith({
      'go.mod': 'module example.org/pages\n\ngo 1.24\n',
      'main.go': at('main.go.txt'),
      'goroutines.out': profile,
    });
    const { code, out, err } = await runCli(folder, ['profile', 'goroutines.out']);
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(
      /^3 goroutines\n {2}main\.Fetch\.func1 \S+main\.go:13\n {2}error unreceived-send at main\.go:13: .*\n {2}fix \(verified\): .*\n\n/,
    );
    expect(out).toContain('no finding explains this stack');
    expect(out).toMatch(/\n1 of 2 stacks explained by findings\n$/);
  });

  it('refuses what is no profile, in one line', async () => {
    const folder = folderWith({ 'notes.txt': 'hello\n', 'cut.gz': profiles.pprof.subarray(0, 100) });
    for (const file of ['notes.txt', 'cut.gz', 'nowhere']) {
      const { code, out, err } = await runCli(folder, ['profile', file]);
      expect([file, code, out]).toEqual([file, 2, '']);
      expect(err).toMatch(/^goplumber: [^\n]+\n$/);
    }
  });

  it('never fails on bytes', () => {
    const packed = profiles.pprof;
    for (let length = 0; length < packed.length; length += 7) readStacks(packed.subarray(0, length));
    for (const bytes of [[], [0x0a], [0x0a, 0xff], [0xff, 0xff, 0xff], [0x32, 0x00, 0x12, 0x02, 0x0a, 0xff]])
      expect(readStacks(Buffer.from(bytes)) ?? []).toEqual(expect.any(Array));
  });
});
