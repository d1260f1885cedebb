import { expect } from 'vitest';
import { before, hub } from '../code.ts';
import { story } from '../harness.ts';

export default story('The threshold of the configuration decides: a warning fails, or nothing does', async (stage) => {
  await stage.open({ ...before, '.github/goplumber.yml': 'failOn: warning\n' }, { 'hub.go': hub });
  expect(stage.check).toMatchObject({ conclusion: 'failure' });
  expect(stage.check.title).toMatch(/warning/);
});
