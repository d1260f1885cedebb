/**
 * The fixtures before Go itself: fixtures and golden files compile and pass `go vet`, golden files are as gofmt writes
 * them, and where a package has an exported function `Leak`, running it under Go's own goroutine leak profile shows the
 * leak in the fixture and none in the golden file.
 *
 * Without `go` these tests are skipped with a printed reason; GOPLUMBER_REQUIRE_GO=1 makes its absence a failure.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceFile } from '../../src/go/package.ts';
import { type Fixture, readFixtures } from './harness.ts';

const go = goVersion();
const required = process.env['GOPLUMBER_REQUIRE_GO'] === '1';
if (!go && !required)
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

function goVersion(): { readonly minor: number } | undefined {
  const found = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  const match = /^go1\.(\d+)/.exec(found.stdout ?? '');
  return match && Number(match[1]) >= 21 ? { minor: Number(match[1]) } : undefined;
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
let root = '';

/** Writes all packages into one module per Go version, so that one build does for all of them. */
function writeModule(): void {
  root = mkdtempSync(join(tmpdir(), 'goplumber-proofs-'));
  for (const proof of proofs) {
    const folder = join(root, moduleOf(proof), proof.path);
    mkdirSync(folder, { recursive: true });
    for (const { path, text } of proof.sources) writeFileSync(join(folder, path), text);
    const version = proof.fixture.goVersion;
    const local = join(import.meta.dirname, 'stand-ins', 'sync');
    writeFileSync(
      join(root, moduleOf(proof), 'go.mod'),
      `module proofs\n\ngo 1.${version?.minor ?? go?.minor}\n\nrequire golang.org/x/sync v0.0.0\n\nreplace golang.org/x/sync => ${local}\n`,
    );
    const runnable = packageNameOf(proof) !== 'main';
    if (!proof.runs || !runnable) continue;
    mkdirSync(join(folder, 'run'), { recursive: true });
    writeFileSync(join(folder, 'run', 'main.go'), scenario(`proofs/${proof.path}`, packageNameOf(proof)));
  }
}

function moduleOf({ fixture }: Proof): string {
  return fixture.goVersion ? `go1_${fixture.goVersion.minor}` : 'newest';
}

function packageNameOf({ sources }: Proof): string {
  return /^package (\w+)/m.exec(sources[0]?.text ?? '')?.[1] ?? 'main';
}

/** Runs `Leak`, gives the goroutines time to block, and prints how many the runtime proves leaked. */
function scenario(importPath: string, name: string): string {
  return `package main

import (
	"bytes"
	"fmt"
	"runtime"
	"runtime/pprof"
	"strings"
	"time"

	subject "${importPath}"
)

func main() {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { _ = recover() }()
		subject.Leak()
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
	fmt.Println("${name} leaked:", strings.Count(out.String(), "(leaked)"))
}
`;
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): { readonly code: number; readonly output: string } {
  const done = spawnSync(command, [...args], {
    cwd,
    encoding: 'utf8',
    timeout: 240_000,
    env: { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off', GOTOOLCHAIN: 'local', GOWORK: 'off', ...env },
  });
  return { code: done.status ?? -1, output: `${done.stdout}${done.stderr}` };
}

describe.runIf(go || required)('Go agrees with the fixtures', () => {
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
    expect(execFileSync('gofmt', ['-l', root], { encoding: 'utf8' })).toBe('');
  });
});

const running = proofs.filter((proof) => proof.runs);

describe.runIf((go?.minor ?? 0) >= 26 && running.length > 0)(
  'the goroutine leak profile agrees with the fixtures',
  () => {
    const profile = { GOEXPERIMENT: 'goroutineleakprofile' };
    beforeAll(() => {
      if (root === '' || !existsSync(root)) writeModule();
      for (const module of new Set(running.map(moduleOf))) {
        mkdirSync(join(root, module, 'bin'), { recursive: true });
        for (const proof of running.filter((one) => moduleOf(one) === module)) {
          const built = run('go', ['build', '-o', binaryOf(proof), `./${proof.path}/run`], join(root, module), profile);
          expect(built).toEqual({ code: 0, output: '' });
        }
      }
    }, 600_000);
    afterAll(() => rmSync(root, { recursive: true, force: true }));

    it.each(running.map((proof) => [`${proof.fixture.rule}/${proof.fixture.name}`, proof] as const))(
      '%s',
      (_, proof) => {
        const { output } = run(binaryOf(proof), [], root, { ...profile, GOMAXPROCS: '1' });
        const leaked = Number(/leaked: (\d+)/.exec(output)?.[1] ?? Number.NaN);
        if (proof.golden) expect(leaked, output).toBe(0);
        else expect(leaked, output).toBeGreaterThan(0);
      },
    );
  },
);

function binaryOf(proof: Proof): string {
  return join(root, moduleOf(proof), 'bin', proof.path.replace(/\//g, '_'));
}
