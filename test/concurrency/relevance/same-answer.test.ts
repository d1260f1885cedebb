/** The slice of a function has the leaks of the whole: over all fixtures of the rules. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import type { Leak, SearchResult } from '../../../src/concurrency/leak.ts';
import { search } from '../../../src/concurrency/machine/search.ts';
import { type Sliced, slicesOf } from './sources.ts';

const budget = {
  states: 1_500,
  localSteps: 2_000,
  processes: 10,
  callDepth: 12,
  instructions: 40_000,
  outsideMayLeave: ['parameter', 'field', 'returned'],
} as const;

function placesOf({ leaks }: SearchResult): readonly string[] {
  return [
    ...new Set(leaks.flatMap((leak: Leak) => leak.stuck.map(({ kind, site }) => `${kind} ${site.range.start}`))),
  ].sort();
}

function compare({ slice, whole, hints, lowering }: Sliced): {
  readonly whole: SearchResult;
  readonly sliced: SearchResult;
} {
  const method = (type: string, name: string) => lowering.method(type, name);
  const nothing: SearchResult = { leaks: [], states: 0, transitions: 0, entered: new Set() };
  const program = { entry: slice.entry, entryHints: hints, method: slice.method };
  return {
    whole: search({ entry: whole, entryHints: hints, method }, budget),
    sliced: slice.relevant ? search(program, budget) : nothing,
  };
}

function foldersBelow(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const below = entries.filter((each) => each.isDirectory()).flatMap((each) => foldersBelow(join(folder, each.name)));
  return entries.some((each) => each.name.endsWith('.go')) ? [folder, ...below] : below;
}

/**
 * Where the slice has more: a loop that only ticks is stuck once nobody can end it. The whole leaves that open when the arm of
 * the ticker counts something or calls an unknown function, which might bring about the end; the slice has neither, since
 * they do nothing to the channel or context that is waited for, and goes by what is assumed of these.
 */
const differs = [
  'start-without-stop/dropped-by-method',
  'start-without-stop/dropped-cancel',
  'start-without-stop/dropped-in-value',
  'unsent-receive/forgotten-value',
];

test('slices of all fixtures are stuck where the whole is stuck', () => {
  const root = join(import.meta.dirname, '../../rules');
  const different = new Set<string>();
  let compared = 0;
  let states = { whole: 0, sliced: 0 };
  for (const folder of foldersBelow(root)) {
    const names = readdirSync(folder).filter((name) => name.endsWith('.go'));
    const files = names.map((name) => ({ path: `p/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
    for (const each of slicesOf(files)) {
      const { whole, sliced } = compare(each);
      if (whole.exhausted !== undefined) continue;
      compared += 1;
      states = { whole: states.whole + whole.states, sliced: states.sliced + sliced.states };
      const places = [placesOf(sliced).join(), placesOf(whole).join()];
      if (places[0] !== places[1]) different.add(relative(root, folder));
    }
  }
  expect([...different]).toEqual(differs);
  expect(compared).toBeGreaterThan(200);
  expect(states.sliced).toBeLessThan(states.whole / 2);
}, 120_000);
