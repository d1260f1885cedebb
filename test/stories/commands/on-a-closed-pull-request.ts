import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('On a closed pull request help is given, and no review is made', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  stage.pull.state = 'closed';
  await stage.say('/goplumber help', { by: 'mia' });
  await stage.say('/goplumber review', { by: 'mia' });
  expect(stage.answers()).toHaveLength(1);
  expect(stage.checks).toHaveLength(1);
  expect(stage.pull.reviews).toHaveLength(1);
});
