import { expect } from 'vitest';
import { fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A change that ends a leak of the base is told so', async (stage) => {
  await stage.open({ 'shop.go': fetching }, { 'shop.go': fetched });
  expect(stage.check).toMatchObject({ conclusion: 'success', title: 'No new goroutine leaks' });
  expect(stage.check.summary).toMatch(/The change ends \d earlier finding/);
});
