import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A repository that is transferred to another owner in the middle: one review, links that lead there',
  async (stage) => {
    stage.given(before, { 'shop.go': fetching });
    const goOn = await stage.announceUntil('opened', 'GET /repos/{owner}/{repo}/compare/{basehead}');
    stage.gitHub.world.rename(stage.repository, 'emporium', 'shop');
    goOn();
    await stage.settled();
    expect(stage.comments).toHaveLength(1);
    await stage.push({ 'other.go': 'package shop\n' });
    expect(stage.comments).toHaveLength(1);
    expect(stage.check.conclusion).toBe('failure');
  },
);
