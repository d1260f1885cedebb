import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const reply = { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Unicorn!</html>' };

export default story('While threads cannot be read nothing is said again, and the check waits', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  stage.resolve(stage.comment, 'mia');
  stage.commit({ 'other.go': 'package shop\n' });
  stage.gitHub.faults.add('POST /graphql', { kind: 'reply', reply }, 4);
  await stage.announce('synchronize');
  expect(stage.comments).toHaveLength(1);
  expect(stage.checks.every(({ status }) => status === 'completed')).toBe(true);
});
