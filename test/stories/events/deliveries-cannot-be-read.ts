import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('The list of deliveries cannot be read: the App goes on, and looks again', async (stage) => {
  const route = 'GET /app/hook/deliveries';
  stage.gitHub.faults.add(route, { kind: 'reply', reply: { status: 500, body: {} } }, 3);
  stage.given(before, { 'shop.go': fetching }).state = 'closed';
  await stage.restart({ sweepMs: 20 });
  stage.pull.state = 'open';
  stage.gitHub.losePull(stage.repository, stage.pull, 'reopened');
  while (stage.comments.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await stage.settled();
  expect(stage.pull.reviews).toHaveLength(1);
});
