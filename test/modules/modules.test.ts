import { describe, expect, it } from 'vitest';
import { withVerifiedFixes } from '../../src/analysis/verify.ts';
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

  it('is mended by verified fixes, or a refusal says why not', () => {
    for (const analysed of analyseModule(fixture)) {
      for (const diagnostic of analysed.result.diagnostics.filter(({ severity }) => severity !== 'info')) {
        const { fixes, fixRefusal } = withVerifiedFixes(analysed, diagnostic);
        expect(fixes.every(({ verified }) => verified)).toBe(true);
        expect([fixes.length > 0, typeof fixRefusal]).toEqual(
          fixes.length > 0 ? [true, 'undefined'] : [false, 'string'],
        );
      }
    }
  });
});
