import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const selecting = fetching.replace(
  '\t\tresult <- load(url)\n',
  '\t\tselect {\n\t\tcase result <- load(url):\n\t\tcase <-ctx.Done():\n\t\t}\n',
);

export default story('A leak that is repaired on other lines than the suggestion takes it away', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  expect(stage.comment.body).toMatch(/^`{3,}suggestion/m);
  await stage.push({ 'shop.go': selecting });
  expect(stage.comment.body).toContain('**Fixed in**');
  expect(stage.comment.body).not.toMatch(/^`{3,}suggestion/m);
  expect(stage.check.conclusion).toBe('success');
});
