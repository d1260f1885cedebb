import { expect } from 'vitest';
import { before } from '../code.ts';
import { story } from '../harness.ts';

export default story('A pull request of nothing but a configuration is checked for mistakes', async (stage) => {
  await stage.open(before, { '.github/goplumber.yml': 'failon: never\n' });
  expect(stage.check.conclusion).toBe('neutral');
  expect(stage.check.annotations).toMatchObject([{ path: '.github/goplumber.yml', start_line: 1 }]);
  await stage.push({ '.github/goplumber.yml': 'failOn: never\n' });
  expect(stage.check.conclusion).toBe('success');
});
