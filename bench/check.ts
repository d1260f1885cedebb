/**
 * `check` of whole folders as a ratio to bare tree-sitter parsing of the same files, with peak memory and where the time
 * goes. Each measurement runs in a process of its own; parsing and checking take turns, and the best of the rounds
 * counts. Usage: node dist-bench/bench/check.js [--rounds N] [FOLDER...]
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { AnyRule } from '../src/analysis/rule.ts';
import { checkFiles } from '../src/cli/check-files.ts';
import { defaultConfig } from '../src/config/config.ts';
import { readPackage, wantedFolders } from '../src/local/folder.ts';
import { rules } from '../src/rules/index.ts';
import { type Corpus, corpora, seconds, table } from './corpus.ts';

interface Measurement {
  readonly milliseconds: number;
  readonly files: number;
  readonly bytes: number;
  readonly peakMegabytes: number;
  readonly findings: number;
  /** Milliseconds by rule; the first rule that asks for a shared value pays for it. */
  readonly byRule: Readonly<Record<string, number>>;
}

type Phase = 'parse' | 'check';

const nothing = { step: () => {}, done: () => {} };

/** Reads the files of a corpus and parses each with nothing but the binding. */
async function bareParse(corpus: Corpus): Promise<Measurement> {
  const require = createRequire(import.meta.url);
  const Parser = require('tree-sitter') as new () => {
    setLanguage(language: unknown): void;
    parse(text: string, old: undefined, options: object): unknown;
  };
  const parser = new Parser();
  parser.setLanguage(require('tree-sitter-go'));
  const started = performance.now();
  let files = 0;
  let bytes = 0;
  for await (const { folder } of wantedFolders(corpus.root, corpus.paths, () => {})) {
    const { files: sources } = await readPackage(corpus.root, folder);
    for (const { text } of sources) {
      // The binding refuses texts above its buffer unless it is told the size.
      parser.parse(text, undefined, { bufferSize: Math.max(32 * 1024, text.length * 2 + 2) });
      files += 1;
      bytes += text.length;
    }
  }
  return measured(started, { files, bytes, findings: 0, byRule: {} });
}

async function check(corpus: Corpus): Promise<Measurement> {
  const byRule: Record<string, number> = {};
  const timed = rules.map(
    (rule): AnyRule => ({
      ...rule,
      evaluate(pass) {
        const started = performance.now();
        try {
          return rule.evaluate(pass);
        } finally {
          byRule[rule.meta.id] = (byRule[rule.meta.id] ?? 0) + performance.now() - started;
        }
      },
    }),
  );
  const started = performance.now();
  const report = await checkFiles(
    { root: corpus.root, paths: corpus.paths, config: defaultConfig, rules: timed, fixes: true },
    nothing,
  );
  return measured(started, {
    files: report.summary.filesAnalysed,
    bytes: 0,
    findings: report.diagnostics.length,
    byRule,
  });
}

function measured(started: number, rest: Omit<Measurement, 'milliseconds' | 'peakMegabytes'>): Measurement {
  // `maxRSS` is in kilobytes on every platform (Node's documentation of process.resourceUsage).
  return { milliseconds: performance.now() - started, peakMegabytes: process.resourceUsage().maxRSS / 1024, ...rest };
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
  return all.reduce((a, b) => (b.milliseconds < a.milliseconds ? b : a));
}

function compare(folders: readonly string[], rounds: number): void {
  const rows = corpora(folders).map((corpus) => ({
    corpus,
    parse: best('parse', corpus, rounds),
    check: best('check', corpus, rounds),
  }));
  const head = ['corpus', 'files', 'MB', 'bare parse s', 'check s', 'ratio', 'parse MB', 'check MB', 'findings'];
  const cells = rows.map(({ corpus, parse, check }) => [
    corpus.name,
    parse.files,
    (parse.bytes / 1e6).toFixed(1),
    seconds(parse.milliseconds),
    seconds(check.milliseconds),
    (check.milliseconds / parse.milliseconds).toFixed(2),
    parse.peakMegabytes.toFixed(0),
    check.peakMegabytes.toFixed(0),
    check.findings,
  ]);
  console.log(`${table(head, cells)}\n`);
  for (const { corpus, check, parse } of rows) console.log(`${whereTimeGoes(corpus, check, parse)}\n`);
}

function whereTimeGoes(corpus: Corpus, check: Measurement, parse: Measurement): string {
  const inRules = Object.values(check.byRule).reduce((sum, one) => sum + one, 0);
  const slowest = Object.entries(check.byRule)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 8);
  const share = (milliseconds: number) => [
    seconds(milliseconds),
    `${((100 * milliseconds) / check.milliseconds).toFixed(0)} %`,
  ];
  const rows = [
    ['bare parsing of the same files', ...share(parse.milliseconds)],
    ['detection, all rules (lazy parsing included)', ...share(inRules)],
    ...slowest.map(([rule, milliseconds]) => [`- ${rule}`, ...share(milliseconds)]),
    ['reading, loading, fixes and the rest', ...share(check.milliseconds - inRules)],
  ];
  return `Where the time goes in ${corpus.name}\n\n${table(['part', 's', 'share'], rows)}`;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { phase: { type: 'string' }, rounds: { type: 'string', default: '2' } },
});
if (values.phase === undefined) compare(positionals, Math.max(1, Number(values.rounds)));
else {
  const corpus = JSON.parse(positionals[0] ?? '') as Corpus;
  console.log(JSON.stringify(await (values.phase === 'parse' ? bareParse(corpus) : check(corpus))));
}
