import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Taking the label away that left a pull request out has it judged', async (stage) => {
  stage.given({ ...before, '.github/goplumber.yml': 'skip:\n  labels: [wip]\n' }, { 'shop.go': fetching });
  stage.pull.labels.push('wip');
  await stage.announce('opened');
  expect(stage.comments).toEqual([]);
  stage.pull.labels.splice(0);
  await stage.label('unlabeled', 'wip');
  expect(stage.comments).toHaveLength(1);
  expect(stage.check.conclusion).toBe('failure');
});
