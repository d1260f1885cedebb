import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A pull request that deletes the configuration is judged by it', async (stage) => {
  await stage.open(
    { ...before, '.github/goplumber.yml': 'failOn: never\n' },
    { 'shop.go': fetching, '.github/goplumber.yml': null },
  );
  expect(stage.check.conclusion).toBe('neutral');
  expect(stage.check.summary).toContain('`.github/goplumber.yml` (failOn never');
});
