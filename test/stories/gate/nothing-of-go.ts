import { expect } from 'vitest';
import { before } from '../code.ts';
import { story } from '../harness.ts';

export default story('A pull request without Go files costs two requests beside its token', async (stage) => {
  await stage.open(before, { 'README.md': 'Shop.\n' });
  expect(stage.check).toMatchObject({ conclusion: 'success', title: 'No Go files changed' });
  expect(stage.requests).toHaveLength(2);
});
