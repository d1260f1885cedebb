import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('What was dismissed stays so when its function is renamed and its file moves', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  stage.resolve(stage.comment, 'mia');
  await stage.push({
    'shop.go': null,
    'page/page.go': fetching.replace('func Fetch(', 'func FetchPage('),
  });
  expect(stage.comments).toHaveLength(1);
  expect(stage.check).toMatchObject({ conclusion: 'success', annotations: [] });
});
