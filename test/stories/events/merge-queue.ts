import { expect } from 'vitest';
import { mergeGroupPayload } from '../../stand-in/payloads.ts';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('The commit of a merge queue is judged under the same name', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const { repository, gitHub, pull, base } = stage;
  const ask = async (head: string) => {
    const payload = mergeGroupPayload(repository, { base, head, pull }, gitHub.access.app.installationId);
    expect((await gitHub.deliver('merge_group', payload)).status).toBe(202);
    await stage.settled();
    return repository.checkRuns.filter((run) => run.head === head);
  };
  const leaking = repository.git.commit('queue/1', { 'shop.go': fetching, 'x.txt': 'x' }, 'Merge', base);
  expect(await ask(leaking)).toMatchObject([
    { name: 'goplumber', conclusion: 'failure', annotations: [{ path: 'shop.go' }] },
  ]);
  const clean = repository.git.commit('queue/2', { 'shop.go': fetched }, 'Merge', base);
  expect(await ask(clean)).toMatchObject([{ name: 'goplumber', conclusion: 'success' }]);
  expect(pull.reviews).toHaveLength(1);
});
