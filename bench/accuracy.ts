/**
 * The figures of docs/accuracy.md that follow from facts: which known leaks are found, which lines stay quiet, and what was
 * judged of findings, all at pinned commits. The facts are the tables in docs/accuracy; the code is read from git
 * directories named `owner+name` (or `owner+name/repo`) and is only parsed.
 * Usage: npm run accuracy -- --mirrors DIR [--set leaks|quiet|judged] [--only OWNER/NAME] [--limit N] [--write]
 *   --write   puts the figures into docs/accuracy.md; only when all cases of all sets were measured
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Case, casesOf, type SetName, sets } from './accuracy-cases.ts';
import { Checkouts } from './accuracy-checkout.ts';
import { judgedTable, leaksTable, type Outcome, outcomeOf, quietTable } from './accuracy-figures.ts';

const page = 'docs/accuracy.md';
const begin = '<!-- figures of npm run accuracy -->';
const end = '<!-- end of figures -->';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      mirrors: { type: 'string' },
      set: { type: 'string' },
      only: { type: 'string' },
      limit: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  if (values.mirrors === undefined) throw new Error('--mirrors DIR is needed');
  const wanted = sets.filter((set) => values.set === undefined || values.set === set);
  const limit = values.limit === undefined ? Number.POSITIVE_INFINITY : Number(values.limit);
  const chosen = (set: SetName) =>
    casesOf(set)
      .filter(({ repository }) => values.only === undefined || repository === values.only)
      .sort((a, b) => compare(`${a.repository} ${a.commit}`, `${b.repository} ${b.commit}`))
      .slice(0, limit);
  const checkouts = new Checkouts(values.mirrors);
  const sections: string[] = [];
  let missing = 0;
  for (const set of wanted) {
    const outcomes = measure(chosen(set), checkouts);
    missing += outcomes.filter(({ kind }) => kind === 'not-measured').length;
    const table = { leaks: leaksTable, quiet: quietTable, judged: judgedTable }[set];
    sections.push(table(outcomes));
    console.log(`\n${sections.at(-1)}`);
  }
  checkouts.remove();
  const whole =
    missing === 0 && wanted.length === sets.length && values.only === undefined && values.limit === undefined;
  if (!values.write) return;
  if (!whole) throw new Error(`not written: ${missing} cases were not measured, or only a part was asked for`);
  write(sections);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** One line for each case that is not as it should be. */
function measure(cases: readonly Case[], checkouts: Checkouts): readonly Outcome[] {
  return cases.map((one) => {
    const outcome = outcomeOf(one, checkouts);
    if (outcome.kind !== 'as-wanted')
      console.log(
        `${outcome.kind}\t${one.repository} ${one.commit.slice(0, 9)} ${one.path}:${one.line}\t${outcome.why}`,
      );
    return outcome;
  });
}

function write(sections: readonly string[]): void {
  const text = readFileSync(page, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} has no place for the figures`);
  writeFileSync(page, `${text.slice(0, from + begin.length)}\n\n${sections.join('\n\n')}\n\n${text.slice(to)}`);
}

await main();
