/**
 * `check` of whole folders as a ratio to bare tree-sitter parsing of the same files, in processor time, with peak memory
 * and where the time goes; folders without findings also apart, since fixes cost another analysis each. Beside it what gofmt
 * and the go command take for the same code. Each measurement runs in a process of its own, and the best of the rounds counts.
 * Usage: node dist-bench/check.js [--rounds N] [--only NAME] [--no-peers] [FOLDER...]
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { AnyRule } from '../src/analysis/rule.ts';
import { checkFiles } from '../src/cli/check-files.ts';
import { defaultConfig } from '../src/config/config.ts';
import { engine } from '../src/go/parser/start.ts';
import { readPackage, wantedFolders } from '../src/local/folder.ts';
import { rules } from '../src/rules/index.ts';
import { type Corpus, corpora, seconds, table } from './corpus.ts';
import { type Peers, peersOf } from './peers.ts';

interface FolderCost {
  readonly folder: string;
  readonly milliseconds: number;
  readonly files: number;
  readonly findings: number;
}

interface Measurement {
  readonly folders: readonly FolderCost[];
  readonly bytes: number;
  readonly peakMegabytes: number;
  /** Milliseconds by rule; the first rule that asks for a shared value pays for it. */
  readonly byRule: Readonly<Record<string, number>>;
}

type Phase = 'parse' | 'check';

const nothing = { step: () => {}, done: () => {} };

/** Reads the files of a corpus and parses each with nothing but the engine. */
async function bareParse(corpus: Corpus): Promise<Measurement> {
  const folders: FolderCost[] = [];
  let bytes = 0;
  for await (const { folder } of wantedFolders(corpus.root, corpus.paths, () => {})) {
    const started = processorTime();
    const { files: sources } = await readPackage(corpus.root, folder);
    for (const { text } of sources) {
      engine.parse(text, 60_000, () => undefined);
      bytes += text.length;
    }
    folders.push({ folder, milliseconds: processorTime() - started, files: sources.length, findings: 0 });
  }
  return { folders, bytes, peakMegabytes: peakMegabytes(), byRule: {} };
}

async function check(corpus: Corpus): Promise<Measurement> {
  const byRule: Record<string, number> = {};
  const timed = rules.map(
    (rule): AnyRule => ({
      ...rule,
      evaluate(pass) {
        const started = processorTime();
        try {
          return rule.evaluate(pass);
        } finally {
          byRule[rule.meta.id] = (byRule[rule.meta.id] ?? 0) + processorTime() - started;
        }
      },
    }),
  );
  const folders: FolderCost[] = [];
  for await (const { folder } of wantedFolders(corpus.root, corpus.paths, () => {})) {
    const started = processorTime();
    const { summary, diagnostics } = await checkFiles(
      { root: corpus.root, paths: [folder], config: defaultConfig, rules: timed, fixes: true },
      nothing,
    );
    const milliseconds = processorTime() - started;
    folders.push({ folder, milliseconds, files: summary.filesAnalysed, findings: diagnostics.length });
  }
  return { folders, bytes: 0, peakMegabytes: peakMegabytes(), byRule };
}

/** Milliseconds of all threads: what other work on the machine takes is left out. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function peakMegabytes(): number {
  // `maxRSS` is in kilobytes on every platform (Node's documentation of process.resourceUsage).
  return process.resourceUsage().maxRSS / 1024;
}

function inOwnProcess(phase: Phase, corpus: Corpus): Measurement {
  const args = [fileURLToPath(import.meta.url), '--phase', phase, JSON.stringify(corpus)];
  return JSON.parse(
    execFileSync(process.execPath, args, {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  ) as Measurement;
}

function best(phase: Phase, corpus: Corpus, rounds: number): Measurement {
  const all = Array.from({ length: rounds }, () => inOwnProcess(phase, corpus));
  return all.reduce((a, b) => (total(b) < total(a) ? b : a));
}

function total({ folders }: Measurement, of: (cost: FolderCost) => number = (cost) => cost.milliseconds): number {
  return folders.reduce((sum, cost) => sum + of(cost), 0);
}

/** The part of a measurement in folders of which another says that nothing was found. */
function quiet(part: Measurement, check: Measurement): number {
  const loud = new Set(check.folders.filter(({ findings }) => findings > 0).map(({ folder }) => folder));
  return total(part, ({ folder, milliseconds }) => (loud.has(folder) ? 0 : milliseconds));
}

function compare(folders: readonly string[], rounds: number, only: string, withPeers: boolean): void {
  const rows = corpora(folders)
    .filter(({ name }) => name.includes(only))
    .map((corpus) => ({
      corpus,
      parse: best('parse', corpus, rounds),
      check: best('check', corpus, rounds),
      peers: withPeers ? peersOf(corpus) : undefined,
    }));
  const head = ['corpus', 'files', 'MB', 'parse s', 'check s', 'ratio', 'ratio, no findings', 'parse MB', 'check MB'];
  const cells = rows.map(({ corpus, parse, check }) => [
    corpus.name,
    total(parse, ({ files }) => files),
    (parse.bytes / 1e6).toFixed(1),
    seconds(total(parse)),
    seconds(total(check)),
    (total(check) / total(parse)).toFixed(2),
    (quiet(check, check) / quiet(parse, check)).toFixed(2),
    parse.peakMegabytes.toFixed(0),
    check.peakMegabytes.toFixed(0),
  ]);
  console.log(`${table(head, cells)}\n`);
  if (withPeers) console.log(`${table(peerHead, rows.map(peerRow))}\n`);
  for (const { corpus, check, parse } of rows) console.log(`${whereTimeGoes(corpus, check, parse)}\n`);
}

const peerHead = [
  'corpus',
  'check / gofmt -l',
  'check / go build, cold',
  'check / go vet, warm',
  'gofmt s',
  'build s',
  'vet s',
];

interface Row {
  readonly corpus: Corpus;
  readonly check: Measurement;
  readonly peers: Peers | undefined;
}

function peerRow({ corpus, check, peers }: Row): readonly string[] {
  const figures = [peers?.gofmt, peers?.build, peers?.vet];
  const ratios = figures.map((one) => (one === undefined ? 'not built' : (total(check) / one).toFixed(1)));
  return [corpus.name, ...ratios, ...figures.map((one) => (one === undefined ? '' : seconds(one)))];
}

function whereTimeGoes(corpus: Corpus, check: Measurement, parse: Measurement): string {
  const whole = total(check);
  const inRules = Object.values(check.byRule).reduce((sum, one) => sum + one, 0);
  const slowest = Object.entries(check.byRule)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 8);
  const share = (milliseconds: number) => [seconds(milliseconds), `${((100 * milliseconds) / whole).toFixed(0)} %`];
  const rows = [
    ['bare parsing of the same files', ...share(total(parse))],
    ['detection, all rules (lazy parsing included)', ...share(inRules)],
    ...slowest.map(([rule, milliseconds]) => [`- ${rule}`, ...share(milliseconds)]),
    ['reading, loading, fixes and the rest', ...share(whole - inRules)],
  ];
  return `Where the time goes in ${corpus.name}\n\n${table(['part', 's', 'share'], rows)}`;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    phase: { type: 'string' },
    rounds: { type: 'string', default: '2' },
    only: { type: 'string', default: '' },
    'no-peers': { type: 'boolean', default: false },
  },
});
if (values.phase === undefined)
  compare(positionals, Math.max(1, Number(values.rounds)), values.only, !values['no-peers']);
else {
  const corpus = JSON.parse(positionals[0] ?? '') as Corpus;
  console.log(JSON.stringify(await (values.phase === 'parse' ? bareParse(corpus) : check(corpus))));
}
