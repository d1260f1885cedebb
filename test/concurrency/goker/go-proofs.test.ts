/**
 * The kernels before Go itself: both versions compile, are vetted and formatted, and under Go's goroutine leak profile
 * the one leaks and the repaired one does not. Without `go` these tests are skipped; GOPLUMBER_REQUIRE_GO=1 makes its
 * absence a failure.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { go, goRequired, hasLeakProfile, leakProfile, run } from '../../go-toolchain.ts';
import { orSkipped } from '../../skipped.ts';
import { readKernels } from './kernels.ts';
import { nudged, nudgeSource } from './nudge.ts';

type Version = 'leaking' | 'fixed';
const versions: readonly Version[] = ['leaking', 'fixed'];

const kernels = readKernels();
const names = kernels.map(({ name }) => name);
let root = '';

/** One module: every kernel twice as it is, and twice with nudges, which the programs import. */
function writeModule(): void {
  root = mkdtempSync(join(tmpdir(), 'goplumber-kernels-'));
  const write = (folder: string, file: string, text: string): void => {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, file), text);
  };
  write('.', 'go.mod', `module proofs\n\ngo 1.${go?.minor}\n`);
  for (const kernel of kernels)
    for (const version of versions) {
      write(`plain/${version}/${kernel.name}`, 'kernel.go', kernel[version]);
      write(`${version}/${kernel.name}`, 'kernel.go', nudged(kernel[version]));
      write(`${version}/${kernel.name}`, 'nudge.go', nudgeSource);
    }
  for (const version of versions) write(`run/${version}`, 'main.go', program(version));
}

/** Runs all kernels many times at once, and prints the stacks of all goroutines that are blocked forever. */
function program(version: Version): string {
  const imports = names.map((name) => `\t${name} "proofs/${version}/${name}"`);
  const calls = names.map((name) => `\t\tgo ${name}.Leak()`);
  return `package main

import (
	"os"
	"runtime/pprof"
	"time"

${imports.join('\n')}
)

func main() {
	for range 60 {
${calls.join('\n')}
	}
	time.Sleep(2 * time.Second)
	_ = pprof.Lookup("goroutineleak").WriteTo(os.Stdout, 2)
}
`;
}

/** Names of the kernels of which some goroutine has leaked. */
function leakedIn(version: Version): ReadonlySet<string> {
  const { code, output } = run(join(root, `${version}.exe`), [], root);
  expect(code, output.slice(0, 2_000)).toBe(0);
  const leaked = output.split('\n\n').filter((stack) => /^goroutine \d+[^\n]*\(leaked\)/.test(stack.trimStart()));
  const at = new RegExp(`proofs/${version}/(\\w+)\\.`);
  return new Set(leaked.map((stack) => at.exec(stack)?.[1] ?? stack));
}

describe.runIf(go || goRequired)(
  orSkipped(!go && !goRequired, 'Go agrees with the kernels', 'no go on the PATH'),
  () => {
    beforeAll(() => {
      expect(go, '`go` 1.21 or newer is required').toBeDefined();
      writeModule();
    });
    afterAll(() => rmSync(root, { recursive: true, force: true }));

    it('they compile, and the repaired ones pass go vet', () => {
      expect(run('go', ['build', './plain/...'], root)).toEqual({ code: 0, output: '' });
      expect(run('go', ['vet', './plain/fixed/...'], root)).toEqual({ code: 0, output: '' });
    }, 300_000);

    it('they are as gofmt writes them', () => {
      expect(run('gofmt', ['-l', 'plain'], root)).toEqual({ code: 0, output: '' });
    });

    describe.runIf(hasLeakProfile)(orSkipped(!hasLeakProfile, 'and its leak profile', 'Go is older than 1.26'), () => {
      beforeAll(() => {
        for (const version of versions) {
          const built = run('go', ['build', '-o', `${version}.exe`, `./run/${version}`], root, leakProfile);
          expect(built).toEqual({ code: 0, output: '' });
        }
      }, 300_000);

      it('sees every kernel leak', () => {
        const missing = new Set(names);
        for (let round = 0; round < 6 && missing.size > 0; round++)
          for (const name of leakedIn('leaking')) missing.delete(name);
        expect([...missing]).toEqual([]);
      }, 120_000);

      it('sees no repaired version leak', () => {
        expect([...leakedIn('fixed')]).toEqual([]);
      }, 60_000);
    });
  },
);
