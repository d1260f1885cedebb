import { describe, expect, it } from 'vitest';
import { applyFix } from '../../src/analysis/edits.ts';
import { gofmtComplaint } from '../../src/analysis/gofmt-shape.ts';
import { type AnyRule, anyRule } from '../../src/analysis/rule.ts';
import { suggestionOf } from '../../src/analysis/suggestion.ts';
import { withVerifiedFixes } from '../../src/analysis/verify.ts';
import { range } from '../../src/text/offset.ts';
import { analyse, meta, sendRule } from './sample-rules.ts';

const source = 'package p\n\nfunc f(a chan int) {\n\ta <- 1 // one\n}\n';

function outcome(replacement: (text: string) => string, text = source, more: readonly AnyRule[] = []) {
  const analysed = analyse(text, [sendRule('alpha', replacement), ...more]);
  const diagnostic = analysed.result.diagnostics[0];
  if (!diagnostic) throw new Error('nothing reported');
  return withVerifiedFixes(analysed, diagnostic);
}

describe('verification of a fix', () => {
  it('accepts what removes the diagnostic and keeps the rest', () => {
    const { fixes, fixRefusal } = outcome(() => 'println(a)');
    expect(fixRefusal).toBeUndefined();
    expect(fixes).toMatchObject([{ verified: true }]);
  });

  it.each([
    ['still there', (text: string) => `${text} + 0`, /still there/],
    ['does not parse', () => 'select {', /does not parse/],
    ['nothing', (text: string) => text, /changes nothing/],
    ['wrong indentation', () => 'println(1)\n    println(a)', /indented by blanks/],
    ['too deep', () => 'println(1)\n\t\tprintln(a)', /2 tabs where gofmt has 1/],
    ['trailing blanks', () => 'println(1) \n\tprintln(a)', /white space/],
  ])('refuses: %s', (_, replacement, reason) => {
    const { fixes, fixRefusal } = outcome(replacement);
    expect(fixes).toEqual([]);
    expect(fixRefusal).toMatch(reason);
  });

  it('refuses to lose a comment', () => {
    expect(outcome(() => 'println(a)', source.replace('a <- 1', 'a <- /* two */ 1')).fixRefusal).toBe(
      'Do it differently: a comment would be lost',
    );
  });

  it('refuses what brings something new', () => {
    const calls = anyRule({
      meta: meta('beta'),
      detect: (pass) => (pass.pkg.files[0]?.text.includes('println') ? pass.files : []),
      describe: (file, pass) => ({ location: pass.at(file, range(0, 7)), message: 'a call' }),
    });
    expect(outcome(() => 'println(a)', source, [calls]).fixRefusal).toBe(
      'Do it differently: it introduces a new `beta`',
    );
    expect(outcome(() => 'a <- 3', source).fixRefusal).toBe(
      'Do it differently: the diagnostic is still there in another form',
    );
  });

  it('keeps CRLF and a missing end of line', () => {
    const crlf = source.replaceAll('\n', '\r\n').trimEnd();
    const { fixes, fixRefusal } = outcome(() => 'println(1)\n\tprintln(a)', crlf);
    expect(fixRefusal).toBeUndefined();
    const texts = fixes[0] && applyFix(fixes[0], () => crlf);
    expect(texts && 'get' in texts && texts.get('a.go')).toBe(crlf.replace('a <- 1', 'println(1)\r\n\tprintln(a)'));
  });
});

describe('suggestionOf', () => {
  const fix = (start: number, end: number, newText: string) => ({
    message: 'm',
    verified: true,
    files: [{ path: 'a.go', edits: [{ range: range(start, end), newText }] }],
  });
  const text = 'one\ntwo\nthree\nfour';

  it('covers whole lines and nothing that stays the same', () => {
    expect(suggestionOf(fix(4, 7, 'TWO\nMORE'), text)).toEqual({
      path: 'a.go',
      startLine: 2,
      endLine: 2,
      replacement: 'TWO\nMORE',
      deletes: false,
    });
    expect(suggestionOf(fix(0, 13, 'one\nTWO\nthree'), text)).toMatchObject({
      startLine: 2,
      endLine: 2,
      replacement: 'TWO',
    });
  });

  it('stands on the line before an insertion, or after it when only that is usable', () => {
    expect(suggestionOf(fix(4, 4, 'new\n'), text)).toMatchObject({ startLine: 1, endLine: 1, replacement: 'one\nnew' });
    expect(suggestionOf(fix(4, 4, 'new\n'), text, (line) => line === 2)).toMatchObject({
      startLine: 2,
      endLine: 2,
      replacement: 'new\ntwo',
    });
    expect(suggestionOf(fix(0, 0, 'new\n'), text)).toMatchObject({ startLine: 1, endLine: 1, replacement: 'new\none' });
    expect(suggestionOf(fix(18, 18, '\nnew'), text)).toMatchObject({
      startLine: 4,
      endLine: 4,
      replacement: 'four\nnew',
    });
  });

  it('tells a deletion from an empty line', () => {
    expect(suggestionOf(fix(4, 8, ''), text)).toMatchObject({
      startLine: 2,
      endLine: 2,
      replacement: '',
      deletes: true,
    });
    expect(suggestionOf(fix(4, 7, ''), text)).toMatchObject({
      startLine: 2,
      endLine: 2,
      replacement: '',
      deletes: false,
    });
  });

  it('keeps carriage returns inside', () => {
    expect(suggestionOf(fix(5, 8, 'TWO\r\nMORE'), 'one\r\ntwo\r\nthree\r\n')).toMatchObject({
      startLine: 2,
      replacement: 'TWO\r\nMORE',
    });
  });

  it('says nothing for several files or no change', () => {
    expect(suggestionOf({ message: 'm', verified: true, files: [] }, text)).toBeUndefined();
    expect(suggestionOf(fix(0, 3, 'one'), text)).toBeUndefined();
  });
});

describe('gofmtComplaint', () => {
  const check = (text: string) => gofmtComplaint(text, new Set(text.split('\n').map((_, at) => at + 1)));

  it('accepts what gofmt writes', () => {
    const text =
      'package p\n\nfunc f(c chan int) {\n\tselect {\n\tcase c <- 1:\n\t\tg()\n\tdefault:\n\t}\n\tgo func() {\n\t\th(a,\n\t\t\tb)\n\t}()\n\tx := []int{\n\t\t1, // a\n\t\t2, // b\n\t}\nagain:\n\tif a ||\n\t\tb {\n\t\ts := `raw\n  text`\n\t}\n}\n';
    expect(check(text)).toBeUndefined();
  });

  it.each([
    'type t struct {\n\ta    int\n\tlong string // x\n\n\tb chan int\n\tsync.Mutex\n\tc, d int\n}',
    'var v = t{\n\ta:  1,\n\tbc: 2,\n\n\tinAVeryLongName: 3,\n\tz: 4,\n}',
    'func f() {\n\tswitch x {\n\tcase a: // one\n\t\tg()\n\tdefault:\n\t}\n\tg() // two\n}',
  ])('accepts columns as in %j', (text) => expect(check(text)).toBeUndefined());

  it.each([
    ['func f() {\n  a()\n}', /blanks/],
    ['func f() {\n\t\ta()\n}', /2 tabs/],
    ['func f() {\n\ta()\n\t}', /1 tabs where gofmt has 0/],
    ['func f() {\n\tselect {\n\t\tcase <-c:\n\t}\n}', /2 tabs where gofmt has 1/],
    ['func f() {\n\n\n\ta()\n}', /blank lines/],
    ['func f() {\n\ta() // x\n\tbcd() // y\n}', /neighbour/],
    ['func f() {\n\ta()   // x\n\tb()   // y\n}', /comment out of line/],
    ['type t struct {\n\ta int\n\tlong string\n}', /type out of line/],
    ['var v = t{\n\ta: 1,\n\tbc: 2,\n}', /value out of line/],
  ])('complains about %j', (text, reason) => expect(check(text)).toMatch(reason));
});
