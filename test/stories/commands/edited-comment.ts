import { expect } from 'vitest';
import { talkPayload } from '../../stand-in/payloads.ts';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A comment that is edited is not a new command', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const payload = talkPayload(
    stage.repository,
    stage.pull,
    { id: 5, author: 'mia', body: '/goplumber help', reactions: new Set() },
    stage.gitHub.access.app.installationId,
    false,
  );
  for (const action of ['edited', 'deleted'])
    expect((await stage.gitHub.deliver('issue_comment', { ...payload, action })).status).toBe(202);
  await stage.settled();
  expect(stage.answers()).toEqual([]);
});
