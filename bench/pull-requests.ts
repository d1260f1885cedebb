/**
 * Real changes of a repository, each searched in part and as a whole: what the two say differently (nothing should be), the
 * share of functions from which head and base are searched in part, and the processor time of both, fixes not counted. A
 * change is a commit of the first-parent history of HEAD; each is measured in this one process, loading included.
 * Usage: node dist-bench/pull-requests.js [--count N] [--skip N] [--most N] [--part] [--json FILE] REPOSITORY...
 *   --most   leaves out changes of more packages than this
 *   --part   not as a whole: only what a review costs
 *   --json   appends a line of JSON for each change
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Diagnostic } from '../src/analysis/diagnostic.ts';
import type { Analysed } from '../src/analysis/verify.ts';
import { defaultConfig } from '../src/config/config.ts';
import { openRepository } from '../src/local/repository.ts';
import { localSnapshot } from '../src/local/snapshot.ts';
import { analyseChange } from '../src/review/change-analysis.ts';
import { changeMap } from '../src/review/change-map.ts';
import type { PullRequestSnapshot } from '../src/review/ports.ts';
import { rules } from '../src/rules/index.ts';
import { bounded } from '../src/work/meter.ts';
import { table } from './corpus.ts';

interface Compared {
  readonly introduced: readonly string[];
  readonly resolved: readonly string[];
  readonly seconds: number;
  /** Work as the meter counts it: the same on every machine. */
  readonly steps: number;
  /** Shares of the functions from which the sides are searched. */
  readonly head: number;
  readonly base: number;
}

interface Change {
  readonly change: string;
  readonly part: Compared;
  readonly whole?: Compared;
}

function compare(snapshot: PullRequestSnapshot, isWhole: boolean): Compared {
  const started = process.cpuUsage();
  const changes = changeMap(snapshot.changedFiles);
  const run = () => analyseChange(snapshot, defaultConfig, rules, { changes, isWhole });
  const done = bounded(Number.MAX_SAFE_INTEGER, run);
  if (done.kind === 'limit') throw new Error('there is work without end');
  const { base, head, delta } = done.value;
  const { user, system } = process.cpuUsage(started);
  return {
    introduced: delta.introduced.map(named),
    resolved: delta.resolved.map(named),
    seconds: (user + system) / 1e6,
    steps: done.used,
    head: shareOf(head),
    base: shareOf(base),
  };
}

function named({ rule, location }: Diagnostic): string {
  return `${rule} ${location.path}:${location.startLine}`;
}

function shareOf(side: readonly Analysed[]): number {
  const functions = side.flatMap(({ pkg, options }) => pkg.funcDecls.map((decl) => options.searchFrom?.(decl) ?? true));
  return functions.filter((isSearched) => isSearched).length / Math.max(1, functions.length);
}

/** What the one names and the other does not. */
function differences(part: readonly string[], whole: readonly string[]): readonly string[] {
  return [
    ...part.filter((one) => !whole.includes(one)).map((one) => `+ ${one}`),
    ...whole.filter((one) => !part.includes(one)).map((one) => `- ${one}`),
  ];
}

interface Wanted {
  readonly count: string;
  readonly skip: string;
  readonly most: string;
  readonly part: boolean;
}

async function changesOf(repository: string, { count, skip, most, part: isPart }: Wanted, write: Write): Promise<void> {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8' }).trim();
  const log = git('log', '--first-parent', `--max-count=${count}`, `--skip=${skip}`, '--format=%H', '--', '*.go');
  const opened = await openRepository(repository);
  for (const head of log.split('\n').filter((id) => id !== '')) {
    const snapshot = await localSnapshot(opened, { base: `${head}^`, head, wanted: () => true });
    if (snapshot.head.length === 0 || snapshot.head.length > Number(most)) continue;
    const part = compare(snapshot, false);
    write({ change: head.slice(0, 9), part, ...(isPart ? {} : { whole: compare(snapshot, true) }) });
  }
}

type Write = (change: Change) => void;

function millions(steps: number): string {
  return (steps / 1e6).toFixed(1);
}

function rowOf({ change, part, whole }: Change): readonly (string | number)[] {
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const cost = [
    percent(part.head),
    percent(part.base),
    part.seconds.toFixed(1),
    millions(part.steps),
    part.introduced.length,
  ];
  if (!whole) return [change, ...cost];
  const news = differences(part.introduced, whole.introduced);
  const ends = differences(part.resolved, whole.resolved);
  return [
    change,
    ...cost,
    whole.seconds.toFixed(1),
    millions(whole.steps),
    news.join(', ') || 'same',
    ends.join(', ') || 'same',
  ];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '50' },
    skip: { type: 'string', default: '0' },
    most: { type: 'string', default: 'Infinity' },
    part: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
for (const repository of positionals) {
  const changes: Change[] = [];
  await changesOf(repository, values, (change) => {
    changes.push(change);
    if (values.json !== undefined) appendFileSync(values.json, `${JSON.stringify({ repository, ...change })}\n`);
  });
  const titles = ['change', 'head', 'base', 'seconds', 'M steps', 'introduced'];
  const compared = values.part ? [] : ['whole s', 'M steps', 'new differs', 'ended differs'];
  console.log(`${repository}\n\n${table([...titles, ...compared], changes.map(rowOf))}\n`);
}
