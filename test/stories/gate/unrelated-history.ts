import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A branch without a common ancestor is not judged, and the check says why', async (stage) => {
  await stage.open(before, { 'shop.go': `${before['shop.go']}\n// Soon.\n` });
  const orphan = stage.repository.git.commit(
    'orphan',
    { 'go.mod': 'module example.org/shop\n', 'shop.go': fetching },
    'New',
  );
  await stage.follow(orphan);
  expect(stage.check.status).toBe('completed');
  expect(stage.check.conclusion).not.toBe('success');
  expect(`${stage.check.title} ${stage.check.summary}`).toMatch(/common ancestor/i);
});
