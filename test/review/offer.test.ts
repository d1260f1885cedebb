import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Diagnostic, SuggestedFix } from '../../src/analysis/diagnostic.ts';
import { applyFix } from '../../src/analysis/edits.ts';
import { changeMap } from '../../src/review/change-map.ts';
import { commentBody } from '../../src/review/comment.ts';
import type { FixOffer } from '../../src/review/finding.ts';
import { groupFindings } from '../../src/review/group.ts';
import { offerOf } from '../../src/review/offer.ts';
import { placeDiagnostic } from '../../src/review/placement.ts';
import { range } from '../../src/text/offset.ts';
import { changedFiles, diagnostic, finding, fix, group, links, location, placeOf, replacing } from './fixtures.ts';
import { random } from './random.ts';

const lines = Array.from({ length: 40 }, (_, at) => `\tline${at + 1}()`);
const base = `${lines.join('\n')}\n`;
/** Line 20 was changed, so head's lines 17 to 23 are in the hunk. */
const head = base.replace('line20()', 'go line20()');

function offer(text: string, edits: SuggestedFix['files'][number]['edits'], before = base, oneClick = true): FixOffer {
  const changes = changeMap(changedFiles({ 'a.go': before }, { 'a.go': text }));
  return offerOf(
    fix('Mend it', [{ path: 'a.go', edits }]),
    changes,
    (path) => (path === 'a.go' ? text : undefined),
    oneClick,
  );
}

/** What GitHub does when somebody presses the button: the comment's lines become the block's lines. */
function pressed(text: string, made: FixOffer): string {
  if (made.kind !== 'suggestion') throw new Error(`a ${made.kind}`);
  const body = commentBody(
    group({ ...finding({ diagnostic: diagnostic({ location: location('a.go', made.startLine) }) }), offer: made }),
    links,
  );
  const block = /^(`{3,})suggestion\n([\s\S]*?)^\1$/m.exec(body);
  if (!block) throw new Error('no block');
  const all = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return [...all.slice(0, made.startLine - 1), block[2], ...all.slice(made.endLine)].join('');
}

describe('a one-click suggestion', () => {
  test.each([
    ['replaces within a line', [replacing(head, 'go line20', 'line20')]],
    [
      'replaces several lines as one range',
      [replacing(head, 'line18()', 'first()'), replacing(head, 'line21()', 'second()')],
    ],
    ['inserts a line', [replacing(head, '\tline21()', '\tdefer done()\n\tline21()')]],
    ['deletes a line', [replacing(head, '\tline19()\n', '')]],
    [
      'writes fences, tabs and trailing blanks as they are',
      [replacing(head, 'line19()', 'x := "```" + `\n``````\t \n`')],
    ],
    ['turns one line into an empty one', [replacing(head, '\tline19()', '')]],
  ])('%s', (_, edits) => {
    const expected = applyFix(fix('', [{ path: 'a.go', edits }]), () => head);
    expect(pressed(head, offer(head, edits))).toBe('kind' in expected ? expected.reason : expected.get('a.go'));
  });

  test('keeps the line endings of a CRLF file', () => {
    const [before, text] = [base, head].map((one) => one.replace(/\n/g, '\r\n')) as [string, string];
    const edits = [replacing(text, 'go line20()', 'a()\r\n\tb()')];
    expect(pressed(text, offer(text, edits, before))).toBe(text.replace('go line20()', 'a()\r\n\tb()'));
  });

  test.each([
    ['outside the hunk', [replacing(head, 'line2()', 'x()')]],
    ['partly outside the hunk', [replacing(head, 'line20', 'x'), replacing(head, 'line30()', 'y()')]],
  ])('is not made %s: a patch is', (_, edits) => {
    expect(offer(head, edits).kind).toBe('patch');
  });

  test('is not made for a last line without a newline, nor when switched off', () => {
    const before = `${lines.join('\n')}\n\tlast()`;
    const text = `${lines.join('\n')}\n\tgo last()`;
    expect(offer(text, [replacing(text, 'go last', 'last')], before).kind).toBe('patch');
    expect(offer(head, [replacing(head, 'go line20', 'line20')], base, false).kind).toBe('patch');
  });

  test('is not made of a fix that was not verified', () => {
    const changes = changeMap(changedFiles({ 'a.go': base }, { 'a.go': head }));
    const unverified = fix('', [{ path: 'a.go', edits: [replacing(head, 'go line20', 'line20')] }], false);
    expect(offerOf(unverified, changes, () => head, true)).toMatchObject({ kind: 'none' });
  });

  test('property: pressing the button is applying the edits, and the lines lie in one hunk', () => {
    const next = random(3);
    let made = 0;
    for (let round = 0; round < 300; round++) {
      const ending = next(4) === 0 ? '\r\n' : '\n';
      const oldLines = Array.from(
        { length: 30 },
        (_, at) => `${'\t'.repeat(next(3))}l${at}${next(5) === 0 ? '``' : ''}`,
      );
      const newLines = oldLines.map((line) => (next(10) === 0 ? `${line}!` : line));
      const text = newLines.join(ending) + ending;
      const start = next(text.length);
      const end = Math.min(text.length, start + next(40));
      const newText = ['', 'x', `\tx${ending}\ty${ending}`, '```'][next(4)] ?? '';
      const edits = [{ range: range(start, end), newText }];
      const result = offer(text, edits, oldLines.join(ending) + ending);
      if (result.kind !== 'suggestion') continue;
      made++;
      expect(pressed(text, result)).toBe(text.slice(0, start) + newText + text.slice(end));
    }
    expect(made).toBeGreaterThan(50);
  });
});

describe('a patch', () => {
  test('over two files is applied by git', () => {
    const texts: Record<string, string> = { 'a.go': head, 'b.go': 'one\r\ntwo' };
    const files = [
      { path: 'a.go', edits: [replacing(head, 'line2()', 'x()'), replacing(head, 'line39()', 'y()')] },
      { path: 'b.go', edits: [replacing('one\r\ntwo', 'two', '2')] },
    ];
    const result = offerOf(fix('Mend both', files), changeMap([]), (path) => texts[path], true);
    if (result.kind !== 'patch') throw new Error(result.kind);
    const dir = mkdtempSync(join(tmpdir(), 'goplumber-offer-'));
    try {
      for (const [path, text] of Object.entries(texts)) writeFileSync(join(dir, path), text);
      execFileSync('git', ['init', '-q'], { cwd: dir });
      execFileSync('git', ['apply', '-'], { cwd: dir, input: result.diff });
      expect(readFileSync(join(dir, 'a.go'), 'utf8')).toBe(head.replace('line2()', 'x()').replace('line39()', 'y()'));
      expect(readFileSync(join(dir, 'b.go'), 'utf8')).toBe('one\r\n2');
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

describe('groupFindings', () => {
  const changes = changeMap(changedFiles({ 'a.go': base }, { 'a.go': head }));
  const options = {
    companions: new Set(['companion']),
    suggestions: true,
    verify: (one: Diagnostic) => one,
    together: () => undefined,
  };
  const grouped = (...all: readonly Diagnostic[]) =>
    groupFindings(
      all.map((one) => placeDiagnostic(one, changes, () => undefined)),
      changes,
      () => head,
      options,
    );
  const go = placeOf('a.go', head, 'go line20()');

  test('one subject is one group, worst first, companions last', () => {
    const { groups } = grouped(
      diagnostic({ rule: 'companion', severity: 'error', location: go, subject: go }),
      diagnostic({ rule: 'mild', severity: 'info', location: placeOf('a.go', head, 'line21()'), subject: go }),
      diagnostic({ rule: 'bad', severity: 'error', location: go, subject: go }),
      diagnostic({ rule: 'other', severity: 'warning', location: placeOf('a.go', head, 'line22()') }),
    );
    expect(groups.map(({ findings }) => findings.map(({ diagnostic }) => diagnostic.rule))).toEqual([
      ['bad', 'mild', 'companion'],
      ['other'],
    ]);
  });

  test('the location of one finding is the subject of another', () => {
    expect(
      grouped(
        diagnostic({ rule: 'a', location: go }),
        diagnostic({ rule: 'b', location: placeOf('a.go', head, 'line22()'), subject: go }),
      ).groups,
    ).toHaveLength(1);
  });

  test('companions alone are withheld with a reason', () => {
    const { groups, withheld } = grouped(diagnostic({ rule: 'companion', location: go, subject: go }));
    expect(groups).toEqual([]);
    expect(withheld).toMatchObject(
      [{ diagnostic: { rule: 'companion' }, reason: /together with another/ }].map((one) => ({
        ...one,
        reason: expect.stringMatching(one.reason),
      })),
    );
  });

  test('a finding without a line joins the comment on its subject', () => {
    const far = diagnostic({ rule: 'far', location: placeOf('a.go', head, 'line2()'), subject: go });
    const { groups, unplaced } = grouped(far, diagnostic({ rule: 'near', location: go, subject: go }));
    expect(groups[0]?.findings).toHaveLength(2);
    expect(unplaced).toEqual([]);
    expect(grouped(far).unplaced).toHaveLength(1);
  });

  test('a companion on a changed line does not carry a finding that has none', () => {
    const far = diagnostic({ rule: 'far', location: placeOf('a.go', head, 'line2()'), subject: go });
    const { groups, unplaced } = grouped(far, diagnostic({ rule: 'companion', location: go, subject: go }));
    expect(groups).toEqual([]);
    expect(unplaced.map(({ diagnostic }) => diagnostic.rule)).toEqual(['far', 'companion']);
  });

  test('suggestions never overlap: the milder finding gets a patch', () => {
    const edits = [replacing(head, 'go line20', 'line20')];
    const fixes = [fix('Mend it', [{ path: 'a.go', edits }])];
    const { groups } = grouped(
      diagnostic({ rule: 'mild', severity: 'warning', location: placeOf('a.go', head, 'line19()'), fixes }),
      diagnostic({ rule: 'bad', location: go, fixes }),
    );
    expect(groups.map(({ findings, offer, anchor }) => [findings[0].diagnostic.rule, offer.kind, anchor.line])).toEqual(
      [
        ['mild', 'patch', 19],
        ['bad', 'suggestion', 20],
      ],
    );
  });

  test('the comment moves to the lines that its suggestion replaces', () => {
    const fixes = [
      fix('Mend it', [
        { path: 'a.go', edits: [replacing(head, 'line22()', 'x()'), replacing(head, 'line23()', 'y()')] },
      ]),
    ];
    expect(grouped(diagnostic({ location: go, fixes })).groups[0]?.anchor).toEqual({
      path: 'a.go',
      side: 'RIGHT',
      startLine: 22,
      line: 23,
      hunk: 0,
      change: 'context',
    });
  });
});
