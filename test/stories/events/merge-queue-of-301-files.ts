import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A commit of the queue with more files than GitHub compares is judged whole', async (stage) => {
  const many = Object.fromEntries(Array.from({ length: 301 }, (_, at) => [`a/f${at}.txt`, 'x\n']));
  await stage.open(before, { ...many, 'shop.go': fetching });
  const merged = stage.repository.git.commit(
    'queue/1',
    { ...many, 'shop.go': fetching, 'z.txt': 'z' },
    'Merge',
    stage.base,
  );
  expect(await stage.queued(merged)).toMatchObject([{ conclusion: 'failure', annotations: [{ path: 'shop.go' }] }]);
});
