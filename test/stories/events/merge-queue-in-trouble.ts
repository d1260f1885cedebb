import { expect } from 'vitest';
import { before, fetched } from '../code.ts';
import { story } from '../harness.ts';

export default story('The commit of a merge queue meets 502: its check waits and ends, once', async (stage) => {
  await stage.open(before, { 'shop.go': fetched });
  const merged = stage.repository.git.commit('queue/1', { 'shop.go': fetched, 'x.txt': 'x' }, 'Merge', stage.base);
  stage.gitHub.faults.add('POST /graphql', { kind: 'reply', reply: { status: 502, body: {} } }, 2);
  expect(await stage.queued(merged)).toMatchObject([{ status: 'completed', conclusion: 'success' }]);
});
