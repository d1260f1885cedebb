import { expect } from 'vitest';
import { installationPayload } from '../../stand-in/payloads.ts';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('An App that was suspended makes up for it when it is let in again', async (stage) => {
  const { access } = stage.gitHub;
  stage.given(before, { 'shop.go': fetching });
  const goOn = await stage.announceUntil('opened', 'POST /graphql');
  access.suspended = true;
  goOn();
  await stage.settled();
  expect(stage.pull.reviews).toEqual([]);
  access.suspended = false;
  access.revokeTokens();
  const payload = installationPayload('unsuspend', access.app.installationId);
  expect((await stage.gitHub.deliver('installation', payload)).status).toBe(202);
  await stage.settled();
  expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  expect(stage.comments).toHaveLength(1);
});
