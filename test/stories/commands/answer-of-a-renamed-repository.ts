import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A command in a repository that was renamed meanwhile is obeyed', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const { comment } = stage;
  stage.gitHub.world.rename(stage.repository, 'emporium', 'store');
  await stage.say('/goplumber ignore by design', { by: 'mia', on: comment });
  expect(comment.body).toContain('**Ignored** by `mia`');
  expect(stage.check.conclusion).toBe('success');
});
