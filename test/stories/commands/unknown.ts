import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('An unknown command gets help; quoted ones, code and other words get nothing', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const said = await stage.say('/goplumber dance @acme/owners', { by: 'ada' });
  expect(said.reactions).toContain('goplumber[bot] confused');
  expect(stage.answers()[0]).toContain('There is no command `dance`.');
  expect(stage.answers()[0]).not.toContain('@acme');
  await stage.say('> /goplumber help', { by: 'ada' });
  await stage.say('```\n/goplumber help\n```', { by: 'ada' });
  await stage.say('I like /goplumber help', { by: 'ada' });
  expect(stage.answers()).toHaveLength(1);
});
