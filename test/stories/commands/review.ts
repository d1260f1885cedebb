import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('The author of a draft asks for a review and gets one', async (stage) => {
  const pull = stage.given(before, { 'shop.go': fetching });
  pull.draft = true;
  await stage.announce('opened');
  expect(stage.comments).toEqual([]);
  const said = await stage.say('Could you have a look?\n\n/goplumber review', { by: 'ada' });
  expect(said.reactions).toContain('goplumber[bot] +1');
  expect(stage.comments).toHaveLength(1);
});
