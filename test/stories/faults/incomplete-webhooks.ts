import { expect } from 'vitest';
import { pullRequestPayload } from '../../stand-in/payloads.ts';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A signed webhook that lacks a field is accepted, and the log says which', async (stage) => {
  stage.given(before, { 'shop.go': fetching });
  const whole = pullRequestPayload(stage.repository, stage.pull, 'opened', 99) as Record<string, unknown>;
  const broken = [
    { ...whole, pull_request: undefined },
    { ...whole, pull_request: { number: 'one' } },
    { ...whole, pull_request: { number: 1, head: { sha: '../../etc' } } },
    { ...whole, repository: null },
    { ...whole, repository: { name: 'a/b', owner: { login: 'x' } } },
    { ...whole, installation: { id: 'x' } },
    { ...whole, action: 7 },
  ];
  for (const payload of broken) expect((await stage.gitHub.deliver('pull_request', payload)).status).toBe(202);
  for (const event of ['check_run', 'check_suite', 'merge_group', 'installation']) {
    expect((await stage.gitHub.deliver(event, { action: 'rerequested' })).status).toBe(202);
  }
  await stage.settled();
  expect(stage.gitHub.requests).toEqual([]);
  expect(stage.log.join('')).toContain('"missing":"pull_request.head.sha"');
});
