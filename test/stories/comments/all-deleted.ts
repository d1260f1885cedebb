import { expect } from 'vitest';
import { before, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Somebody deletes every comment of a review: nothing comes back, the gate follows, the check says so',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching, 'again.go': secondFetching });
    for (const comment of [...stage.comments]) stage.delete(comment);
    await stage.push({ 'shop.go': fetching.replace('func Fetch(', 'func Page(') });
    expect(stage.comments).toEqual([]);
    expect(stage.check).toMatchObject({ conclusion: 'success', title: 'No open goroutine leaks, 2 dismissed' });
  },
);
