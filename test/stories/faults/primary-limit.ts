import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'The hourly limit is used up: the check stays in progress until it is reset, then the review comes once',
  async (stage) => {
    const reset = String(Math.ceil(Date.now() / 1_000));
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    const reply = { status: 403, body: { message: 'API rate limit exceeded for installation' }, headers };
    stage.gitHub.faults.add('POST /graphql', { kind: 'reply', reply });
    await stage.open(before, { 'shop.go': fetching });
    expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
    expect(stage.comments).toHaveLength(1);
  },
);
