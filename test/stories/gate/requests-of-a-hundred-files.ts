import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A change of a hundred Go files takes at most eleven requests beside its token', async (stage) => {
  const many = (edit: string) =>
    Object.fromEntries(
      Array.from({ length: 99 }, (_, at) => [
        `p${at % 10}/f${at}.go`,
        `package p${at % 10}\n\nvar V${at} = ${at}${edit}\n`,
      ]),
    );
  await stage.open({ ...before, ...many('') }, { ...many(' + 1'), 'shop.go': fetching });
  expect(stage.comments).toHaveLength(1);
  expect(stage.requests.length).toBeLessThanOrEqual(11);
});
