/** `goplumber stats`: what people made of the App's comments, rule by rule, from the App's store. It asks nothing of GitHub. */
import { fileFeedback } from '../github/feedback-log.ts';
import { fates, type PullFeedback } from '../review/feedback.ts';
import { type RuleStatistics, statisticsOf, totalOf } from '../review/feedback-statistics.ts';
import { appStore, reached } from './app-store.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export type StatsFormat = 'table' | 'csv' | 'json';

export interface StatsOptions {
  readonly format: StatsFormat;
  /** A day (`2026-01-31`) or a number of days (`30d`); absent: from the beginning. */
  readonly since?: string;
}

const dayMs = 24 * 3_600_000;

/** Prints the statistics of the pull requests that were closed since then. Returns 0. */
export async function printStatistics({ format, since }: StatsOptions, terminal: Terminal): Promise<number> {
  const from = since === undefined ? 0 : sinceMs(since, Date.now());
  const feedback = await recorded(terminal);
  const rows = statisticsOf(feedback, from);
  const pulls = feedback.filter(({ at }) => at >= from).length;
  const print = { table: asTable, csv: asCsv, json: asJson }[format];
  terminal.out(print(rows, totalOf(feedback, from), pulls));
  return 0;
}

/** Milliseconds since the epoch. Throws `UsageError`. */
export function sinceMs(text: string, now: number): number {
  const [, days] = /^(\d{1,5})d$/.exec(text) ?? [];
  if (days !== undefined) return now - Number(days) * dayMs;
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at)) throw new UsageError('--since takes a day like 2026-01-31, or a number of days like 30d');
  return at;
}

async function recorded(terminal: Terminal): Promise<readonly PullFeedback[]> {
  const store = await appStore(terminal);
  if (store.kind === 'folder') return fileFeedback(store.folder).all();
  const { redisState } = await import('../github/redis-state.ts');
  const state = redisState({ ...store.redis, onFault: () => undefined });
  const leave = async (): Promise<void> => state.close();
  const all = await reached(state.feedback.all(), leave);
  await leave();
  return all;
}

type Print = (rows: readonly RuleStatistics[], total: RuleStatistics, pulls: number) => string;

const columns = ['rule', 'said', ...fates, 'up', 'down', 'accepted', 'rejected', 'precision'] as const;

function cellsOf(row: RuleStatistics, precision: (share: number | undefined) => string): readonly string[] {
  const { rule, said, up, down, accepted, rejected } = row;
  const counts = [said, ...fates.map((fate) => row.fates[fate]), up, down, accepted, rejected];
  return [rule, ...counts.map(String), precision(row.precision)];
}

/** Numbers to the right, the rule to the left. */
const asTable: Print = (rows, total, pulls) => {
  if (rows.length === 0) return 'No pull request with a comment of the App was closed.\n';
  const percent = (share: number | undefined): string => (share === undefined ? '-' : `${(share * 100).toFixed(0)}%`);
  const lines = [columns, ...rows.map((row) => cellsOf(row, percent)), cellsOf(total, percent)];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  const padded = lines.map((line) =>
    line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
  );
  return `${padded.join('\n')}\n${pulls} closed pull request${pulls === 1 ? '' : 's'}\n`;
};

/** One line for each rule, and none for all of them, so that columns can be added up. */
const asCsv: Print = (rows) => {
  const share = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(4));
  return `${[columns, ...rows.map((row) => cellsOf(row, share))].map((line) => line.join(',')).join('\n')}\n`;
};

const asJson: Print = (rows, total, pulls) => {
  const plain = ({ precision, ...row }: RuleStatistics) => ({ ...row, precision: precision ?? null });
  return `${JSON.stringify({ pullRequests: pulls, rules: rows.map(plain), all: plain(total) }, null, 2)}\n`;
};
