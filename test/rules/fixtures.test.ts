import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { complaints, expectationsOf } from './expectations.ts';
import { analyseFixture, type Fixture, readFixtures, repair } from './harness.ts';

const fixtures = readFixtures();
const { UPDATE_GOLDEN } = process.env;
const updating = UPDATE_GOLDEN !== undefined;

describe.each(fixtures.map((fixture) => [`${fixture.rule}/${fixture.name}`, fixture] as const))('%s', (_, fixture) => {
  it('is reported as its want comments say', () => {
    const { pkg, result } = analyseFixture(fixture);
    expect(result.crashes).toEqual([]);
    expect(pkg.files.flatMap((file) => file.broken)).toEqual([]);
    expect(complaints(pkg.files.flatMap(expectationsOf), result.diagnostics)).toEqual([]);
  });

  if (fixture.goldens.length === 0 && !updating) return;
  it('is repaired as its golden files say', () => {
    const { sources, applied, refusals } = repair(fixture);
    if (updating) return writeGoldens(fixture, sources);
    expect(applied, `nothing was repaired: ${refusals.join('; ')}`).not.toEqual([]);
    for (const golden of fixture.goldens)
      expect(sources.find((source) => source.path === golden.path)?.text).toBe(golden.text);
  });
});

/** Writes what the fixes make of a fixture, for a person to read and commit. Only files that changed. */
function writeGoldens(fixture: Fixture, sources: Fixture['sources']): void {
  for (const { path, text } of sources) {
    if (fixture.sources.find((source) => source.path === path)?.text !== text)
      writeFileSync(join(fixture.folder, `${path}.golden`), text);
  }
}
