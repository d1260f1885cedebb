import { expect } from 'vitest';
import { talkPayload } from '../../stand-in/payloads.ts';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A command that is delivered twice is obeyed once', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const said = {
    id: stage.gitHub.world.ids.next(),
    author: 'mia',
    body: '/goplumber help',
    reactions: new Set<string>(),
  };
  stage.pull.talk.push(said);
  const payload = talkPayload(stage.repository, stage.pull, said, stage.gitHub.access.app.installationId, false);
  await stage.gitHub.deliver('issue_comment', payload, { id: 'one' });
  await stage.gitHub.deliver('issue_comment', payload, { id: 'one' });
  await stage.settled();
  expect(stage.answers()).toHaveLength(1);
});
