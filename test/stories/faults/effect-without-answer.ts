import { expect } from 'vitest';
import { before, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('The review is made and the answer is lost or says 502: it is not made twice', async (stage) => {
  const route = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews';
  stage.given(before, { 'shop.go': fetching });
  stage.gitHub.faults.add(route, { kind: 'reply-after', reply: { status: 502, body: {} } });
  await stage.announce('opened');
  expect(stage.pull.reviews).toHaveLength(1);
  stage.gitHub.faults.add(route, { kind: 'reset-after' });
  await stage.push({ 'again.go': secondFetching });
  expect(stage.pull.reviews).toHaveLength(2);
  expect(stage.comments).toHaveLength(2);
});
