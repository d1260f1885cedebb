import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  "A leak that the base has by now, too, is no longer the change's, and its suggestion goes",
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    const { git } = stage.repository;
    const main = git.commit('main', { 'shop.go': fetching }, 'The same', stage.base);
    stage.mergeIn(main, { 'shop.go': fetching });
    await stage.announce('synchronize');
    expect(stage.comments).toHaveLength(1);
    expect(stage.check.conclusion).toBe('success');
  },
);
