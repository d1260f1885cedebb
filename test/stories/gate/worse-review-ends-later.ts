import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('The worse of two pull requests with one head counts, whichever ends later', async (stage) => {
  const first = stage.given(before, { 'shop.go': fetching });
  const goOn = await stage.announceUntil('opened', 'POST /graphql');
  const draft = stage.gitHub.openPull(stage.repository, { head: first.head, branch: 'copy', draft: true });
  await stage.gitHub.announcePull(stage.repository, draft, 'opened');
  while (stage.checks.at(-1)?.conclusion !== 'skipped') await new Promise((resolve) => setTimeout(resolve, 5));
  goOn();
  await stage.settled();
  expect(stage.checks.map(({ conclusion }) => conclusion)).toEqual(['failure', 'failure']);
  expect(stage.check.title).toMatch(/^Pull request #1 has the same head/);
});
