import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Webhooks of other Apps’ checks, and of events that are not for us, cost no request',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    const asked = stage.gitHub.requests.length;
    const foreign = { ...stage.check, externalId: 'ci/42', name: 'build' };
    for (const event of ['push', 'star', 'issues', 'ping'])
      expect((await stage.gitHub.deliver(event, { action: 'created' })).status).toBe(202);
    await stage.press('deploy', 'mia', foreign);
    expect(stage.gitHub.requests.length).toBe(asked);
  },
);
