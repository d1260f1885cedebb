import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const reply = () => ({
  status: 200,
  headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1_000) + 1) },
  body: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded for installation ID 99.' }] },
});

export default story('A limit that GraphQL names in an answer of 200 is waited for', async (stage) => {
  stage.gitHub.faults.add('POST /graphql', { kind: 'reply', reply: reply() }, 1);
  await stage.open(before, { 'shop.go': fetching });
  expect(stage.comments).toHaveLength(1);
  expect(stage.pull.reviews).toHaveLength(1);
  expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
});
