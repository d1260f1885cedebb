/**
 * Searching only what a change can concern, and of the base only what head asks for, finds as new exactly what a comparison
 * of both versions finds, and ends nothing that it does not end. Every fixture of a rule with its repaired version is such a
 * change, in both directions.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/analysis/diagnostic.ts';
import { defaultConfig } from '../../src/config/config.ts';
import { analyseChange } from '../../src/review/change-analysis.ts';
import { changeMap } from '../../src/review/change-map.ts';
import { rules } from '../../src/rules/index.ts';
import { type Files, snapshot } from './fixtures.ts';

const fixtures = join(import.meta.dirname, '../rules');

interface Change {
  readonly name: string;
  readonly leaking: Files;
  readonly repaired: Files;
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
        leaking: Object.fromEntries(names.map((name) => [`p/${name}`, text(name)])),
        repaired: Object.fromEntries(names.map((name) => [`p/${name}`, text(golden(name))])),
      };
    });
}

function identities(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ rule, fingerprint }) => `${rule} ${fingerprint}`).sort();
}

interface Compared {
  readonly introduced: readonly string[];
  readonly resolved: readonly string[];
}

function compared(base: Files, head: Files, isWhole: boolean): Compared {
  const pull = snapshot(base, head);
  const changes = changeMap(pull.changedFiles);
  const { delta } = analyseChange(pull, defaultConfig, rules, { changes, isWhole });
  return { introduced: identities(delta.introduced), resolved: identities(delta.resolved) };
}

const both = ({ leaking, repaired }: Change) => [[leaking, repaired] as const, [repaired, leaking] as const];

/** Leaks to which functions lead that the change does not concern, too: the search in part does not see that they were there. */
const alsoElsewhere: Readonly<Record<string, readonly string[]>> = {
  'start-without-stop/dropped': ['unsent-receive'],
  'start-without-stop/dropped-in-value': ['unrecovered-panic', 'unsent-receive'],
};

/** What ends here ends in a caller of the function that is edited. */
const endsInCaller = ['unreceived-send/tree', 'waitgroup-imbalance/field'];

describe('a change that is searched in part', () => {
  it.each(changes().filter(({ name }) => alsoElsewhere[name] === undefined))(
    '$name: says what the whole comparison says',
    { timeout: 180_000 },
    (change) => {
      for (const [base, head] of both(change)) {
        const [part, whole] = [compared(base, head, false), compared(base, head, true)];
        expect(part.introduced).toEqual(whole.introduced);
        if (!endsInCaller.includes(change.name)) expect(part.resolved).toHaveLength(whole.resolved.length);
        expect(part.resolved.length).toBeLessThanOrEqual(whole.resolved.length);
      }
    },
  );

  it.each(Object.entries(alsoElsewhere))(
    '%s: takes a leak for new that other functions have had before',
    { timeout: 180_000 },
    (name, expected) => {
      const change = changes().find((one) => one.name === name) as Change;
      const [part, whole] = [false, true].map((isWhole) =>
        both(change).flatMap(([base, head]) => compared(base, head, isWhole).introduced),
      );
      expect(part?.filter((one) => !whole?.includes(one)).map((one) => one.split(' ')[0])).toEqual(expected);
      expect(whole?.filter((one) => !part?.includes(one))).toEqual([]);
    },
  );
});
