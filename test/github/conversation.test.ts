import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gitHubConversation } from '../../src/github/conversation.ts';
import type { ReviewCommentDraft, ReviewDraft, ReviewRequest } from '../../src/review/ports.ts';
import type { Pull, Repository } from '../stand-in/state.ts';
import { type Connection, connect } from './connection.ts';

const creates = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews';
const lines = (mark: string) => `package shop\n${Array.from({ length: 30 }, (_, at) => `// ${at}${mark}\n`).join('')}`;

let connection: Connection;
let repository: Repository;
let pull: Pull;
let request: ReviewRequest;

beforeEach(async () => {
  connection = await connect();
  const { gitHub } = connection;
  repository = gitHub.world.create('acme', 'shop');
  const base = repository.git.commit('main', { 'a.go': lines(''), 'b.go': lines('') }, 'Start');
  const head = repository.git.commit(
    'change',
    { 'a.go': lines('!'), 'b.go': lines('').replace('// 9\n', '// nine\n') },
    'Change',
    base,
  );
  pull = gitHub.openPull(repository, { head });
  request = { repository: { owner: 'acme', name: 'shop' }, pullNumber: 1, headSha: head };
});

afterEach(async () => {
  await connection.gitHub.close();
  expect(connection.gitHub.violations).toEqual([]);
});

/** The port as it is when GitHub shows no hunks, so that nothing can be proved beforehand. */
function unproved() {
  return gitHubConversation({ ...connection, changedFiles: () => undefined, settleMs: 1 });
}

function comment(line: number, path = 'a.go', more: Partial<ReviewCommentDraft> = {}): ReviewCommentDraft {
  return { path, side: 'RIGHT', line, body: `on ${path}:${line}`, findings: [], ...more };
}

function draft(comments: readonly ReviewCommentDraft[]): ReviewDraft {
  return { commitSha: request.headSha, body: 'Look.', comments, listed: [] };
}

describe('posting a review', () => {
  it('sends all comments at once, ranges and deleted lines included', async () => {
    const comments = [comment(2), comment(6, 'a.go', { startLine: 4 }), comment(8, 'a.go', { side: 'LEFT' })];
    expect(await unproved().postReview(request, draft(comments))).toEqual({ posted: 3, refused: [] });
    expect(pull.comments.map(({ side, line, startLine }) => [side, startLine, line])).toEqual([
      ['RIGHT', undefined, 2],
      ['RIGHT', 4, 6],
      ['LEFT', undefined, 8],
    ]);
    expect(connection.gitHub.counts()).toEqual({ [creates]: 1 });
  });

  it('leaves out beforehand what the hunks do not carry', async () => {
    const hunk = { oldStart: 7, oldLines: 7, newStart: 7, newLines: 7, lines: [] };
    const changed = [
      {
        path: 'b.go',
        status: 'modified' as const,
        hunks: [{ ...hunk, lines: [' a', ' b', ' c', '-d', '+e', ' f', ' g', ' h'] }],
      },
    ];
    const port = gitHubConversation({ ...connection, changedFiles: () => changed, settleMs: 1 });
    const wrong = [
      comment(25, 'b.go'),
      comment(9, 'c.go'),
      comment(9, 'b.go', { startLine: 2 }),
      comment(8, 'b.go', { startLine: 9 }),
    ];
    const long = comment(9, 'b.go', { body: 'x'.repeat(65_537) });
    const result = await port.postReview(request, draft([comment(10, 'b.go'), ...wrong, long]));
    expect(result.posted).toBe(1);
    expect(result.refused.map((entry) => entry.reason)).toEqual([
      'the line is not part of a hunk of the diff',
      'the file is not part of the diff',
      'the line is not part of a hunk of the diff',
      'the first line comes after the last',
      'the text is longer than 65536 characters',
    ]);
    expect(connection.gitHub.counts()).toEqual({ [creates]: 1 });
  });

  it('finds the refused ones by halving, posts the others in one review, leaves nothing pending', async () => {
    const comments = Array.from({ length: 16 }, (_, at) => comment(at + 2));
    const bad = [comment(25, 'b.go'), comment(3, 'gone.go')];
    comments.splice(3, 0, bad[0] as ReviewCommentDraft);
    comments.splice(12, 0, bad[1] as ReviewCommentDraft);
    const result = await unproved().postReview(request, draft(comments));
    expect(result.posted).toBe(16);
    expect(result.refused.map((entry) => entry.comment)).toEqual(bad);
    expect(result.refused[0]?.reason).toContain('line must be part of the diff');
    expect(pull.reviews).toMatchObject([{ state: 'COMMENTED' }]);
    expect(pull.comments).toHaveLength(16);
    expect(connection.gitHub.counts()[creates]).toBeLessThanOrEqual(20);
  });

  it('stops searching after a bounded number of tries', async () => {
    const comments = Array.from({ length: 30 }, (_, at) => comment(at + 40));
    const result = await unproved().postReview(request, draft([...comments, comment(2)]));
    expect(result.posted + result.refused.length).toBe(31);
    expect(connection.gitHub.counts()[creates]).toBeLessThanOrEqual(26);
    expect(pull.reviews).toHaveLength(1);
  });

  it('deletes its own pending review that blocks, and no other', async () => {
    pull.reviews.push({ id: 1, author: 'bot', body: '', commit: request.headSha, state: 'PENDING' });
    pull.reviews.push({ id: 2, author: 'ada', body: '', commit: request.headSha, state: 'PENDING' });
    expect(await unproved().postReview(request, draft([comment(2)]))).toEqual({ posted: 1, refused: [] });
    expect(pull.reviews.map((review) => [review.author, review.state])).toEqual([
      ['ada', 'PENDING'],
      ['bot', 'COMMENTED'],
    ]);
  });

  it.each([
    ['the connection is lost after it was done', { kind: 'reset-after' }],
    ['the connection is lost before it was done', { kind: 'reset' }],
    ['502 is answered after it was done', { kind: 'reply-after', reply: { status: 502, body: {} } }],
    ['502 is answered before it was done', { kind: 'reply', reply: { status: 502, body: {} } }],
  ] as const)('makes exactly one review when %s', async (_, fault) => {
    connection.gitHub.faults.add(creates, fault);
    expect(await unproved().postReview(request, draft([comment(2)]))).toEqual({ posted: 1, refused: [] });
    expect(pull.reviews).toHaveLength(1);
    expect(pull.comments).toHaveLength(1);
  });

  it('hands a secondary limit on with its delay and sends nothing twice', async () => {
    const reply = {
      status: 403,
      body: { message: 'You have exceeded a secondary rate limit' },
      headers: { 'retry-after': '61' },
    };
    connection.gitHub.faults.add(creates, { kind: 'reply', reply });
    await expect(unproved().postReview(request, draft([comment(2)]))).rejects.toMatchObject({
      retryable: true,
      retryAfterMs: 61_000,
    });
    expect(connection.gitHub.counts()).toEqual({ [creates]: 1 });
  });

  it('is not sent where comments are not permitted; the permission to grant is named', async () => {
    const port = gitHubConversation({ ...connection, changedFiles: () => undefined, mayComment: false });
    expect(await port.postReview(request, draft([comment(2)]))).toMatchObject({
      posted: 0,
      refused: [{ reason: expect.stringContaining('grant `pull_requests: write`') }],
    });
    expect(connection.gitHub.counts()).toEqual({});
  });
});

describe('what was said before', () => {
  it('is our own only, with outdated comments without a line', async () => {
    const port = unproved();
    await port.postReview(request, draft([comment(2), comment(10, 'b.go')]));
    pull.reviews.push({ id: 7, author: 'ada', body: 'fine', commit: request.headSha, state: 'APPROVED' });
    const head = repository.git.commit(
      'change',
      { 'a.go': `// top\n${lines('!').replace('// 0!', '// zero')}` },
      'More',
      request.headSha,
    );
    connection.gitHub.movePull(repository, pull, head);
    const said = await port.read(request);
    expect(said.comments.map(({ path, line }) => [path, line])).toEqual([
      ['a.go', undefined],
      ['b.go', 10],
    ]);
    expect(said.reviews.map(({ commitSha }) => commitSha)).toEqual([request.headSha]);
  });

  it('is read over all pages', async () => {
    for (let time = 0; time < 120; time++) {
      pull.reviews.push({
        id: time,
        author: time === 119 ? 'bot' : 'ada',
        body: '',
        commit: request.headSha,
        state: 'COMMENTED',
      });
    }
    expect((await unproved().read(request)).reviews).toHaveLength(1);
  });
});
