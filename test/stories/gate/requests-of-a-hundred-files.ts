import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A change of a hundred Go files takes at most fifteen requests', async (stage) => {
  const many = Object.fromEntries(
    Array.from({ length: 100 }, (_, at) => [`p${at % 10}/f${at}.go`, `package p${at % 10}\n\nvar V${at} = ${at}\n`]),
  );
  await stage.open(before, { ...many, 'shop.go': fetching });
  expect(stage.comments).toHaveLength(1);
  expect(stage.gitHub.requests.length).toBeLessThanOrEqual(15);
});
