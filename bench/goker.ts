/**
 * Runs the explorer on the leak kernels that Go ships (GoKer, and the simple and common patterns beside it) and
 * compares with Go's own list of expected leaks. A hit is an error at an operation of the right kind in the right
 * function. Usage: node dist-bench/bench/goker.js [--verbose] [NAME...]
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { explorePackage, type PackageLeaks } from '../src/concurrency/explore.ts';
import type { Site } from '../src/concurrency/ir.ts';
import type { Leak, StuckKind, StuckProcess } from '../src/concurrency/leak.ts';
import type { FuncLit, Node } from '../src/go/ast.ts';
import { loadPackage } from '../src/go/load.ts';
import type { GoPackage } from '../src/go/package.ts';
import { children } from '../src/go/walk.ts';
import { readTruth, type Truth } from './goker-truth.ts';

interface Row {
  readonly name: string;
  readonly category: string;
  readonly expected: number;
  readonly hits: number;
  readonly result: PackageLeaks;
  readonly unexpected: readonly string[];
  readonly milliseconds: number;
}

function main(args: readonly string[]): void {
  const verbose = args.includes('--verbose');
  const names = new Set(args.filter((arg) => !arg.startsWith('--')));
  const root = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
  const runtime = join(root, 'src/runtime');
  const truths = readTruth(readFileSync(join(runtime, 'goroutineleakprofile_test.go'), 'utf8'));
  const rows = truths
    .filter((truth) => names.size === 0 || names.has(truth.name))
    .map((truth) => measure(truth, join(runtime, 'testdata/testgoroutineleakprofile')));
  for (const row of rows) print(row, verbose);
  summary(rows);
}

function measure(truth: Truth, folder: string): Row {
  const pkg = loadPackage('kernel', sourcesFor(truth, folder));
  const before = performance.now();
  const result = explorePackage(pkg, { everyEntry: true });
  const milliseconds = performance.now() - before;
  const found = result.leaks
    .filter((leak) => !leak.outsider && belongsTo(pkg, leak, truth))
    .flatMap((leak) => leak.stuck.map((stuck) => describe(pkg, stuck)));
  const hits = truth.patterns.filter((pattern) => found.some((each) => each.some((line) => pattern.test(line)))).length;
  const unexpected = found
    .filter((each) => !truth.patterns.some((pattern) => each.some((line) => pattern.test(line))))
    .map((each) => each[0] ?? '');
  return {
    name: truth.name,
    category: truth.category,
    expected: truth.patterns.length,
    hits,
    result,
    unexpected: [...new Set(unexpected)],
    milliseconds,
  };
}

function sourcesFor(truth: Truth, folder: string): { path: string; text: string }[] {
  const dir = truth.category === 'goker' ? join(folder, 'goker') : folder;
  const files = readdirSync(dir).filter((name) => name.endsWith('.go'));
  const wanted =
    truth.category === 'goker'
      ? files.filter(
          (name) => name === 'main.go' || readFileSync(join(dir, name), 'utf8').includes(`func ${truth.name}(`),
        )
      : files;
  return wanted.map((name) => ({ path: name, text: readFileSync(join(dir, name), 'utf8') }));
}

/** Simple patterns share files: a leak belongs to the pattern whose function it stands in or is reached from. */
function belongsTo(pkg: GoPackage, leak: Leak, truth: Truth): boolean {
  if (truth.category === 'goker') return true;
  return (
    leak.stuck.some((stuck) =>
      describe(pkg, stuck).some((line) => truth.patterns.some((pattern) => pattern.test(line))),
    ) || leak.entry.name === truth.name
  );
}

const reasons: Readonly<Record<StuckKind, readonly string[]>> = {
  send: ['chan send'],
  recv: ['chan receive'],
  range: ['chan receive'],
  select: ['select', 'select (no cases)'],
  'nil-send': ['chan send (nil chan)'],
  'nil-recv': ['chan receive (nil chan)'],
  wait: ['sync.WaitGroup.Wait'],
  lock: ['sync.Mutex.Lock', 'sync.RWMutex.Lock'],
  rlock: ['sync.RWMutex.RLock'],
  cond: ['sync.Cond.Wait'],
  once: ['sync.Mutex.Lock'],
  'panic-send-closed': [],
  'panic-close-closed': [],
  'panic-negative-waitgroup': [],
};

/** Lines as the runtime prints them: `function(...) [wait reason]`, for each function on the goroutine's stack. */
function describe(pkg: GoPackage, stuck: StuckProcess): readonly string[] {
  const sites: Site[] = [stuck.site, ...stuck.callers];
  const functions = [...new Set(sites.map((site) => functionAt(pkg, site)))].filter((name) => name !== '');
  return functions.flatMap((name) => reasons[stuck.kind].map((reason) => `${name}() [${reason}]`));
}

/** The runtime's name of the function around a site: `Grpc660.func2.1`, `(*T).run`. */
function functionAt(pkg: GoPackage, site: Site): string {
  const decl = pkg.funcDecls.find(
    (each) => each.file === site.file && each.range.start <= site.range.start && site.range.end <= each.range.end,
  );
  if (!decl) return '';
  const type = decl.recv?.type;
  const receiver = type?.kind === 'StarExpr' ? `(*${text(pkg, type.x)}).` : type ? `${text(pkg, type)}.` : '';
  let name = receiver + decl.name.name;
  let around: Node = decl;
  for (let depth = 0; ; depth++) {
    const literals = outermostLiterals(around);
    const index = literals.findIndex((lit) => lit.range.start <= site.range.start && site.range.end <= lit.range.end);
    const lit = literals[index];
    if (!lit || lit.range.start === site.range.start) return name;
    name += depth === 0 ? `.func${index + 1}` : `.${index + 1}`;
    around = lit.body;
  }
}

function text(pkg: GoPackage, node: Node): string {
  const { text: source } = pkg.fileOf(node);
  return source.slice(node.range.start, node.range.end);
}

function outermostLiterals(root: Node): readonly FuncLit[] {
  const found: FuncLit[] = [];
  const visit = (node: Node): void => {
    if (node.kind === 'FuncLit' && node !== root) found.push(node);
    else for (const child of children(node)) visit(child);
  };
  visit(root);
  return found;
}

function verdict(row: Row): string {
  if (row.expected === 0) return row.result.leaks.length === 0 || row.unexpected.length === 0 ? 'quiet' : 'FALSE';
  return row.hits > 0 ? 'hit' : 'miss';
}

function print(row: Row, verbose: boolean): void {
  const { name, hits, expected, result } = row;
  const cells = [
    name.padEnd(26),
    row.category.padEnd(8),
    verdict(row).padEnd(6),
    `${hits}/${expected}`.padEnd(6),
    `${result.statistics.states} states`.padEnd(14),
    `${row.milliseconds.toFixed(0)} ms`,
  ];
  if (row.unexpected.length > 0) cells.push(`+${row.unexpected.length} not listed`);
  if (result.undecided.length > 0) cells.push(`undecided: ${result.undecided.length}`);
  console.log(cells.join(' '));
  if (!verbose) return;
  for (const line of row.unexpected) console.log(`    not listed: ${line}`);
  for (const { entry, reason } of result.undecided) console.log(`    undecided: ${entry.name}: ${reason}`);
  for (const leak of result.leaks) for (const line of trace(leak)) console.log(`    ${line}`);
}

function trace(leak: Leak): readonly string[] {
  const at = (site: Site): string =>
    site.file ? `${basename(site.file.path)}:${site.file.lines.lineAt(site.range.start)}` : 'library';
  return [
    `leak from ${leak.entry.name}: ${leak.stuck.map((stuck) => `${stuck.kind} at ${at(stuck.site)}`).join(', ')}`,
    ...leak.trace.map(
      (step) =>
        `  ${step.process.id} ${step.process.code.name} ${at(step.site)} ${JSON.stringify(step.what, (key, value) => (key === 'started' || key === 'partner' ? value.id : key === 'arm' && value !== 'default' ? at(value) : value))}`,
    ),
  ];
}

function summary(rows: readonly Row[]): void {
  for (const category of ['simple', 'pattern', 'goker']) {
    const mine = rows.filter((row) => row.category === category);
    const right = mine.filter((row) => verdict(row) === 'hit' || verdict(row) === 'quiet');
    const listed = mine.reduce((sum, row) => sum + row.expected, 0);
    const hits = mine.reduce((sum, row) => sum + row.hits, 0);
    console.log(`${category}: ${right.length} of ${mine.length} right; ${hits} of ${listed} listed goroutines`);
  }
}

main(process.argv.slice(2));
