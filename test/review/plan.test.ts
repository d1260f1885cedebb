import { describe, expect, test } from 'vitest';
import type { Severity } from '../../src/analysis/diagnostic.ts';
import { commentBody } from '../../src/review/comment.ts';
import type { FindingGroup } from '../../src/review/finding.ts';
import { readMarker } from '../../src/review/marker.ts';
import { planReview, type Said } from '../../src/review/plan.ts';
import type { ExistingComment } from '../../src/review/ports.ts';
import { diagnostic, finding, group, headSha, links, location } from './fixtures.ts';

function one(line: number, fingerprint: string, severity: Severity = 'error'): FindingGroup {
  return group(finding({ diagnostic: diagnostic({ location: location('a.go', line), fingerprint, severity }) }));
}

function comment(said: FindingGroup): ExistingComment {
  return { id: 1, path: 'a.go', side: 'RIGHT', body: commentBody(said, { ...links, headSha: 'an older head' }) };
}

const silence: Said = { comments: [], reviewed: false };
const plan = (groups: readonly FindingGroup[], said = silence, maxComments = 30) =>
  planReview({ groups, links }, said, maxComments);
const lines = (groups: readonly FindingGroup[]) => groups.map(({ anchor }) => anchor.line);

describe('planReview', () => {
  test('nothing to say is no review', () => {
    expect(plan([])).toEqual({ posted: [], alreadySaid: [], overflow: [] });
  });

  test('one review for the head, its comments in the order of the diff', async () => {
    const { draft, posted } = plan([one(3, 'a-1', 'warning'), one(8, 'b-1'), one(9, 'c-1', 'info')]);
    expect(lines(posted)).toEqual([3, 8, 9]);
    expect(draft).toMatchObject({
      commitSha: headSha,
      comments: [{ path: 'a.go', side: 'RIGHT', line: 3, fingerprints: ['a-1'] }, { line: 8 }, { line: 9 }],
    });
    expect(draft?.comments.every((each) => !('startLine' in each))).toBe(true);
    expect(draft?.body).toMatch(/^Goroutine leaks in this change: 1 error, 1 warning, 1 info\.\n/);
    expect(readMarker(draft?.body ?? '')).toEqual({ head: headSha, findings: [] });
  });

  test('more than the limit: the worst are said, the rest is overflow', () => {
    const groups = [one(1, 'a-1', 'info'), one(2, 'b-1', 'warning'), one(3, 'c-1'), one(4, 'd-1')];
    const { draft, posted, overflow } = plan(groups, silence, 3);
    expect([lines(posted), lines(overflow)]).toEqual([[2, 3, 4], [1]]);
    expect(draft?.body).toContain('1 more is listed in the check run.');
    expect(plan(groups, silence, 0)).toMatchObject({ posted: [], overflow: groups });
    expect(plan(groups, silence, 0).draft).toBeUndefined();
  });

  test('what an earlier comment says is not said again', () => {
    const { posted, alreadySaid, draft } = plan([one(30, 'a-1'), one(31, 'b-1')], {
      comments: [comment(one(3, 'a-1'))],
      reviewed: false,
    });
    expect([lines(posted), lines(alreadySaid)]).toEqual([[31], [30]]);
    expect(draft?.comments).toHaveLength(1);
  });

  test('nor after an edit inside its body, unless the old one is still there as well', () => {
    const said = { comments: [comment(one(3, 'a-1'))], reviewed: false };
    expect(plan([one(3, 'a-2')], said).posted).toEqual([]);
    expect(lines(plan([one(3, 'a-1'), one(9, 'a-2')], said).posted)).toEqual([9]);
    expect(lines(plan([one(3, 'a-2'), one(9, 'a-3')], said).posted)).toEqual([9]);
  });

  test('this head has its review: whatever is not said goes into the check', () => {
    const { draft, overflow } = plan([one(1, 'a-1')], { comments: [], reviewed: true });
    expect(draft).toBeUndefined();
    expect(lines(overflow)).toEqual([1]);
  });

  test('a new milder bullet on an old statement is not worth a comment, a worse one is', () => {
    const parts = (fingerprint: string, severity: Severity) =>
      finding({ diagnostic: diagnostic({ location: location('a.go', 5), fingerprint, severity }) });
    const said = { comments: [comment(group(parts('a-1', 'warning')))], reviewed: false };
    expect(plan([group(parts('a-1', 'warning'), parts('b-1', 'info'))], said)).toMatchObject({
      posted: [],
      alreadySaid: [{ findings: [{}, {}] }],
    });
    const { posted } = plan([group(parts('b-1', 'error'), parts('a-1', 'warning'))], said);
    expect(posted.map(({ findings }) => findings.map(({ diagnostic }) => diagnostic.fingerprint))).toEqual([['b-1']]);
  });

  test('a comment of somebody else, without our marker, says nothing', () => {
    const stranger: ExistingComment = { id: 2, path: 'a.go', side: 'RIGHT', line: 3, body: 'a-1 leaks, does it not?' };
    expect(plan([one(3, 'a-1')], { comments: [stranger], reviewed: false }).posted).toHaveLength(1);
  });
});
