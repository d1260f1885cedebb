import { expect } from 'vitest';
import { before } from '../code.ts';
import { story } from '../harness.ts';

export default story('A pull request without Go files is closed, and nothing more is said', async (stage) => {
  await stage.open(before, { 'README.md': 'Shop.\n' });
  stage.pull.state = 'closed';
  await stage.announce('closed');
  expect(stage.checks).toHaveLength(1);
});
