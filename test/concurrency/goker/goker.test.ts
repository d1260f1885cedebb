import { describe, expect, it } from 'vitest';
import { type AnalysisOptions, analysePackage } from '../../../src/analysis/run.ts';
import { loadPackage } from '../../../src/go/load.ts';
import { rules } from '../../../src/rules/index.ts';
import { readKernels } from './kernels.ts';

const kernels = readKernels();
const options: AnalysisOptions = { knownRules: new Set(rules.map(({ meta }) => meta.id)) };

interface Said {
  /** `line: rule` of each error. */
  readonly errors: readonly string[];
  /** `function: reason` of each search that did not come to an end. */
  readonly undecided: readonly string[];
}

function check(text: string): Said {
  const { diagnostics, unknowns } = analysePackage(loadPackage('.', [{ path: 'kernel.go', text }]), rules, options);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return {
    errors: errors.map(({ location, rule }) => `${location.startLine}: ${rule}`),
    undecided: unknowns.map(({ reason }) => reason).sort(),
  };
}

function markedLines(text: string): readonly number[] {
  return text.split('\n').flatMap((line, index) => (line.endsWith('// leaks') ? [index + 1] : []));
}

/** Kernels that are not told, and why. */
const missed: Readonly<Record<string, string>> = {
  kubernetes58107: 'its loops of 100,000 rounds are not followed to their end',
};

describe('a leak kernel is told at one of its operations', () => {
  it.each(kernels)('$name', ({ name, leaking }) => {
    const lines = check(leaking).errors.map((error) => Number.parseInt(error, 10));
    expect(lines.length > 0 ? undefined : name).toBe(name in missed ? name : undefined);
    expect(lines.filter((line) => !markedLines(leaking).includes(line))).toEqual([]);
  });
});

describe('its repaired version is quiet', () => {
  it.each(kernels)('$name', ({ fixed }) => {
    expect(check(fixed).errors).toEqual([]);
  });
});

describe('and decided', () => {
  it.each(kernels)('$name', ({ fixed }) => {
    expect(check(fixed).undecided).toEqual([]);
  });
});
