import { describe, expect, it } from 'vitest';
import { analysePackage } from '../../src/analysis/run.ts';
import { explorePackage } from '../../src/concurrency/explore.ts';
import { defaultPackageStates } from '../../src/concurrency/explore-budget.ts';
import { loadPackage } from '../../src/go/load.ts';
import { rules } from '../../src/rules/index.ts';
import { goInputs } from './go-inputs.ts';
import { moreGoInputs } from './more-go-inputs.ts';

/** Enough for what doubles with each part to have no end, and small enough for what grows with the square. */
const parts = 34;

describe('a source that is made to be slow', () => {
  it.each([...goInputs, ...moreGoInputs])(
    'is searched within the budget: $name',
    ({ text, usual }) => {
      const pkg = loadPackage('p', [{ path: 'p/a.go', text: text(Math.min(usual, parts)) }]);
      const { statistics } = explorePackage(pkg);
      // Narrow searches have half of the budget beside.
      expect(statistics.states).toBeLessThanOrEqual(defaultPackageStates * 2);
      expect(analysePackage(pkg, rules, {}).crashes).toEqual([]);
    },
    600_000,
  );

  it('is counted as not decided when its slices reach too much', () => {
    const chain = goInputs.find(({ name }) => name === 'literals that start each other');
    const pkg = loadPackage('p', [{ path: 'p/a.go', text: chain?.text(3) ?? '' }]);
    expect(explorePackage(pkg).undecided.length).toBeGreaterThan(0);
  });
});
