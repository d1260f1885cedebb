import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'What a maintainer ignored stays so under another name, in another file, after a squash',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    await stage.say('/goplumber ignore it is always read', { by: 'mia', on: stage.comment });
    await stage.forcePush({ 'shop.go': null, 'page.go': fetching.replace('func Fetch(', 'func Get(') });
    expect(stage.comments).toHaveLength(1);
    expect(stage.check).toMatchObject({ conclusion: 'success', title: 'No open goroutine leaks, 1 dismissed' });
  },
);
