import { expect } from 'vitest';
import { talkPayload } from '../../stand-in/payloads.ts';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A command on an issue, which is no pull request, is left alone', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const payload = talkPayload(
    stage.repository,
    stage.pull,
    { id: 5, author: 'mia', body: '/goplumber help', reactions: new Set() },
    stage.gitHub.access.app.installationId,
    false,
  ) as { issue: object };
  const asked = stage.gitHub.requests.length;
  await stage.gitHub.deliver('issue_comment', { ...payload, issue: { ...payload.issue, pull_request: undefined } });
  await stage.settled();
  expect(stage.gitHub.requests.length).toBe(asked);
});
