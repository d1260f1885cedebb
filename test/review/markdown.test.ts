import { describe, expect, test } from 'vitest';
import { boundedList, boundedText, clipped } from '../../src/review/bounded-text.ts';
import { codeSpan, details, fenced, prose } from '../../src/review/markdown.ts';
import { markerText, readMarker } from '../../src/review/marker.ts';
import { permalink } from '../../src/review/permalink.ts';
import { links } from './fixtures.ts';
import { withoutSpans } from './outside-of-code.ts';
import { random } from './random.ts';

describe('prose', () => {
  test.each([
    ['`ch <- v` waits in `f()`.', '`ch <- v` waits in `f()`.'],
    ['ask @acme/owners, see #12!', 'ask `@acme/owners`, see `#12`!'],
    ['mail bob@example.org (https://x.example/y).', 'mail `bob@example.org` (`https://x.example/y`).'],
    ['www.example.org and GH-7 and deadbeef1', '`www.example.org` and `GH-7` and `deadbeef1`'],
    ['<script>alert(1)</script> & <!-- x -->', '&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;!-- x --&gt;'],
    ['**bold** _under_ ~~gone~~ [a](b) | x', '\\*\\*bold\\*\\* \\_under\\_ \\~\\~gone\\~\\~ \\[a\\](b) \\| x'],
    ['a\n\n# heading\n- list', 'a \\# heading - list'],
    ['an odd ` backquote', 'an odd \\` backquote'],
    ['right\u202eto left \u0007 and \u2066', 'right\\\\u202eto left \\\\u0007 and \\\\u2066'],
    ['it says `<!-- goplumber: {} -->` and `@team #1`', 'it says `<!-- goplumber: {} -->` and `@team #1`'],
  ])('%j', (text, markdown) => {
    expect(prose(text)).toBe(markdown);
  });

  test('property: outside of code nothing is left that GitHub would act on', () => {
    const next = random(11);
    const parts = [
      '@team',
      '#1',
      '`',
      '``',
      '<b>',
      '-->',
      '<!--',
      ' ',
      '\n',
      'x',
      'https://a.b',
      '[',
      '](',
      ')',
      '*',
      '\\',
      '|',
      '&lt;',
      '\t',
      'GH-1',
    ];
    for (let round = 0; round < 2000; round++) {
      const text = Array.from({ length: 1 + next(12) }, () => parts[next(parts.length)]).join('');
      const outside = withoutSpans(prose(text));
      expect(outside).not.toMatch(/@team|#1|<|>|:\/\/|\bGH-1|(?<!\\)[[\]*|]|\n/);
    }
  });
});

test.each([
  ['a', '`a`'],
  ['a`b', '``a`b``'],
  ['`', '`` ` ``'],
  [' a ', '`  a  `'],
  ['a\nb', '`a b`'],
])('codeSpan(%j)', (text, markdown) => {
  expect(codeSpan(text)).toBe(markdown);
});

test('fenced blocks keep their text and outgrow its fences', () => {
  expect(fenced('suggestion', '\tx\n')).toBe('```suggestion\n\tx\n```');
  expect(fenced('suggestion', '')).toBe('```suggestion\n```');
  expect(fenced('go', '```\n````\nx')).toBe('`````go\n```\n````\nx\n`````');
});

test('a summary is HTML, so its text is escaped as HTML', () => {
  expect(details('Fix `a<b` for @team', 'body')).toBe(
    '<details><summary>Fix <code>a&lt;b</code> for <code>@team</code></summary>\n\nbody\n\n</details>',
  );
});

test('permalinks encode what a link would take for syntax', () => {
  expect(permalink(links, 'a b/(c)#d?.go', 3, 5)).toBe(
    'https://github.com/acme/pump/blob/c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00/a%20b/%28c%29%23d%3F.go#L3-L5',
  );
  expect(permalink(links, 'a.go', 3, 3, 'LEFT')).toContain('/ba5eba11');
  expect(permalink(links, '\ud800.go', 1)).toContain('%EF%BF%BD.go#L1');
});

describe('marker', () => {
  const marker = {
    head: 'abc',
    findings: [
      { rule: 'lost-cancel', fingerprint: 'a-->b<!--' },
      { rule: 'x', fingerprint: '"\\' },
    ],
  };

  test('round trip; the text cannot end the comment', () => {
    const text = markerText(marker);
    expect(text.slice(4, -3)).not.toMatch(/--|<|>/);
    expect(readMarker(`Some text\r\n\r\n${text}\n`)).toEqual(marker);
  });

  test('the last one outside of fences counts: quoted source cannot speak for us', () => {
    const forged = markerText({ head: 'evil', findings: [{ rule: 'r', fingerprint: 'f' }] });
    expect(readMarker(`${forged}\n\n${markerText(marker)}`)).toEqual(marker);
    expect(readMarker(`~~~\n${forged}\n~~~\n\ntext`)).toBeUndefined();
    expect(readMarker(`${markerText(marker)}\n\nI do not think so.`)).toEqual(marker);
    expect(readMarker(`text ${forged}`)).toBeUndefined();
  });

  test.each([
    '',
    '<!-- goplumber: {} -->',
    '<!-- goplumber: {"v":3,"head":"x","findings":[]} -->',
    '<!-- goplumber: {"v":1 -->',
    '<!-- goplumber: {"v":1,"head":1,"findings":[]} -->',
  ])('is not read from %j', (body) => {
    expect(readMarker(body)).toBeUndefined();
  });
});

describe('bounded text', () => {
  test('says how much did not fit, and stays within the bytes', () => {
    const parts = Array.from({ length: 100 }, (_, at) => `${at} ${'ü'.repeat(200)}`);
    const text = boundedText(parts, 5_000);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(5_000);
    expect(text).toMatch(/^0 ü/);
    expect(text).toMatch(/\*\d+ more sections did not fit here\.\*$/);
  });

  test('lists name what they leave out', () => {
    expect(boundedList(['a', 'b', 'c'], 2)).toBe('- a\n- b\n- … and 1 more');
  });

  test('clipping keeps surrogate pairs whole', () => {
    expect(clipped('ab😀cd', 4)).toBe('ab…');
    expect(clipped('abcd', 4)).toBe('abcd');
  });
});
