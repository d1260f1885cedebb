/**
 * The tests that `goplumber prove` writes, before Go itself: for every fixture whose finding has a witness, the test has to
 * compile, fail on the fixture, and pass once the finding's own fix is applied. Then `profile` has to explain the stacks
 * that the failing tests print.
 *
 * The tests are compiled into one program, which runs one of them at a time: linking a program for each would take minutes.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyFix } from '../../../src/analysis/edits.ts';
import { withVerifiedFixes } from '../../../src/analysis/verify.ts';
import { describe as described } from '../../../src/cli/describe.ts';
import { explains } from '../../../src/cli/profile/command.ts';
import { readStacks } from '../../../src/cli/profile/stacks.ts';
import { type Proof, proofOf } from '../../../src/cli/prove/proof.ts';
import type { ReportedDiagnostic } from '../../../src/cli/report.ts';
import type { SourceFile } from '../../../src/go/package.ts';
import { goRequired, hasLeakProfile, leakProfile, run } from '../../go-toolchain.ts';
import { analyseFixture, type Fixture, readFixtures } from '../../rules/harness.ts';
import { writeStandIns } from '../../rules/stand-in-modules.ts';
import { orSkipped } from '../../skipped.ts';

interface Case {
  /** Import path below the module. */
  readonly path: string;
  readonly finding: ReportedDiagnostic;
  readonly proof: Proof;
  readonly before: readonly SourceFile[];
  /** Absent where no fix is offered. */
  readonly after?: readonly SourceFile[];
}

/** Findings with a witness in fixtures that Go can compile. A test file of its own is no place for another test. */
function casesOf(fixture: Fixture): readonly Case[] {
  if (existsSync(join(fixture.folder, 'uncompiled.txt'))) return [];
  const analysed = analyseFixture(fixture);
  return analysed.result.diagnostics.flatMap((diagnostic) => {
    const { scenario, location } = diagnostic;
    if (!scenario || location.path.endsWith('_test.go')) return [];
    const said = { path: location.path, line: location.startLine, endLine: location.endLine, side: 'RIGHT' } as const;
    const linesOf = (path: string) => analysed.pkg.files.find((file) => file.path === path)?.lines;
    const finding = described(diagnostic, said, null, linesOf);
    const proof = proofOf(finding, analysed.pkg);
    if ('kind' in proof) throw new Error(proof.reason);
    const [fix] = withVerifiedFixes(analysed, diagnostic).fixes;
    const texts = fix && applyFix(fix, (path) => fixture.sources.find((source) => source.path === path)?.text);
    const before = fixture.sources.filter((source) => !source.path.endsWith('_test.go'));
    const after =
      texts && !('kind' in texts)
        ? before.map(({ path, text }) => ({ path, text: texts.get(path) ?? text }))
        : undefined;
    const name = `${fixture.rule}/${fixture.name}/line${location.startLine}`.replace(/[^a-zA-Z0-9/]/g, '_');
    return [{ path: name, finding, proof, before, ...(after ? { after } : {}) }];
  });
}

/** The share of findings whose test fails before the fix and passes after it. */
const leastProven = 0.8;
const leastExplained = 0.95;

let root = '';

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  // A program cannot be imported; what its package is called does not matter here.
  writeFileSync(join(root, path), path.startsWith('run/') ? text : text.replace(/^package main$/m, 'package program'));
}

function nameOf(side: 'before' | 'after', path: string): string {
  return `${side}/${path}`.replaceAll('/', '.');
}

/** One test of a package of the module. */
interface Target {
  /** Its name: `before.rule.case.line12`; a slash would part it from a subtest. */
  readonly name: string;
  readonly pkg: string;
  readonly test: string;
}

/**
 * One package for each fixture as it is, with all its proofs, and one for each fix. The tests are ordinary files, so that a
 * program can import them.
 */
function writePackages(cases: readonly Case[]): readonly Target[] {
  write('go.mod', `module proofs\n\ngo 1.26\n\n${writeStandIns(root)}`);
  return cases.flatMap(({ path, proof, before, after }) => {
    const pkgs = [[`before/${dirname(path)}`, before] as const, ...(after ? [[`after/${path}`, after] as const] : [])];
    return pkgs.map(([pkg, sources]) => {
      for (const source of sources) write(`${pkg}/${source.path}`, source.text);
      write(`${pkg}/proof_${proof.test}.go`, proof.text);
      return { name: nameOf(pkg.startsWith('before') ? 'before' : 'after', path), pkg, test: proof.test };
    });
  });
}

/** A program that runs the test that it is asked for. */
function program(targets: readonly Target[]): string {
  const pkgs = [...new Set(targets.map(({ pkg }) => pkg))].sort();
  const imports = pkgs.map((pkg, at) => `\tp${at} "proofs/${pkg}"`);
  const tests = targets.map(({ name, pkg, test }) => `\t{Name: "${name}", F: p${pkgs.indexOf(pkg)}.${test}},`);
  return `package main

import (
	"testing"

${imports.join('\n')}
)

var tests = []testing.InternalTest{
${tests.join('\n')}
}

func main() {
	testing.Main(func(pattern, name string) (bool, error) { return "^"+name+"$" == pattern, nil }, tests, nil, nil)
}
`;
}

interface Outcome {
  readonly failed: boolean;
  readonly skipped: boolean;
  readonly output: string;
}

/** A test that starts goroutines without end takes no more than this, in kilobytes. */
const maxMemory = 3_000_000;

function runTest({ name, pkg }: Target): Promise<Outcome> {
  const limited = `ulimit -v ${maxMemory} 2>/dev/null; exec "$0" "$@"`;
  const args = ['-c', limited, join(root, 'tests'), `-test.run=^${name}$`, '-test.v', '-test.timeout=40s'];
  return new Promise((resolve) => {
    execFile('sh', args, { cwd: join(root, pkg), maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({
        failed: error !== null,
        skipped: stdout.includes('--- SKIP'),
        output: `${stdout}${stderr}`.slice(0, 100_000),
      });
    });
  });
}

async function runAll(targets: readonly Target[]): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  const waiting = [...targets];
  const work = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift())
      outcomes.set(one.name, await runTest(one));
  };
  await Promise.all(Array.from({ length: 6 }, work));
  return outcomes;
}

describe.runIf(hasLeakProfile || goRequired)(
  orSkipped(!hasLeakProfile && !goRequired, 'generated tests', 'Go is older than 1.26 or not there'),
  () => {
    let cases: readonly Case[] = [];
    let outcomes: ReadonlyMap<string, Outcome> = new Map();
    let broken: ReadonlySet<string> = new Set();
    beforeAll(async () => {
      root = mkdtempSync(join(tmpdir(), 'goplumber-prove-'));
      cases = readFixtures().flatMap(casesOf);
      const targets = writePackages(cases);
      const built = run('go', ['build', './...'], root, leakProfile);
      broken = new Set([...built.output.matchAll(/^# proofs\/(\S+)/gm)].map(([, path = '']) => path));
      const sound = targets.filter(({ pkg }) => !broken.has(pkg));
      write('run/main.go', program(sound));
      expect(run('go', ['build', '-ldflags=-s -w', '-o', join(root, 'tests'), './run'], root, leakProfile)).toEqual({
        code: 0,
        output: '',
      });
      outcomes = await runAll(sound);
    }, 900_000);
    afterAll(() => rmSync(root, { recursive: true, force: true }), 120_000);

    const showsLeak = ({ path }: Case) => {
      const outcome = outcomes.get(nameOf('before', path));
      return (
        outcome?.failed === true &&
        /blocked forever|it panics|panic: .*(closed channel|negative WaitGroup)/.test(outcome.output)
      );
    };
    const seesFix = ({ path, after }: Case) => {
      const outcome = outcomes.get(nameOf('after', path));
      return after === undefined || (outcome?.failed === false && !outcome.skipped);
    };

    it('compile', () => {
      expect([...broken]).toEqual([]);
    });

    it('are as gofmt writes them', () => {
      expect(run('gofmt', ['-l', 'before', 'after'], root).output).toBe('');
    });

    it('fail before the fix and pass after it, four out of five at least', () => {
      const proven = cases.filter((one) => showsLeak(one) && seesFix(one));
      const missed = cases.filter((one) => !proven.includes(one));
      const fixed = cases.filter(({ after }) => after !== undefined).length;
      console.info(
        `prove: ${cases.length} findings with a witness, ${fixed} with a fix; ${cases.filter(showsLeak).length} tests fail before it, ${proven.length} also pass after it`,
      );
      expect(
        proven.length / cases.length,
        missed
          .map((one) => `${one.path}: ${showsLeak(one) ? 'fails after the fix' : 'passes before the fix'}`)
          .join('\n'),
      ).toBeGreaterThanOrEqual(leastProven);
    });

    it('print stacks that profile explains, nineteen out of twenty at least', () => {
      let stacks = 0;
      const unexplained = cases.filter(showsLeak).flatMap(({ path, finding }) => {
        const printed = outcomes.get(nameOf('before', path))?.output.replace(/^ {8}/gm, '') ?? '';
        const profile = /^\d+ @ [\s\S]*?(?=\n---|\n\n|$(?![\s\S]))/m.exec(printed)?.[0];
        const [stack] = profile ? (readStacks(Buffer.from(`goroutineleak profile: total 1\n${profile}\n`)) ?? []) : [];
        if (stack) stacks++;
        return stack && !explains(finding, stack) ? [path] : [];
      });
      expect(stacks).toBeGreaterThan(cases.length / 2);
      // A goroutine that only time keeps awake is seen wherever it stands just then.
      expect(1 - unexplained.length / stacks, unexplained.join('\n')).toBeGreaterThanOrEqual(leastExplained);
    });
  },
);
