import { expect } from 'vitest';
import { before, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('What was over the limit stays in the check, also when a comment is fixed', async (stage) => {
  const config = { '.github/goplumber.yml': 'maxComments: 1\n' };
  await stage.open({ ...before, ...config }, { 'shop.go': fetching, 'again.go': secondFetching });
  const { path } = stage.comment;
  const whole = { 'shop.go': fetching, 'again.go': secondFetching }[path] ?? '';
  await stage.push({ [path]: whole.replace('make(chan string)', 'make(chan string, 1)') });
  expect(stage.comments).toHaveLength(1);
  expect(stage.check).toMatchObject({ conclusion: 'failure' });
  expect(stage.check.annotations).toHaveLength(1);
});
