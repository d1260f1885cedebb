import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Ten deliveries of one event at the same time make one review', async (stage) => {
  stage.given(before, { 'shop.go': fetching });
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => stage.gitHub.announcePull(stage.repository, stage.pull, 'opened')),
  );
  expect(answers.every(({ status }) => status === 202)).toBe(true);
  await stage.settled();
  expect(stage.pull.reviews).toHaveLength(1);
  expect(stage.checks).toHaveLength(1);
});
