import { expect } from 'vitest';
import { before, fetching, hub } from '../code.ts';
import { story } from '../harness.ts';

export default story('With room for one comment the error is said and the warning listed', async (stage) => {
  const config = { '.github/goplumber.yml': 'maxComments: 1\n' };
  await stage.open({ ...before, ...config }, { 'a.go': hub, 'shop.go': fetching });
  expect(stage.comment.body).toContain('**error**');
  expect(stage.check.annotations.map(({ annotation_level: level }) => level)).toContain('warning');
  expect(stage.pull.reviews[0]?.body).toContain('listed in the check run');
});
