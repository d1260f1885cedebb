import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const reply = { status: 500, headers: { 'content-type': 'text/html' }, body: '<html>Oops</html>' };

export default story(
  'A conclusion whose answer is an error page, though it was taken, is one conclusion',
  async (stage) => {
    stage.gitHub.faults.add('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', { kind: 'reply-after', reply }, 1);
    await stage.open(before, { 'shop.go': fetching });
    expect(stage.comments).toHaveLength(1);
    expect(stage.pull.reviews).toHaveLength(1);
    expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  },
);
