/**
 * `check` on the leak kernels that Go ships: GoKer, and the simple and common patterns beside it, compared with Go's own
 * list of expected leaks. Usage: node dist-bench/goker.js [--verbose] [NAME...]
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SourceFile } from '../src/go/package.ts';
import { table } from './corpus.ts';
import { type Measured, measure, type Score, score } from './goker-check.ts';
import { type KernelClass, readClasses, readTruth, type Truth } from './goker-truth.ts';

interface Row extends Score {
  readonly group: string;
  readonly class?: KernelClass;
  readonly measured: Measured;
}

const titles = { simple: 'simple', pattern: 'common patterns', goker: 'GoKer' } as const;

function main(args: readonly string[]): void {
  const names = new Set(args.filter((arg) => !arg.startsWith('--')));
  const runtime = join(execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim(), 'src/runtime');
  const truths = readTruth(readFileSync(join(runtime, 'goroutineleakprofile_test.go'), 'utf8')).filter(
    ({ name }) => names.size === 0 || names.has(name),
  );
  const rows = rowsOf(truths, join(runtime, 'testdata/testgoroutineleakprofile'));
  for (const row of rows) print(row, args.includes('--verbose'));
  console.log(`\n${summary(rows)}`);
  process.exitCode = names.size === 0 && !isEnough(rows) ? 1 : 0;
}

/** Simple and common patterns are one package that is checked once; each GoKer kernel is one of its own. */
function rowsOf(truths: readonly Truth[], folder: string): readonly Row[] {
  const goker = join(folder, 'goker');
  const classes = readClasses(readFileSync(join(goker, 'README.md'), 'utf8'));
  const shared = new Map<string, Measured>();
  return truths.map((truth): Row => {
    const sources = sourcesFor(truth, truth.category === 'goker' ? goker : folder);
    const key = sources.map(({ path }) => path).join(' ');
    const measured = shared.get(key) ?? measure(sources);
    shared.set(key, measured);
    const known = classes.get(basename(sources[0]?.path ?? '', '.go'));
    const group = known ? `GoKer, ${known.type.toLowerCase()}` : titles[truth.category];
    return { ...score(truth, measured), measured, group, ...(known ? { class: known } : {}) };
  });
}

/** The kernel's own file first. */
function sourcesFor({ name, category }: Truth, folder: string): readonly SourceFile[] {
  const all = readdirSync(folder)
    .filter((file) => file.endsWith('.go'))
    .map((file) => ({ path: `kernel/${file}`, text: readFileSync(join(folder, file), 'utf8') }));
  if (category !== 'goker') return all;
  const own = all.filter(({ text }) => text.includes(`func ${name}(`));
  return [...own, ...all.filter(({ path }) => path === 'kernel/main.go')];
}

function print(row: Row, verbose: boolean): void {
  const { truth, told, found, measured, verdict, unlisted } = row;
  const listed = truth.patterns.length;
  const cells = [
    truth.name.padEnd(24),
    (row.class ? `${row.class.type}: ${row.class.kind}` : row.group).padEnd(46),
    verdict.padEnd(6),
    `told ${told}/${listed}`.padEnd(9),
    `found ${found}/${listed}`.padEnd(10),
    `${measured.states} states`.padEnd(12),
    `${measured.milliseconds.toFixed(0)} ms`.padEnd(8),
  ];
  if (unlisted.length > 0) cells.push(`+${unlisted.length} not listed`);
  if (truth.category === 'goker' && measured.undecided.length > 0)
    cells.push(`undecided: ${measured.undecided.length}`);
  console.log(cells.join(' ').trimEnd());
  if (!verbose) return;
  for (const { rule, location, message } of unlisted) {
    console.log(`    not listed: ${basename(location.path)}:${location.startLine} ${rule}: ${message}`);
  }
  if (truth.category !== 'goker') return;
  for (const { diagnostic, lines } of measured.errors) {
    const { rule, location, message } = diagnostic;
    console.log(`    ${basename(location.path)}:${location.startLine} ${rule}: ${message}`);
    for (const line of lines) console.log(`        ${line}`);
  }
  for (const reason of measured.undecided) console.log(`    undecided: ${reason}`);
}

function summary(rows: readonly Row[]): string {
  const groups = [...new Set(rows.map(({ group }) => group))].sort((a, b) => Number(isGoKer(a)) - Number(isGoKer(b)));
  const lines = groups.map((group) =>
    summaryLine(
      group,
      rows.filter((row) => row.group === group),
    ),
  );
  const goker = rows.filter(({ truth }) => truth.category === 'goker');
  if (goker.length > 0) lines.push(summaryLine('GoKer, all', goker));
  const head = [
    'category',
    'programs right',
    'listed goroutines reported',
    'found from any entry',
    'errors not listed',
  ];
  return table(head, lines);
}

function isGoKer(group: string): boolean {
  return group.startsWith('GoKer');
}

function summaryLine(name: string, rows: readonly Row[]): readonly string[] {
  const sum = (count: (row: Row) => number) => rows.reduce((total, row) => total + count(row), 0);
  const listed = sum(({ truth }) => truth.patterns.length);
  const right = rows.filter(isRight).length;
  return [
    name,
    `${right} of ${rows.length}`,
    `${sum(({ told }) => told)} of ${listed}`,
    `${sum(({ found }) => found)} of ${listed}`,
    `${sum(({ unlisted }) => unlisted.length)}`,
  ];
}

function isRight({ verdict }: Row): boolean {
  return verdict === 'hit' || verdict === 'quiet';
}

/** Every simple and common pattern, and 60 kernels. */
function isEnough(rows: readonly Row[]): boolean {
  const [goker, others] = [rows.filter(({ group }) => isGoKer(group)), rows.filter(({ group }) => !isGoKer(group))];
  return others.every(isRight) && goker.filter(isRight).length >= 60;
}

main(process.argv.slice(2));
