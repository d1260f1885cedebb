import { expect } from 'vitest';
import { pullRequestPayload } from '../../stand-in/payloads.ts';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A label that the configuration names skips the review, others change nothing', async (stage) => {
  await stage.open({ ...before, '.github/goplumber.yml': 'skip: {labels: [no leaks]}\n' }, { 'shop.go': fetching });
  const { repository, gitHub, pull } = stage;
  const label = async (action: string, name: string) => {
    const payload = pullRequestPayload(repository, pull, action, gitHub.access.app.installationId);
    expect((await gitHub.deliver('pull_request', { ...payload, label: { name } })).status).toBe(202);
    await stage.settled();
  };
  pull.labels.push('bug');
  await label('labeled', 'bug');
  expect(stage.checks).toHaveLength(1);
  pull.labels.push('no leaks');
  await label('labeled', 'no leaks');
  expect(stage.check).toMatchObject({ conclusion: 'skipped', title: 'Not reviewed: label no leaks' });
  pull.labels.splice(1);
  await label('unlabeled', 'no leaks');
  expect(stage.check).toMatchObject({ conclusion: 'failure' });
});
