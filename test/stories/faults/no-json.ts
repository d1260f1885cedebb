import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Answers that are no JSON are trouble of GitHub, not an error of ours', async (stage) => {
  const page = { status: 200, body: 'We are down for maintenance', headers: { 'content-type': 'text/html' } };
  const routes = [
    'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
    'GET /repos/{owner}/{repo}/pulls/{pull_number}',
    'GET /repos/{owner}/{repo}/compare/{basehead}',
    'POST /graphql',
    'POST /repos/{owner}/{repo}/check-runs',
  ];
  for (const route of routes) stage.gitHub.faults.add(route, { kind: 'reply', reply: page });
  await stage.open(before, { 'shop.go': fetching });
  expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  expect(stage.check.title).toMatch(/^1 error/);
  expect(stage.comments).toHaveLength(1);
});
