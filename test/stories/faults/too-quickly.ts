import { expect } from 'vitest';
import { before, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Comments that came too quickly for GitHub wait, and the review is not taken apart',
  async (stage) => {
    const errors = ['was submitted too quickly'];
    const reply = { status: 422, body: { message: 'Unprocessable Entity', errors }, headers: { 'retry-after': '1' } };
    stage.gitHub.faults.add('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', { kind: 'reply', reply });
    await stage.open(before, { 'shop.go': fetching, 'again.go': secondFetching });
    expect(stage.comments).toHaveLength(2);
    expect(stage.pull.reviews).toHaveLength(1);
    expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  },
);
