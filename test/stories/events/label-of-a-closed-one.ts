import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A skip label on a closed pull request says nothing more', async (stage) => {
  await stage.open({ ...before, '.github/goplumber.yml': 'skip: {labels: [no leaks]}\n' }, { 'shop.go': fetching });
  stage.pull.state = 'closed';
  await stage.announce('closed');
  stage.pull.labels.push('no leaks');
  await stage.label('labeled', 'no leaks');
  expect(stage.checks).toHaveLength(1);
});
