import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A rebase, a squash and a force-push say nothing again', async (stage) => {
  await stage.open(before, { 'shop.go': fetching, 'readme.md': 'one' });
  await stage.push({ 'readme.md': 'two' });
  await stage.forcePush({ 'shop.go': `// Package shop sells.\n${fetching}`, 'readme.md': 'two' });
  expect(stage.comments).toHaveLength(1);
  expect(stage.check.conclusion).toBe('failure');
});
