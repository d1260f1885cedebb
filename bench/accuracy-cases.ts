/** The tables of facts in docs/accuracy. */
import { readFileSync } from 'node:fs';

export const sets = ['leaks', 'quiet', 'judged'] as const;
export type SetName = (typeof sets)[number];

export type Verdict = 'true' | 'doubtful' | 'false';

export interface Case {
  readonly set: SetName;
  readonly repository: string;
  /** A commit or a tag. */
  readonly commit: string;
  readonly path: string;
  readonly line: number;
  /** Other lines that are as good. */
  readonly also: readonly number[];
  /** Of a leak: what leaks, how much code one must see, how sure the label is (1 to 3), and the version in go.mod. */
  readonly family?: string;
  readonly scope?: string;
  readonly confidence?: number;
  readonly go?: string;
  /** Of a finding: what was said of it when it was read. */
  readonly group?: string;
  readonly severity?: string;
  readonly verdict?: Verdict;
}

/** The cases of one table, in its order. A row that is not understood is an error. */
export function casesOf(set: SetName): readonly Case[] {
  const [head = '', ...rows] = readFileSync(`docs/accuracy/${set}.tsv`, 'utf8').trimEnd().split('\n');
  const columns = head.split('\t');
  return rows.map((row) => caseOf(set, new Map(row.split('\t').map((cell, at) => [columns[at] ?? '', cell]))));
}

function caseOf(set: SetName, cells: ReadonlyMap<string, string>): Case {
  const cell = (name: string) => cells.get(name) ?? '';
  const line = Number(cell('line'));
  if (!cell('repository') || !cell('commit') || !cell('path') || !Number.isInteger(line) || line < 1)
    throw new Error(`docs/accuracy/${set}.tsv: a row without a place: ${[...cells.values()].join(' ')}`);
  return {
    set,
    repository: cell('repository'),
    commit: cell('commit'),
    path: cell('path'),
    line,
    also: cell('also').split(',').filter(Boolean).map(Number),
    ...(set === 'leaks' && {
      family: cell('family'),
      scope: cell('scope'),
      confidence: Number(cell('confidence')),
      go: cell('go'),
    }),
    ...(set === 'judged' && { group: cell('set'), severity: cell('severity'), verdict: verdictOf(cell('verdict')) }),
  };
}

function verdictOf(text: string): Verdict {
  if (text !== 'true' && text !== 'doubtful' && text !== 'false') throw new Error(`no verdict: ${text}`);
  return text;
}
