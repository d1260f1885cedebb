import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Resuming what was not paused reviews, and is no error', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const said = await stage.say('/goplumber resume', { by: 'mia' });
  expect(said.reactions).toContain('goplumber[bot] +1');
  expect(stage.comments).toHaveLength(1);
  expect(stage.check.conclusion).toBe('failure');
});
