import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'What was dismissed in the pull request does not throw it out of the merge queue',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    await stage.say('/goplumber ignore by design', { by: 'mia', on: stage.comment });
    const { repository, base } = stage;
    const merged = repository.git.commit('queue/1', { 'shop.go': fetching, 'x.txt': 'x' }, 'Merge', base);
    expect(await stage.queued(merged)).toMatchObject([
      { conclusion: 'success', title: 'No open goroutine leaks, 1 dismissed' },
    ]);
    await stage.say('/goplumber reopen', { by: 'mia', on: stage.comment });
    const again = repository.git.commit('queue/2', { 'shop.go': fetching, 'y.txt': 'y' }, 'Merge', base);
    expect(await stage.queued(again)).toMatchObject([{ conclusion: 'failure', annotations: [{ path: 'shop.go' }] }]);
    expect(stage.comments).toHaveLength(1);
  },
);
