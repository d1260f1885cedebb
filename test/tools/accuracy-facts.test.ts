/** The tables of facts behind `npm run accuracy`. */
import { expect, it } from 'vitest';
import { casesOf, sets } from '../../bench/accuracy-cases.ts';
import { judgedTable, leaksTable, type Outcome, quietTable } from '../../bench/accuracy-figures.ts';

it.each(sets)('%s.tsv has a place, at a commit, in every row', (set) => {
  const cases = casesOf(set);
  expect(cases.length).toBeGreaterThan(100);
  for (const { repository, commit, path } of cases) {
    expect(repository).toMatch(/^[\w.-]+\/[\w.-]+$/);
    expect(commit).toMatch(/^(?:[0-9a-f]{7,40}|v\d+\.\d+\.\d+)$/);
    expect(path).toMatch(/^[\w./@-]+\.go$/);
  }
});

it('no judged finding has two verdicts', () => {
  const verdicts = new Map<string, string | undefined>();
  for (const { repository, commit, path, line, verdict } of casesOf('judged')) {
    const place = `${repository} ${commit} ${path}:${line}`;
    expect([place, verdicts.get(place) ?? verdict]).toEqual([place, verdict]);
    verdicts.set(place, verdict);
  }
});

it('counts doubtful findings as false, and leaves them out beside', () => {
  const judged = casesOf('judged').filter(({ group }) => group === 'looked-at');
  const outcomes = judged.map((of): Outcome => ({ of, kind: 'as-wanted', said: true, why: '' }));
  const [, , row] = judgedTable(outcomes).split('\n');
  expect(row).toBe('| looked-at | 88 | 72 | 14 | 2 | 81.8 % | 97.3 % | 0 |');
});

it('a case that was not measured counts nowhere', () => {
  const of = { set: 'leaks', repository: 'o/n', commit: 'abcdef0', path: 'a.go', line: 1, also: [] } as const;
  const [found, missed, unmeasured] = [
    { of, kind: 'as-wanted', said: true, why: '' },
    { of, kind: 'other', said: false, why: '' },
    { of, kind: 'not-measured', said: false, why: '' },
  ] as const;
  expect(leaksTable([found, missed, unmeasured]).split('\n')[2]).toBe('| all | 2 | 1 | 50.0 % |');
  expect(quietTable([missed, unmeasured]).split('\n')[2]).toContain('| 1 | 1 | 100.0 % |');
});
