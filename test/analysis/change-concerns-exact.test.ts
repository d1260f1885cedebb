/**
 * Searching only what a change can concern finds exactly what a comparison of both versions finds. Every fixture of a rule
 * with its repaired version is such a change, in both directions.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changeConcerns } from '../../src/analysis/change-concerns.ts';
import { diffDiagnostics } from '../../src/analysis/delta.ts';
import type { Diagnostic } from '../../src/analysis/diagnostic.ts';
import { analysePackage } from '../../src/analysis/run.ts';
import { loadPackage } from '../../src/go/load.ts';
import type { GoPackage, SourceFile } from '../../src/go/package.ts';
import { rules } from '../../src/rules/index.ts';

const fixtures = join(import.meta.dirname, '../rules');

interface Change {
  readonly name: string;
  readonly leaking: readonly SourceFile[];
  readonly repaired: readonly SourceFile[];
}

function changes(): readonly Change[] {
  return readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.go.golden'))
    .map((path) => join(fixtures, path, '..'))
    .filter((folder, at, all) => all.indexOf(folder) === at)
    .map((folder) => {
      const names = readdirSync(folder).filter((name) => name.endsWith('.go'));
      const text = (name: string) => readFileSync(join(folder, name), 'utf8');
      const golden = (name: string) => (existsSync(join(folder, `${name}.golden`)) ? `${name}.golden` : name);
      return {
        name: folder.slice(fixtures.length + 1),
        leaking: names.map((name) => ({ path: name, text: text(name) })),
        repaired: names.map((name) => ({ path: name, text: text(golden(name)) })),
      };
    });
}

function identities(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ rule, fingerprint }) => `${rule} ${fingerprint}`).sort();
}

function compared(
  [one, other]: readonly [GoPackage, GoPackage],
  searchFrom?: ReturnType<typeof changeConcerns>,
): readonly (readonly string[])[] {
  const found = (pkg: GoPackage) => analysePackage(pkg, rules, searchFrom ? { searchFrom } : {}).diagnostics;
  const { introduced, resolved } = diffDiagnostics(found(one), found(other));
  return [identities(introduced), identities(resolved)];
}

/** A leak to which functions lead that the change does not concern, too: the search in part does not see that it was there. */
const alsoElsewhere = 'start-without-stop/dropped';

describe('a change that is searched in part', () => {
  it.each(changes().filter(({ name }) => name !== alsoElsewhere))(
    '$name: says what the whole comparison says',
    { timeout: 180_000 },
    ({ leaking, repaired }) => {
      const pair = [loadPackage('p', leaking), loadPackage('p', repaired)] as const;
      expect(compared(pair, changeConcerns(...pair))).toEqual(compared(pair));
    },
  );

  it('takes a leak for new that other functions have had before', { timeout: 180_000 }, () => {
    const { leaking, repaired } = changes().find(({ name }) => name === alsoElsewhere) as Change;
    const pair = [loadPackage('p', leaking), loadPackage('p', repaired)] as const;
    const [part, whole] = [compared(pair, changeConcerns(...pair)), compared(pair)].map((sides) => sides.flat());
    expect(part?.filter((one) => !whole?.includes(one)).map((one) => one.split(' ')[0])).toEqual(['unsent-receive']);
    expect(whole?.filter((one) => !part?.includes(one))).toEqual([]);
  });
});
