import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A draft of the same head does not hide the verdict of the other pull request', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const first = stage.pull;
  const draft = stage.gitHub.openPull(stage.repository, { head: first.head, branch: 'copy', draft: true });
  await stage.gitHub.announcePull(stage.repository, draft, 'opened');
  await stage.settled();
  expect(stage.check).toMatchObject({ conclusion: 'failure' });
  first.state = 'closed';
  await stage.gitHub.announcePull(stage.repository, draft, 'reopened');
  await stage.settled();
  expect(stage.check).toMatchObject({ conclusion: 'skipped' });
});
