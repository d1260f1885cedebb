import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Without the right to comment the findings stand in the check, with what to grant',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    expect(stage.pull.reviews).toEqual([]);
    expect(stage.check).toMatchObject({ conclusion: 'failure', annotations: [{ path: 'shop.go' }] });
    expect(stage.check.summary).toContain('pull_requests: write');
    expect(stage.gitHub.requests.filter(({ status }) => status === 403)).toEqual([]);
  },
  { permissions: { pull_requests: 'read' } },
);
