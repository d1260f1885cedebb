/** From which functions the base is searched, once head has been. */
import { expect, test } from 'vitest';
import type { AnyRule } from '../../src/analysis/rule.ts';
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
function searched(base: string, head: string, files: Files = {}, rule: AnyRule = everyGo): readonly string[] {
  const pull = snapshot({ 'p/p.go': base }, { 'p/p.go': head, ...files });
  const changes = changeMap(pull.changedFiles);
  const [old] = analyseChange(pull, defaultConfig, [rule], { changes }).base;
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

/** Every `go` statement, on a path that begins in the last function of the package. */
const everyGoFromLast: AnyRule = {
  ...everyGo,
  evaluate: (pass) => {
    const last = pass.pkg.funcDecls.at(-1);
    const witness = last ? [{ location: pass.at(last.file, last.name), process: 'caller', text: 'calls it' }] : [];
    return everyGo.evaluate(pass).map(({ report, fixes }) => ({ report: { ...report, witness }, fixes }));
  },
};

test('what lies on the path to a finding of head, when the change concerns it', () => {
  const head = pump.replace('println(1)', 'println(2)');
  expect(searched(pump, head)).toEqual(['quiet']);
  expect(searched(pump, head, {}, everyGoFromLast)).toEqual(['quiet', 'other']);
});
