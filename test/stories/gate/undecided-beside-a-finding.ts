import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A finding beside undecided functions: the title says both', async (stage) => {
  await stage.open(before, { 'shop.go': fetching, 'broken.go': 'package shop\n\nfunc (' });
  expect(stage.check.conclusion).toBe('failure');
  expect(stage.check.title).toMatch(/^1 error.*; not every changed file could be analysed/);
});
