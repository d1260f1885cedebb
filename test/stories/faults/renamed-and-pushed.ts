import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Renamed between two pushes: the comment of before is known, nothing is said twice',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    stage.gitHub.world.rename(stage.repository, 'acme', 'store');
    await stage.push({ 'shop.go': fetching.replace('func Fetch(', 'func Page(') });
    expect(stage.comments).toHaveLength(1);
    await stage.push({ 'shop.go': fetched });
    expect(stage.comment.body).toMatch(/^\*\*Fixed in\*\* /);
  },
);
