import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A command for a thread says so in the conversation', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  await stage.say('/goplumber ignore all of it', { by: 'mia' });
  expect(stage.answers()[0]).toContain('has to be a reply to one of my comments');
  expect(stage.check.conclusion).toBe('failure');
});
