import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A command at the end of a long comment is obeyed', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const said = await stage.say(`${'Some thoughts. '.repeat(1_000)}\n\n/goplumber help`, { by: 'mia' });
  expect(said.reactions).toContain('goplumber[bot] +1');
  expect(stage.answers()).toHaveLength(1);
});
