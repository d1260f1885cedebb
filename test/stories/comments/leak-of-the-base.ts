import { expect } from 'vitest';
import { fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('What the base has already is not said, also when its lines move', async (stage) => {
  await stage.open(
    { 'shop.go': fetching },
    { 'shop.go': fetching.replace('import "context"', 'import "context"\n\n// Shop sells.') },
  );
  expect(stage.pull.reviews).toEqual([]);
  expect(stage.check).toMatchObject({ conclusion: 'success', title: 'No new goroutine leaks' });
});
