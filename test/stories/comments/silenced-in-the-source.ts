import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A directive in the source closes the comment', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const directive = '\t\t//goplumber:ignore unreceived-send the page is always read\n';
  await stage.push({ 'shop.go': fetching.replace('\t\tresult <-', `${directive}\t\tresult <-`) });
  expect(stage.comment.body).toMatch(/^\*\*Silenced in\*\* /);
  expect(stage.check.conclusion).toBe('neutral');
});
