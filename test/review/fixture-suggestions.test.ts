/**
 * Every suggestion that a review of the rule fixtures makes, clicked: alone, some of them, and all together, in any order.
 * What comes out does not depend on the order, is as gofmt writes it, compiles, and passes `go vet` where it did before.
 *
 * Without `go` the last two are skipped with a reason in their name; GOPLUMBER_REQUIRE_GO=1 makes its absence a failure. Few of
 * the fixtures are taken each time, since all of them take minutes: GOPLUMBER_ALL_FIXTURES=1 takes them all.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import { analyseSnapshot } from '../../src/review/analyse-snapshot.ts';
import type { FixOffer } from '../../src/review/finding.ts';
import { rules } from '../../src/rules/index.ts';
import { go, goRequired, run } from '../go-toolchain.ts';
import { type Fixture, readFixtures } from '../rules/harness.ts';
import { writeStandIns } from '../rules/stand-in-modules.ts';
import { orSkipped } from '../skipped.ts';
import { type Files, snapshot } from './fixtures.ts';
import { random } from './random.ts';

type Suggestion = Extract<FixOffer, { readonly kind: 'suggestion' }>;

interface Clicked {
  readonly fixture: Fixture;
  readonly suggestions: readonly Suggestion[];
  /** `before`, `all`, `alone-0`, `some`. */
  readonly variants: ReadonlyMap<string, Files>;
}

const next = random(11);

const takesAll = process.env['GOPLUMBER_ALL_FIXTURES'] === '1';
/** Without suggestions there is nothing to click: fixtures with golden files have some. */
const taken = readFixtures().filter(
  ({ goldens, allRules }, at) => takesAll || (goldens.length > 0 && !allRules && at % 9 === 0),
);

function clickedOf(fixture: Fixture): Clicked {
  const before: Files = Object.fromEntries(fixture.sources.map(({ path, text }) => [path, text]));
  const config = { ...defaultConfig, ...(fixture.goVersion ? { goVersion: fixture.goVersion } : {}) };
  const chosen = fixture.allRules || takesAll ? rules : rules.filter(({ meta }) => meta.id === fixture.rule);
  const { groups } = analyseSnapshot(snapshot({}, before), config, chosen);
  const suggestions = groups.flatMap(({ offer }) => (offer.kind === 'suggestion' ? [offer] : []));
  const variants = new Map([['before', before]]);
  if (suggestions.length > 0) variants.set('all', click(before, suggestions));
  if (suggestions.length > 1)
    for (const [at, one] of suggestions.entries()) variants.set(`alone-${at}`, click(before, [one]));
  if (suggestions.length > 2) variants.set('some', click(before, shuffled(suggestions).slice(0, 2)));
  return { fixture, suggestions, variants };
}

/** One commit after the other: a click moves the lines of the suggestions below it. */
function click(files: Files, suggestions: readonly Suggestion[]): Files {
  const texts = { ...files };
  const done: Suggestion[] = [];
  for (const one of suggestions) {
    const shift = done
      .filter(({ path, startLine }) => path === one.path && startLine < one.startLine)
      .reduce((sum, earlier) => sum + growth(earlier), 0);
    const lines = (texts[one.path] ?? '').split('\n');
    lines.splice(one.startLine - 1 + shift, one.endLine - one.startLine + 1, ...linesOf(one));
    texts[one.path] = lines.join('\n');
    done.push(one);
  }
  return texts;
}

function linesOf({ replacement, ending }: Suggestion): readonly string[] {
  return replacement === undefined ? [] : (replacement + ending).split('\n').slice(0, -1);
}

function growth(one: Suggestion): number {
  return linesOf(one).length - (one.endLine - one.startLine + 1);
}

function shuffled<T>(items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, at: next(1_000_000) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

let all: readonly Clicked[] = [];
let root = '';

beforeAll(() => {
  all = taken.map(clickedOf);
}, 1_800_000);

it('suggestions are made, and the order of clicks does not matter', () => {
  expect(all.flatMap(({ suggestions }) => suggestions).length).toBeGreaterThan(takesAll ? 50 : 3);
  for (const { fixture, suggestions, variants } of all) {
    if (suggestions.length < 2) continue;
    const before = variants.get('before') ?? {};
    for (const order of [suggestions.toReversed(), shuffled(suggestions), shuffled(suggestions)])
      expect(click(before, order), `${fixture.rule}/${fixture.name}`).toEqual(variants.get('all'));
  }
});

const without = !go && !goRequired;

describe.skipIf(without)(orSkipped(without, 'Go takes what is clicked', 'no go on the PATH'), () => {
  const compiled = (): readonly Clicked[] =>
    all.filter(({ fixture }) => !existsSync(join(fixture.folder, 'uncompiled.txt')));
  const moduleOf = ({ fixture }: Clicked): string => (fixture.goVersion ? `go1_${fixture.goVersion.minor}` : 'newest');
  const pathOf = ({ fixture }: Clicked, variant: string): string =>
    `${fixture.rule}/${fixture.name}/${variant}`.replace(/[^a-zA-Z0-9/]/g, '_');
  const modules = (): readonly string[] => [...new Set(compiled().map(moduleOf))];

  beforeAll(() => {
    expect(go, '`go` 1.21 or newer is required').toBeDefined();
    root = mkdtempSync(join(tmpdir(), 'goplumber-clicked-'));
    const standIns = writeStandIns(root);
    for (const clicked of compiled()) {
      for (const [variant, files] of clicked.variants) {
        for (const [path, text] of Object.entries(files)) {
          const file = join(root, moduleOf(clicked), pathOf(clicked, variant), path);
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, text);
        }
      }
      const version = clicked.fixture.goVersion?.minor ?? go?.minor;
      writeFileSync(join(root, moduleOf(clicked), 'go.mod'), `module clicked\n\ngo 1.${version}\n\n${standIns}`);
    }
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('it is as gofmt writes it', () => {
    const written = modules().map((module) => join(root, module));
    expect(execFileSync('gofmt', ['-l', ...written], { encoding: 'utf8' })).toBe('');
  });

  it('it compiles, and go vet says nothing that it did not say before', () => {
    for (const module of modules()) {
      expect(run('go', ['build', './...'], join(root, module))).toEqual({ code: 0, output: '' });
      const { output } = run('go', ['vet', './...'], join(root, module));
      const faulty = new Set([...output.matchAll(/^# clicked\/(\S+)$/gm)].map((match) => match[1] ?? ''));
      const fresh = [...faulty].filter((path) => !faulty.has(path.replace(/\/[^/]+$/, '/before')));
      expect(fresh, output).toEqual([]);
    }
  }, 900_000);
});
