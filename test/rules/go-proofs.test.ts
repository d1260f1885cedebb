/**
 * The fixtures before Go itself: fixtures and golden files compile and pass `go vet`, golden files are as gofmt writes
 * them, and where a package has an exported function `Leak`, running it under Go's own goroutine leak profile shows the
 * leak in the fixture and none in the golden file.
 *
 * Without `go` these tests are skipped with a printed reason; GOPLUMBER_REQUIRE_GO=1 makes its absence a failure.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceFile } from '../../src/go/package.ts';
import { go, goRequired, hasLeakProfile, leakProfile, run } from '../go-toolchain.ts';
import { orSkipped } from '../skipped.ts';
import { type Fixture, readFixtures } from './harness.ts';
import { writeStandIns } from './stand-in-modules.ts';

if (!go && !goRequired)
  console.warn('skipped: the Go proofs of the fixtures, because `go` (1.21 or newer) is not on the PATH');

/** One package of the module copy. */
interface Proof {
  /** Import path below the module: `unreceived_send/early_return/before`. */
  readonly path: string;
  readonly fixture: Fixture;
  readonly golden: boolean;
  readonly sources: readonly SourceFile[];
  /** Has an exported scenario `Leak()`. */
  readonly runs: boolean;
}

/** A fixture with a file `uncompiled.txt` holds code that is not meant to compile; the file says why. */
function proofsOf(fixture: Fixture): readonly Proof[] {
  if (existsSync(join(fixture.folder, 'uncompiled.txt'))) return [];
  const path = `${fixture.rule}/${fixture.name}`.replace(/[^a-zA-Z0-9/]/g, '_');
  const runs = fixture.sources.some(({ text }) => /^func Leak\(\) \{/m.test(text));
  const before: Proof = { path: `${path}/before`, fixture, golden: false, sources: fixture.sources, runs };
  if (fixture.goldens.length === 0) return [before];
  const sources = fixture.sources.map(
    (source) => fixture.goldens.find((golden) => golden.path === source.path) ?? source,
  );
  return [before, { path: `${path}/after`, fixture, golden: true, sources, runs }];
}

const proofs = readFixtures().flatMap(proofsOf);
const running = proofs.filter((proof) => proof.runs && packageNameOf(proof) !== 'main');
let root = '';

/** Writes all packages into one module per Go version, so that one build does for all of them. */
function writeModule(): void {
  root = mkdtempSync(join(tmpdir(), 'goplumber-proofs-'));
  const replaced = writeStandIns(root);
  for (const proof of proofs) {
    const folder = join(root, moduleOf(proof), proof.path);
    mkdirSync(folder, { recursive: true });
    for (const { path, text } of proof.sources) writeFileSync(join(folder, path), text);
    const version = proof.fixture.goVersion;
    writeFileSync(
      join(root, moduleOf(proof), 'go.mod'),
      `module proofs\n\ngo 1.${version?.minor ?? go?.minor}\n\n${replaced}`,
    );
  }
  for (const module of new Set(running.map(moduleOf))) {
    mkdirSync(join(root, module, 'run'), { recursive: true });
    writeFileSync(
      join(root, module, 'run', 'main.go'),
      scenarios(running.filter((proof) => moduleOf(proof) === module)),
    );
  }
}

function moduleOf({ fixture }: Proof): string {
  return fixture.goVersion ? `go1_${fixture.goVersion.minor}` : 'newest';
}

function packageNameOf({ sources }: Proof): string {
  return /^package (\w+)/m.exec(sources[0]?.text ?? '')?.[1] ?? 'main';
}

/** One program with all scenarios: runs the `Leak` that it is asked for and prints how many goroutines leaked for sure. */
function scenarios(all: readonly Proof[]): string {
  const imports = all.map((proof, at) => `\tp${at} "proofs/${proof.path}"`);
  const table = all.map((proof, at) => `\t"${proof.path}": p${at}.Leak,`);
  return `package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"strings"
	"time"

${imports.join('\n')}
)

var scenarios = map[string]func(){
${table.join('\n')}
}

func main() {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { _ = recover() }()
		scenarios[os.Args[1]]()
	}()
	select {
	case <-done:
	case <-time.After(300 * time.Millisecond):
	}
	for i := 0; i < 50; i++ {
		runtime.Gosched()
	}
	time.Sleep(30 * time.Millisecond)
	var out bytes.Buffer
	_ = pprof.Lookup("goroutineleak").WriteTo(&out, 2)
	fmt.Println("leaked:", strings.Count(out.String(), "(leaked)"))
}
`;
}

describe.runIf(go || goRequired)(
  orSkipped(!go && !goRequired, 'Go agrees with the fixtures', 'no go on the PATH'),
  () => {
    beforeAll(() => {
      expect(go, '`go` 1.21 or newer is required').toBeDefined();
      writeModule();
    });
    afterAll(() => rmSync(root, { recursive: true, force: true }));

    const modules = [...new Set(proofs.map(moduleOf))];

    it.each(modules)(
      '%s: every package compiles',
      (module) => {
        expect(run('go', ['build', './...'], join(root, module))).toEqual({ code: 0, output: '' });
      },
      300_000,
    );

    it.each(modules)(
      '%s: golden packages pass go vet',
      (module) => {
        const paths = proofs
          .filter((proof) => proof.golden && moduleOf(proof) === module)
          .map((proof) => `./${proof.path}`);
        if (paths.length > 0) expect(run('go', ['vet', ...paths], join(root, module))).toEqual({ code: 0, output: '' });
      },
      300_000,
    );

    it('golden files and fixtures are as gofmt writes them', () => {
      const folders = proofs.map((proof) => join(root, moduleOf(proof), proof.path));
      expect(execFileSync('gofmt', ['-l', ...folders], { encoding: 'utf8' })).toBe('');
    });
  },
);

describe.runIf(hasLeakProfile)(
  orSkipped(!hasLeakProfile, 'the goroutine leak profile agrees with the fixtures', 'Go is older than 1.26'),
  () => {
    beforeAll(() => {
      if (root === '' || !existsSync(root)) writeModule();
      for (const module of new Set(running.map(moduleOf))) {
        const built = run(
          'go',
          ['build', '-o', join(root, module, 'scenarios'), './run'],
          join(root, module),
          leakProfile,
        );
        expect(built).toEqual({ code: 0, output: '' });
      }
    }, 600_000);
    afterAll(() => rmSync(root, { recursive: true, force: true }));

    it.each(running.map((proof) => [`${proof.fixture.rule}/${proof.fixture.name}`, proof] as const))(
      '%s',
      (_, proof) => {
        const { output } = run(join(root, moduleOf(proof), 'scenarios'), [proof.path], root, {
          ...leakProfile,
          GOMAXPROCS: '1',
        });
        const leaked = Number(/leaked: (\d+)/.exec(output)?.[1] ?? Number.NaN);
        if (proof.golden) expect(leaked, output).toBe(0);
        else expect(leaked, output).toBeGreaterThan(0);
      },
    );
  },
);
