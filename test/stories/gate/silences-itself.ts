import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A change that silences its own error is no clean pass, and says so', async (stage) => {
  const directive = '\t\t//goplumber:ignore unreceived-send the page is always read\n';
  await stage.open(before, { 'shop.go': fetching.replace('\t\tresult <-', `${directive}\t\tresult <-`) });
  expect(stage.check).toMatchObject({ conclusion: 'neutral' });
  expect(stage.check.title).toContain('silences 1 error itself');
  expect(stage.comments).toEqual([]);
});
