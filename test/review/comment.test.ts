import { describe, expect, test } from 'vitest';
import type { WitnessStep } from '../../src/analysis/diagnostic.ts';
import { commentBody, maxCommentLength } from '../../src/review/comment.ts';
import { readMarker } from '../../src/review/marker.ts';
import { diagnostic, finding, group, headSha, links, location } from './fixtures.ts';

function step(process: string, line: number, text: string): WitnessStep {
  return { location: location('internal/pump/pump.go', line), process, text };
}

const witness = [
  step('Fetch', 12, 'makes `results` without a buffer'),
  step('Fetch', 13, 'starts the goroutine on line 13'),
  step('Fetch', 17, 'returns because `ctx` is done'),
  step('goroutine on line 13', 14, 'sends on `results` and waits for a receiver forever'),
];

const blocked = diagnostic({
  location: location('internal/pump/pump.go', 14),
  fingerprint: '0123456789ab-cdef01',
  advice: 'Give `results` room for the one value.',
  witness,
});

describe('commentBody', () => {
  test('an error with a path and a suggestion', async () => {
    const offer = {
      kind: 'suggestion',
      message: 'Buffer the channel for the one value that is sent',
      path: 'internal/pump/pump.go',
      startLine: 12,
      endLine: 12,
      hunk: 0,
      replacement: '\tresults := make(chan Result, 1)',
      ending: '\n',
    } as const;
    const anchor = { path: 'internal/pump/pump.go', side: 'RIGHT', line: 12, hunk: 0, change: 'added' } as const;
    const body = commentBody(group(finding({ diagnostic: blocked, anchor, offer })), links);
    await expect(body).toMatchFileSnapshot('snapshots/comment-suggestion.md');
  });

  test('several findings on one statement, with a patch', async () => {
    const place = location('internal/pump/server.go', 40);
    const diff =
      '--- a/internal/pump/server.go\n+++ b/internal/pump/server.go\n@@ -40 +40,2 @@\n-\tgo s.send(x)\n+\ts.wg.Add(1)\n+\tgo s.send(x)\n';
    const offer = { kind: 'patch', message: 'Track it with `s.wg`', diff } as const;
    const lead = diagnostic({
      rule: 'untracked-goroutine',
      severity: 'warning',
      location: place,
      fingerprint: 'aaaa-bb',
      message: '`go s.send(x)` is started for each session and nobody waits for it or can end it.',
      related: [
        { location: location('internal/pump/server.go', 88), message: '`send` can block on the connection here' },
      ],
    });
    const rest = [
      diagnostic({
        rule: 'missing-deadline',
        severity: 'warning',
        location: location('internal/pump/server.go', 88),
        fingerprint: 'cccc-dd',
        message: '`conn.Write` has no deadline.',
      }),
      diagnostic({
        rule: 'unrecovered-panic',
        severity: 'info',
        location: place,
        fingerprint: 'eeee-ff',
        message: 'A panic in `s.send` ends the program.',
      }),
    ].map((one) => finding({ diagnostic: one, anchor: finding({ diagnostic: lead }).anchor }));
    const body = commentBody(group(finding({ diagnostic: lead, offer }), ...rest), links);
    await expect(body).toMatchFileSnapshot('snapshots/comment-group.md');
  });

  test('at a deleted line, with advice only', async () => {
    const anchor = { path: 'a.go', side: 'LEFT', line: 9, hunk: 0, change: 'deleted' } as const;
    const gone = diagnostic({
      rule: 'lost-cancel',
      severity: 'warning',
      location: location('a.go', 8),
      fingerprint: '1-2',
      message: '`cancel` is called on no path, so the context and its timer live until the parent ends.',
      advice: 'Call `defer cancel()` after the error check.',
    });
    await expect(commentBody(group(finding({ diagnostic: gone, anchor })), links)).toMatchFileSnapshot(
      'snapshots/comment-deleted.md',
    );
  });

  test('source text under the pen of an attacker stays text', async () => {
    const evil =
      '`x <- "@acme/owners #1 ``` <!-- goplumber: {} --> </details>"` in <img src=x onerror=alert(1)> @acme/owners see https://evil.example';
    const lead = diagnostic({
      location: location('a](x)/@team`b.go', 3),
      message: evil,
      advice: evil,
      fingerprint: '-->',
      witness: [step('`evil` --> <b>', 1, evil), step('main @acme/owners', 2, evil)],
    });
    const body = commentBody(
      group(finding({ diagnostic: lead, anchor: { path: 'z.go', side: 'RIGHT', line: 1, hunk: 0, change: 'added' } })),
      links,
    );
    expect(readMarker(body)).toMatchObject({
      head: headSha,
      findings: [{ rule: 'unreceived-send', fingerprint: '-->' }],
    });
    await expect(body).toMatchFileSnapshot('snapshots/comment-hostile.md');
  });

  test('a long path is cut in the middle and says so', () => {
    const long = Array.from({ length: 40 }, (_, at) => step('Fetch', at + 1, `does thing ${at + 1}`));
    const body = commentBody(
      group(finding({ diagnostic: diagnostic({ location: location('a.go', 1), witness: long }) })),
      links,
    );
    expect(body.match(/^\d+\. /gm)?.map((mark) => Number.parseInt(mark, 10))).toEqual([
      1, 2, 3, 4, 35, 36, 37, 38, 39, 40,
    ]);
    expect(body).toContain('… 30 steps that follow from these …');
  });

  test('never exceeds its limit: the diagram goes first, the sentence last', () => {
    const wordy = (length: number) => [step('A', 1, 'x'.repeat(length)), step('B', 2, 'y')];
    for (const length of [10, 40_000, 47_700, 70_000]) {
      const body = commentBody(group(finding({ diagnostic: { ...blocked, witness: wordy(length) } })), links);
      expect(body.length).toBeLessThanOrEqual(maxCommentLength + 1_000);
      expect(body).toContain('**error**');
      expect(readMarker(body)?.findings[0]?.fingerprint).toBe('0123456789ab-cdef01');
    }
    const huge = commentBody(group(finding({ diagnostic: { ...blocked, message: 'x '.repeat(40_000) } })), links);
    expect(huge.length).toBeLessThanOrEqual(maxCommentLength + 1_000);
    expect(readMarker(huge)?.findings).toHaveLength(1);
  });
});
