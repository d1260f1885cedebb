import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A push while the review is being posted: the finding is said once, and both heads end',
  async (stage) => {
    stage.given(before, { 'shop.go': fetching });
    const first = stage.pull.head;
    const goOn = await stage.announceUntil('opened', 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews');
    stage.commit({ 'other.go': 'package shop\n' });
    await stage.gitHub.announcePull(stage.repository, stage.pull, 'synchronize');
    goOn();
    await stage.settled();
    expect(stage.comments).toHaveLength(1);
    expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
    const old = stage.repository.checkRuns.filter(({ head }) => head === first);
    expect(old.every(({ status }) => status === 'completed')).toBe(true);
  },
);
