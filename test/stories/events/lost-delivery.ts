import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A delivery that was lost is asked for again, once', async (stage) => {
  const pull = stage.given(before, { 'shop.go': fetching });
  pull.state = 'closed';
  stage.gitHub.losePull(stage.repository, pull, 'opened');
  await stage.restart({ sweepMs: 20 });
  pull.state = 'open';
  stage.gitHub.losePull(stage.repository, pull, 'reopened');
  while (stage.comments.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await stage.settled();
  await new Promise((resolve) => setTimeout(resolve, 60));
  const { sent } = stage.gitHub.deliveries;
  expect(sent.filter(({ redelivery }) => redelivery)).toHaveLength(2);
  expect(stage.pull.reviews).toHaveLength(1);
});
