/** Go files: whatever they hold, an analysis ends within its work, and what it says stands in them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Diagnostic } from '../../../src/analysis/diagnostic.ts';
import { analysePackage, crashText } from '../../../src/analysis/run.ts';
import { withVerifiedFixes } from '../../../src/analysis/verify.ts';
import { loadPackage } from '../../../src/go/load.ts';
import type { GoPackage } from '../../../src/go/package.ts';
import { rules } from '../../../src/rules/index.ts';
import { explorerWork, fixWork, rulesWork, stepsFor } from '../../../src/work/limits.ts';
import { bounded } from '../../../src/work/meter.ts';
import { goInputs } from '../../hostile/go-inputs.ts';
import { moreGoInputs } from '../../hostile/more-go-inputs.ts';
import { grammarSource } from '../go-source.ts';
import { must, type Target } from '../target.ts';
import { mutated } from '../texts.ts';

const path = 'p/a.go';

/** The Go files of our fixtures of rules, in order. */
function fixtures(): readonly string[] {
  const folder = 'test/rules';
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.go'));
  return files.sort().map((file) => readFileSync(join(folder, file), 'utf8'));
}

const words = [
  'go ',
  'defer ',
  'func() {',
  '}',
  '(',
  ')',
  'select {',
  'case ',
  'default:',
  'for ',
  'range ',
  '<-',
  'chan ',
  'close(',
  'make(chan int)',
  ':=',
  '=',
  '.',
  ',',
  'return\n',
  'break\n',
  'goto L\n',
  'nil',
  'go f()\n',
  '[T any]',
  '*',
  '&',
  '...',
  '//goplumber:ignore x y\n',
  'package q\n',
  'interface{',
  'struct{',
  'map[',
  ']',
  '`',
  "'",
  '"',
  'iota',
  '1<<62',
];

const hostile = fc
  .tuple(fc.constantFrom(...goInputs, ...moreGoInputs), fc.nat(20))
  .map(([{ text, usual }, count]) => text(Math.min(usual, count + 1)));

function check(text: string): void {
  const pkg = loadPackage('p', [{ path, text }]);
  const steps = [explorerWork, rulesWork, fixWork].reduce((sum, share) => sum + stepsFor(share, pkg.size), 0);
  const run = bounded(steps * 1.5, () => analysed(pkg));
  must(run.kind === 'done', 'the analysis takes more work than all of its parts may');
  for (const diagnostic of run.value) checkDiagnostic(diagnostic, text);
}

function analysed(pkg: GoPackage): readonly Diagnostic[] {
  const result = analysePackage(pkg, rules, {});
  const crash = result.crashes.find(({ unfinished }) => !unfinished);
  must(crash === undefined, crash ? crashText(crash) : '');
  const reload = (texts: ReadonlyMap<string, string>) =>
    loadPackage(
      'p',
      pkg.files.map((file) => ({ path: file.path, text: texts.get(file.path) ?? file.text })),
    );
  return result.diagnostics.map((one) => withVerifiedFixes({ pkg, rules, options: {}, result, reload }, one));
}

function checkDiagnostic({ location, witness, severity, rule, fixes, fixRefusal }: Diagnostic, text: string): void {
  const lines = text.split('\n').length;
  for (const { startLine, endLine, range } of [location, ...witness.map((step) => step.location)]) {
    must(startLine >= 1 && startLine <= endLine && endLine <= lines, `${rule} names line ${startLine} of ${lines}`);
    must(range.start >= 0 && range.start <= range.end && range.end <= text.length, `${rule} names a place outside`);
  }
  must(severity !== 'error' || witness.length > 0, `an error of ${rule} has no path`);
  must(!fixRefusal?.startsWith('the verification failed'), `${rule}: ${fixRefusal}`);
  for (const fix of fixes) must(fix.verified, `a fix of ${rule} is shown and was not verified`);
}

export const goTarget: Target<string> = {
  name: 'go',
  weight: 8,
  inputs: fc.oneof(
    { weight: 4, arbitrary: mutated(fixtures(), words) },
    { weight: 4, arbitrary: grammarSource },
    {
      weight: 2,
      arbitrary: mutated(
        [...goInputs, ...moreGoInputs].map(({ text }) => text(3)),
        words,
      ),
    },
    { weight: 1, arbitrary: hostile },
  ),
  check,
};
