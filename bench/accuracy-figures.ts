/** What became of each case, and the tables that are made of it. */
import type { Case, Verdict } from './accuracy-cases.ts';
import type { Checkouts, Said } from './accuracy-checkout.ts';
import { table } from './corpus.ts';

/**
 *  - `as-wanted`: a leak is found, a quiet line is quiet, a judged finding is still said, or is silent if it was false.
 *  - `other`: a miss, a false alarm, or a judged finding that has changed.
 *  - `not-measured`: the commit is not in the mirrors, or the run failed.
 */
export interface Outcome {
  readonly of: Case;
  readonly kind: 'as-wanted' | 'other' | 'not-measured';
  readonly said: boolean;
  readonly why: string;
}

const loud: ReadonlySet<string> = new Set(['error', 'warning']);

export function outcomeOf(of: Case, checkouts: Checkouts): Outcome {
  const all = checkouts.saidOf(of.repository, of.commit, of.path, of.set === 'leaks' ? of.go : undefined);
  if (!all) return { of, kind: 'not-measured', said: false, why: 'no such commit, or no outcome' };
  const lines = new Set([of.line, ...of.also]);
  const here = all.filter(({ path, severity }) => path === of.path && loud.has(severity));
  const said = here.some((one) => touches(one, lines) || (of.set === 'leaks' && passes(one, of.path, lines)));
  const wanted = of.set === 'leaks' ? said : of.set === 'quiet' ? !said : said === (of.verdict !== 'false');
  const why = here.map(({ rule, line }) => `${rule}:${line}`).join(' ') || 'nothing is said in the file';
  return { of, kind: wanted ? 'as-wanted' : 'other', said, why };
}

function touches({ line, endLine }: Said, lines: ReadonlySet<number>): boolean {
  return [...lines].some((one) => one >= line && one <= (endLine ?? line));
}

/** A step of the witness or a related place stands on the line. */
function passes({ related = [], witness = [] }: Said, file: string, lines: ReadonlySet<number>): boolean {
  return [...related, ...witness].some(({ path, line }) => (path ?? file) === file && lines.has(line));
}

export function leaksTable(outcomes: readonly Outcome[]): string {
  const rows = [
    ['all', outcomes] as const,
    [
      'goroutines, surest labels',
      outcomes.filter(({ of }) => of.family === 'goroutine' && of.confidence === 3),
    ] as const,
    ...groups(outcomes, ({ of }) => of.family ?? '').map(([name, some]) => [`what leaks: ${name}`, some] as const),
    ...groups(outcomes, ({ of }) => of.scope ?? '').map(([name, some]) => [`shown by one ${name}`, some] as const),
  ];
  return table(
    ['known leaks', 'measured', 'found', 'share'],
    rows.map(([name, some]) => {
      const measured = some.filter(({ kind }) => kind !== 'not-measured');
      const found = measured.filter(({ said }) => said).length;
      return [name, measured.length, found, share(found, measured.length)];
    }),
  );
}

export function quietTable(outcomes: readonly Outcome[]): string {
  const measured = outcomes.filter(({ kind }) => kind !== 'not-measured');
  const quiet = measured.filter(({ said }) => !said).length;
  return table(
    ['lines that must stay quiet', 'measured', 'quiet', 'share'],
    [['fixed versions and sound goroutines', measured.length, quiet, share(quiet, measured.length)]],
  );
}

/** Of what is still said: the verdicts, with doubtful counted as false and left out. */
export function judgedTable(outcomes: readonly Outcome[]): string {
  const rows = groups(outcomes, ({ of }) => of.group ?? '').map(([name, some]) => {
    const said = some.filter((one) => one.said);
    const count = (verdict: Verdict) => said.filter(({ of }) => of.verdict === verdict).length;
    const [yes, doubtful, no] = [count('true'), count('doubtful'), count('false')];
    const gone = some.filter(({ kind, said: stays }) => kind !== 'not-measured' && !stays).length;
    return [name, said.length, yes, doubtful, no, share(yes, said.length), share(yes, yes + no), gone];
  });
  const head = [
    'judged findings',
    'said',
    'true',
    'doubtful',
    'false',
    'true of all',
    'without doubtful',
    'silent since',
  ];
  return table(head, rows);
}

function groups(
  outcomes: readonly Outcome[],
  by: (outcome: Outcome) => string,
): readonly (readonly [string, readonly Outcome[]])[] {
  const found = new Map<string, Outcome[]>();
  for (const one of outcomes) found.set(by(one), [...(found.get(by(one)) ?? []), one]);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

function share(part: number, of: number): string {
  return of === 0 ? '–' : `${((100 * part) / of).toFixed(1)} %`;
}
