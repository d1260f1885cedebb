import { describe, expect, it } from 'vitest';
import { complaints, expectationsOf } from '../rules/expectations.ts';
import { analyseModule, readModuleFixtures } from './harness.ts';

describe.each(readModuleFixtures().map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
  it('is reported as its want comments say', () => {
    const packages = analyseModule(fixture);
    expect(packages.flatMap(({ result }) => result.crashes)).toEqual([]);
    const files = packages.flatMap(({ pkg }) => pkg.files);
    expect(files.flatMap((file) => file.broken)).toEqual([]);
    const diagnostics = packages.flatMap(({ result }) => result.diagnostics);
    expect(complaints(files.flatMap(expectationsOf), diagnostics)).toEqual([]);
  });
});
