/**
 * Real changes of a repository, each searched in part and as a whole: what the two say differently (nothing should be), how
 * many functions are searched, and the processor time of both. A change is a commit of the first-parent history of HEAD.
 * Usage: node dist-bench/pull-requests.js [--count N] [--skip N] REPOSITORY...
 */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { Concerns } from '../src/analysis/affected.ts';
import { changeConcerns } from '../src/analysis/change-concerns.ts';
import type { Diagnostic } from '../src/analysis/diagnostic.ts';
import { defaultConfig } from '../src/config/config.ts';
import { openRepository } from '../src/local/repository.ts';
import { localSnapshot } from '../src/local/snapshot.ts';
import { changeMap } from '../src/review/change-map.ts';
import { diagnosticDelta } from '../src/review/delta.ts';
import {
  analyseLoaded,
  analysisOptions,
  fileCache,
  type LoadedPackage,
  loadFolder,
  modulesOf,
} from '../src/review/package-analysis.ts';
import type { PullRequestSnapshot } from '../src/review/ports.ts';
import { underHeadFolder } from '../src/review/renamed-folder.ts';
import { rules } from '../src/rules/index.ts';
import { table } from './corpus.ts';

interface Sides {
  readonly base: readonly LoadedPackage[];
  readonly head: readonly LoadedPackage[];
}

interface Compared {
  readonly introduced: readonly string[];
  readonly seconds: number;
}

function load(snapshot: PullRequestSnapshot): Sides {
  const parse = fileCache();
  const modules = snapshot.modules;
  const base = modulesOf(modules?.head ?? [], parse, modules?.base);
  const head = modulesOf(modules?.head ?? [], parse);
  return {
    base: snapshot.base.flatMap((one) => loadFolder(underHeadFolder(one, snapshot), { parse, moduleOf: base })),
    head: snapshot.head.flatMap((one) => loadFolder(one, { parse, moduleOf: head })),
  };
}

function concernsOf({ base, head }: Sides): ReadonlyMap<LoadedPackage, Concerns> {
  const concerns = new Map<LoadedPackage, Concerns>();
  for (const now of head) {
    const old = base.find(({ pkg }) => pkg.dir === now.pkg.dir && pkg.name === now.pkg.name);
    if (!old) continue;
    const concerned = changeConcerns(old.pkg, now.pkg);
    concerns.set(now, concerned);
    concerns.set(old, concerned);
  }
  return concerns;
}

/** What is introduced, and the share of functions from which head is searched. */
function compare(snapshot: PullRequestSnapshot, isPartial: boolean): Compared & { readonly share: number } {
  const started = process.cpuUsage();
  const sides = load(snapshot);
  const concerns = isPartial ? concernsOf(sides) : new Map<LoadedPackage, Concerns>();
  const options = analysisOptions(defaultConfig, rules);
  const found = (side: readonly LoadedPackage[]): readonly Diagnostic[] =>
    side.flatMap((one) => {
      const searchFrom = concerns.get(one);
      return analyseLoaded(one, rules, searchFrom ? { ...options, searchFrom } : options).result.diagnostics;
    });
  const { introduced } = diagnosticDelta(found(sides.base), found(sides.head), changeMap(snapshot.changedFiles));
  const { user, system } = process.cpuUsage(started);
  const functions = sides.head.flatMap((one) => one.pkg.funcDecls.map((decl) => concerns.get(one)?.(decl) ?? true));
  return {
    introduced: introduced.map(({ rule, location }) => `${rule} ${location.path}:${location.startLine}`),
    seconds: (user + system) / 1e6,
    share: functions.filter((searched) => searched).length / Math.max(1, functions.length),
  };
}

async function changesOf(repository: string, count: number, skip: number): Promise<readonly (string | number)[][]> {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8' }).trim();
  const log = git('log', '--first-parent', `--max-count=${count}`, `--skip=${skip}`, '--format=%H', '--', '*.go');
  const opened = await openRepository(repository);
  const rows: (string | number)[][] = [];
  for (const head of log.split('\n').filter((id) => id !== '')) {
    const snapshot = await localSnapshot(opened, { base: `${head}^`, head, wanted: () => true });
    if (snapshot.head.length === 0) continue;
    const [part, whole] = [compare(snapshot, true), compare(snapshot, false)];
    const differ = [
      ...part.introduced.filter((one) => !whole.introduced.includes(one)).map((one) => `+ ${one}`),
      ...whole.introduced.filter((one) => !part.introduced.includes(one)).map((one) => `- ${one}`),
    ];
    rows.push([
      head.slice(0, 9),
      `${(100 * part.share).toFixed(0)} %`,
      part.seconds.toFixed(1),
      whole.seconds.toFixed(1),
      whole.introduced.length,
      differ.join(', ') || 'same',
    ]);
  }
  return rows;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: 'string', default: '50' }, skip: { type: 'string', default: '0' } },
});
for (const repository of positionals) {
  const rows = await changesOf(repository, Number(values.count), Number(values.skip));
  console.log(
    `${repository}\n\n${table(['change', 'searched', 'part s', 'whole s', 'introduced', 'differs'], rows)}\n`,
  );
}
