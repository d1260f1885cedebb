import { expect } from 'vitest';
import { before, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

const names = (text: string) =>
  text
    .replaceAll('result', 'pages')
    .replaceAll('url', 'address')
    .replaceAll('load(', 'read(')
    .replace('func Fetch(', 'func Get(')
    .replace('func Again(', 'func GetAgain(');

export default story('New names for everything in two leaking functions say nothing again', async (stage) => {
  await stage.open(before, { 'shop.go': fetching, 'again.go': secondFetching });
  expect(stage.comments).toHaveLength(2);
  await stage.push({ 'shop.go': names(fetching), 'again.go': names(secondFetching) });
  expect(stage.comments).toHaveLength(2);
  expect(stage.pull.reviews).toHaveLength(1);
  expect(stage.check).toMatchObject({ conclusion: 'failure' });
  for (const { body } of stage.comments) expect(body).not.toMatch(/Fixed in|Not found/);
});
