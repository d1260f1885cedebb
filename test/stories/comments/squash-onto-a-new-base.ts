import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Squashed onto a newer base with the folder renamed: the comment is found again',
  async (stage) => {
    await stage.open({ ...before }, { 'shop.go': null, 'a/shop.go': fetching });
    const main = stage.repository.git.commit('main', { 'README.md': 'Shop.\n' }, 'Meanwhile', stage.base);
    stage.commit({ 'shop.go': null, 'b/shop.go': fetching }, main);
    await stage.announce('synchronize');
    expect(stage.comments).toHaveLength(1);
    expect(stage.check).toMatchObject({ conclusion: 'failure', annotations: [{ path: 'b/shop.go' }] });
  },
);
