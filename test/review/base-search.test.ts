/** From which functions the base is searched, once head has been. */
import { expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import { analyseChange } from '../../src/review/change-analysis.ts';
import { changeMap } from '../../src/review/change-map.ts';
import { everyGo, type Files, snapshot } from './fixtures.ts';

const pump = `package pump

func leaks(f func()) { go f() }
func above() { leaks(nil) }
func quiet() { println(1) }
func other() { quiet() }
`;

/** Names of the functions from which the base is searched. */
function searched(base: string, head: string, files: Files = {}): readonly string[] {
  const pull = snapshot({ 'p/p.go': base }, { 'p/p.go': head, ...files });
  const changes = changeMap(pull.changedFiles);
  const [old] = analyseChange(pull, defaultConfig, [everyGo], { changes }).base;
  return (old?.pkg.funcDecls ?? [])
    .filter((decl) => old?.options.searchFrom?.(decl) ?? true)
    .map(({ name }) => name.name);
}

test('what leads to a finding of head, when the change concerns it', () => {
  expect(searched(pump, pump.replace('{ go f() }', '{ println(2); go f() }'))).toEqual(['leaks', 'above']);
  expect(searched(pump, pump.replace('func leaks(', '// Leaks.\nfunc leaks('))).toEqual([]);
});

test('what the change edits, and not its callers, when head is found to have nothing there', () => {
  expect(searched(pump, pump.replace('println(1)', 'println(2)'))).toEqual(['quiet']);
});

test('what is gone, when a finding of head stands in a new function', () => {
  expect(searched(pump, pump.replaceAll('leaks(', 'starts('))).toEqual(['leaks', 'above']);
});

test('everything that is concerned, when head is found to have something outside of functions', () => {
  const outside = 'var run = func(f func()) { go f() }\n';
  const head = pump.replace('println(1)', 'println(2)') + outside;
  expect(searched(pump + outside, head)).toEqual(['quiet', 'other']);
});
