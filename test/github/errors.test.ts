/** Each way in which GitHub can fail, through the wire: what it means for the review and for the queue. */
import { Octokit } from '@octokit/rest';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gitHubClient } from '../../src/github/client.ts';
import { GitHubError, toGitHubError } from '../../src/github/errors.ts';

const silent = () => {};
const now = 1_700_000_000_000;
const octokit = new Octokit({ auth: 'token', log: { debug: silent, info: silent, warn: silent, error: silent } });
const client = gitHubClient(octokit, { now: () => now });
const place = { owner: 'o', repo: 'r', pull_number: 1 };

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  nock.enableNetConnect();
});

async function readFailure(): Promise<GitHubError> {
  return client.read('GET /repos/{owner}/{repo}/pulls/{pull_number}', place).then(
    () => expect.fail('the read succeeded'),
    (error: GitHubError) => error,
  );
}

function answer(status: number, body: object, headers: Record<string, string> = {}): void {
  nock('https://api.github.com').get('/repos/o/r/pulls/1').reply(status, body, headers);
}

describe('an answer of GitHub', () => {
  it.each([
    [401, 'unauthorized', true],
    [403, 'forbidden', false],
    [404, 'gone', false],
    [410, 'gone', false],
    [409, 'conflict', true],
    [422, 'refused', false],
    [418, 'unexpected', false],
  ])('%i is %s, and retryable: %s', async (status, code, retryable) => {
    answer(status, { message: 'No' });
    const error = await readFailure();
    expect(error).toBeInstanceOf(GitHubError);
    expect(error).toMatchObject({ code, retryable, status });
    expect(error.message).toBe('GET /repos/o/r/pulls/1: No');
  });

  it.each([
    ['retry-after', { 'retry-after': '17' }, 'No', 17_000],
    ['an empty budget', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1_000 + 90) }, 'No', 91_000],
    ['a secondary limit without a time', {}, 'You have exceeded a secondary rate limit.', undefined],
  ])('403 with %s is a rate limit with a delay', async (_, headers, message, delay) => {
    answer(403, { message }, headers);
    expect(await readFailure()).toMatchObject({ code: 'rate-limited', retryable: true, retryAfterMs: delay });
  });

  it('429 is a rate limit', async () => {
    answer(429, { message: 'Slow down' });
    expect(await readFailure()).toMatchObject({ code: 'rate-limited', retryAfterMs: undefined });
  });

  it('carries the reasons in both shapes that GitHub gives them', () => {
    const thrown = (errors: unknown) =>
      Object.assign(new Error('x'), {
        status: 422,
        response: { headers: {}, data: { message: 'Unprocessable Entity', errors } },
      });
    expect(toGitHubError(thrown(['line must be part of the diff']), now).reasons).toEqual([
      'line must be part of the diff',
    ]);
    expect(toGitHubError(thrown([{ field: 'title', code: 'custom', message: 'too long' }]), now).reasons).toEqual([
      'too long',
    ]);
    expect(toGitHubError(thrown([{ field: 'title', code: 'missing' }]), now).reasons).toEqual(['title missing']);
  });
});

describe('a read', () => {
  it('is repeated after 5xx and lost connections', async () => {
    answer(502, { message: 'Bad gateway' });
    nock('https://api.github.com')
      .get('/repos/o/r/pulls/1')
      .replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    answer(200, { number: 1 });
    expect(await client.read('GET /repos/{owner}/{repo}/pulls/{pull_number}', place)).toEqual({ number: 1 });
  });

  it('fails as unavailable or unreachable when the trouble lasts', async () => {
    for (let time = 0; time < 3; time++) answer(503, { message: 'Down' });
    expect(await readFailure()).toMatchObject({ code: 'unavailable', retryable: true, mayHaveHappened: true });
    nock('https://api.github.com').get('/repos/o/r/pulls/1').times(3).replyWithError('socket hang up');
    expect(await readFailure()).toMatchObject({ code: 'unreachable', retryable: true, mayHaveHappened: true });
  });
});

describe('a write', () => {
  it('is sent once, whatever comes back', async () => {
    nock('https://api.github.com').post('/repos/o/r/pulls/1/reviews').reply(502, { message: 'Bad gateway' });
    const sent = client.write('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
      ...place,
      body: 'x',
      event: 'COMMENT',
    });
    await expect(sent).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a query', () => {
  const text = 'query { viewer { login } }';

  it('gives what was found and names what was not', async () => {
    const errors = [{ type: 'NOT_FOUND', path: ['b'], message: 'no b' }];
    nock('https://api.github.com')
      .post('/graphql')
      .reply(200, { data: { a: 1, b: null }, errors });
    expect(await client.query(text, {})).toEqual({
      data: { a: 1, b: null },
      errors: [{ type: 'NOT_FOUND', path: 'b', message: 'no b' }],
    });
  });

  it.each([
    ['RATE_LIMITED', 'API rate limit exceeded', 'rate-limited'],
    ['NOT_FOUND', 'no such repository', 'gone'],
    ['FORBIDDEN', 'Resource not accessible by integration', 'forbidden'],
    ['', 'Something went wrong while executing your query', 'unavailable'],
  ])('that fails with %s (%s) is %s', async (type, message, code) => {
    const repeats = code === 'unavailable' ? 3 : 1;
    nock('https://api.github.com')
      .post('/graphql')
      .times(repeats)
      .reply(200, { errors: [{ type, message }] });
    await expect(client.query(text, {})).rejects.toMatchObject({ code });
  });
});
