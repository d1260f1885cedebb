/**
 * What a search of one function costs, over whole folders of Go code: states, processor time and memory, and why searches
 * are not decided. Usage: node dist-bench/explorer.js [--only NAME] [FOLDER...]
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { explorePackage } from '../src/concurrency/explore.ts';
import { loadPackages } from '../src/go/load.ts';
import { readPackage, wantedFolders } from '../src/local/folder.ts';
import { type Corpus, corpora, table } from './corpus.ts';

/** One row a search. */
interface Costs {
  readonly states: number[];
  readonly milliseconds: number[];
  /** What the search allocated; of a search during which memory was collected, nothing is known. */
  readonly megabytes: number[];
  readonly reasons: Record<string, number>;
  functions: number;
  undecided: number;
}

/** Megabytes that a search may allocate before the collector spoils the measurement. */
const nursery = 128;

async function measure(corpus: Corpus): Promise<Costs> {
  const costs: Costs = { states: [], milliseconds: [], megabytes: [], reasons: {}, functions: 0, undecided: 0 };
  for await (const { folder } of wantedFolders(corpus.root, corpus.paths, () => {})) {
    const { dir, files } = await readPackage(corpus.root, folder);
    for (const pkg of loadPackages(dir, files)) {
      costs.functions += pkg.funcDecls.length;
      const { undecided } = explorePackage(pkg, { everyEntry: true, observe: (_, search) => note(costs, search) });
      costs.undecided += undecided.length;
      for (const { reason } of undecided) costs.reasons[reason] = (costs.reasons[reason] ?? 0) + 1;
    }
  }
  return costs;
}

function note(costs: Costs, search: () => number): void {
  const heap = process.memoryUsage().heapUsed;
  const before = process.cpuUsage();
  const states = search();
  const { user, system } = process.cpuUsage(before);
  const grown = process.memoryUsage().heapUsed - heap;
  costs.states.push(states);
  costs.milliseconds.push((user + system) / 1000);
  if (grown >= 0) costs.megabytes.push(grown / 1e6);
}

function inOwnProcess(corpus: Corpus): Costs {
  const space = [`--min-semi-space-size=${nursery}`, `--max-semi-space-size=${nursery}`];
  const args = [...space, fileURLToPath(import.meta.url), '--measure', JSON.stringify(corpus)];
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: [...stdio] }));
}

function tell(corpus: Corpus, costs: Costs): void {
  const searches = costs.states.length;
  const share = searches === 0 ? 0 : (100 * costs.undecided) / searches;
  console.log(`## ${corpus.name}\n`);
  console.log(
    `${costs.functions} functions, ${searches} searched, ${costs.undecided} undecided (${share.toFixed(1)} %)\n`,
  );
  const rows = [
    ['states', ...quantiles(costs.states, 0)],
    ['milliseconds', ...quantiles(costs.milliseconds, 1)],
    ['megabytes allocated', ...quantiles(costs.megabytes, 1)],
  ];
  console.log(`${table(['a search', 'p50', 'p90', 'p99', 'max', 'sum'], rows)}\n`);
  const reasons = Object.entries(costs.reasons).sort((a, b) => b[1] - a[1]);
  if (reasons.length > 0) console.log(`${table(['undecided because', 'functions'], reasons)}\n`);
}

function quantiles(values: readonly number[], digits: number): readonly string[] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const sum = sorted.reduce((total, one) => total + one, 0);
  return [at(0.5), at(0.9), at(0.99), sorted.at(-1) ?? 0, sum].map((value) => value.toFixed(digits));
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { measure: { type: 'boolean', default: false }, only: { type: 'string' } },
});
if (values.measure) console.log(JSON.stringify(await measure(JSON.parse(positionals[0] ?? '') as Corpus)));
else {
  const chosen = corpora(positionals).filter(({ name }) => values.only === undefined || name.includes(values.only));
  for (const corpus of chosen) tell(corpus, inOwnProcess(corpus));
}
