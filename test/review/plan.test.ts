import { describe, expect, test } from 'vitest';
import type { Severity } from '../../src/analysis/diagnostic.ts';
import { commentBody } from '../../src/review/comment.ts';
import type { FindingGroup } from '../../src/review/finding.ts';
import { readMarker } from '../../src/review/marker.ts';
import { planReview } from '../../src/review/plan.ts';
import type { Conversation, ExistingComment } from '../../src/review/ports.ts';
import { diagnostic, emptyReview, finding, group, headSha, links, location } from './fixtures.ts';

function one(line: number, fingerprint: string, severity: Severity = 'error'): FindingGroup {
  return group(finding({ diagnostic: diagnostic({ location: location('a.go', line), fingerprint, severity }) }));
}

function comment(said: FindingGroup): ExistingComment {
  return {
    id: 1,
    path: 'a.go',
    line: 3,
    side: 'RIGHT',
    body: commentBody(said, { ...links, headSha: 'an older head' }),
  };
}

const silence: Conversation = { comments: [], reviews: [], complete: true };
const saying = (...comments: readonly ExistingComment[]): Conversation => ({ ...silence, comments });
const plan = (groups: readonly FindingGroup[], said = silence, maxComments = 30) =>
  planReview(emptyReview({ groups, filesAnalysed: ['a.go'] }), links, said, maxComments);
const lines = (groups: readonly FindingGroup[]) => groups.map(({ anchor }) => anchor.line);

describe('planReview', () => {
  test('nothing to say is no review', () => {
    expect(plan([])).toEqual({
      posted: [],
      alreadySaid: [],
      uncommented: [],
      unheard: [],
      dismissed: [],
      amendments: [],
      tally: { applied: [], dismissed: [], fixed: [], found: [] },
    });
  });

  test('one review for the head, the worst comment first', async () => {
    const { draft, posted } = plan([one(3, 'a-1', 'warning'), one(8, 'b-1'), one(9, 'c-1', 'info')]);
    expect(lines(posted)).toEqual([8, 3, 9]);
    expect(draft).toMatchObject({
      commitSha: headSha,
      comments: [
        { path: 'a.go', side: 'RIGHT', line: 8, findings: [{ fingerprint: 'b-1' }] },
        { line: 3 },
        { line: 9 },
      ],
    });
    expect(draft?.comments.every((each) => !('startLine' in each))).toBe(true);
    expect(draft?.body).toMatch(/^Goroutine leaks in this change: 1 error, 1 warning, 1 info\.$/);
    expect(readMarker(draft?.comments[0]?.body ?? '')).toMatchObject({
      head: headSha,
      findings: [{ fingerprint: 'b-1' }],
    });
  });

  test('more than the limit: the worst are said, the rest is overflow', () => {
    const groups = [one(1, 'a-1', 'info'), one(2, 'b-1', 'warning'), one(3, 'c-1'), one(4, 'd-1')];
    const { draft, posted, uncommented } = plan(groups, silence, 3);
    expect([lines(posted), lines(uncommented)]).toEqual([[3, 4, 2], [1]]);
    expect(draft?.body).toContain('1 more is listed in the check run.');
    expect(plan(groups, silence, 0)).toMatchObject({ posted: [], uncommented: { length: 4 } });
    expect(plan(groups, silence, 0).draft).toBeUndefined();
  });

  test('what an earlier comment says is not said again', () => {
    const { posted, alreadySaid, draft } = plan([one(30, 'a-1'), one(31, 'b-1')], saying(comment(one(3, 'a-1'))));
    expect([lines(posted), lines(alreadySaid)]).toEqual([[31], [30]]);
    expect(draft?.comments).toHaveLength(1);
  });

  test('nor after an edit inside its body, unless the old one is still there as well', () => {
    const said = saying(comment(one(3, 'a-1')));
    expect(plan([one(3, 'a-2')], said).posted).toEqual([]);
    expect(lines(plan([one(3, 'a-1'), one(9, 'a-2')], said).posted)).toEqual([9]);
    expect(lines(plan([one(3, 'a-2'), one(9, 'a-3')], said).posted)).toEqual([9]);
  });

  test('this head has its review: whatever is not said goes into the check', () => {
    const { draft, uncommented } = plan([one(1, 'a-1')], {
      ...silence,
      reviews: [{ id: 5, commitSha: headSha, body: 'Look.' }],
    });
    expect(draft).toBeUndefined();
    expect(lines(uncommented)).toEqual([1]);
  });

  test('a new milder bullet on an old statement is not worth a comment, a worse one is', () => {
    const parts = (fingerprint: string, severity: Severity) =>
      finding({ diagnostic: diagnostic({ location: location('a.go', 5), fingerprint, severity }) });
    const said = saying(comment(group(parts('a-1', 'warning'))));
    expect(plan([group(parts('a-1', 'warning'), parts('b-1', 'info'))], said)).toMatchObject({
      posted: [],
      alreadySaid: [{ findings: [{}, {}] }],
    });
    const { posted } = plan([group(parts('b-1', 'error'), parts('a-1', 'warning'))], said);
    expect(posted.map(({ findings }) => findings.map(({ diagnostic }) => diagnostic.fingerprint))).toEqual([['b-1']]);
  });

  test('a comment of somebody else, without our marker, says nothing', () => {
    const stranger: ExistingComment = { id: 2, path: 'a.go', side: 'RIGHT', line: 3, body: 'a-1 leaks, does it not?' };
    expect(plan([one(3, 'a-1')], saying(stranger)).posted).toHaveLength(1);
  });
});
