import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A re-run at the commit of a merge queue, by the run and by the suite, brings a new verdict against the same base',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    stage.resolve(stage.comment, 'mia');
    const { repository, gitHub, base } = stage;
    const head = repository.git.commit('queue/1', { 'shop.go': fetching, 'x.txt': 'x' }, 'Merge', base);
    const [first] = await stage.queued(head);
    if (!first) throw new Error('the queue got no verdict');
    const runs = () => repository.checkRuns.filter((run) => run.head === head);
    expect(runs().map(({ conclusion }) => conclusion)).toEqual(['success']);

    await gitHub.rerunCheck(repository, first);
    await stage.settled();
    await gitHub.rerunSuite(repository, first);
    await stage.settled();
    // Dismissed in the pull request is dismissed in the queue, also the second time.
    expect(runs().map(({ conclusion }) => conclusion)).toEqual(['success', 'success', 'success']);
    expect(stage.pull.reviews).toHaveLength(1);

    const clean = repository.git.commit('queue/2', { 'shop.go': fetched }, 'Merge', base);
    const [other] = await stage.queued(clean);
    if (!other) throw new Error('the queue got no verdict');
    await gitHub.rerunCheck(repository, other);
    await stage.settled();
    expect(repository.checkRuns.filter((run) => run.head === clean).map(({ status }) => status)).toEqual([
      'completed',
      'completed',
    ]);
  },
);
