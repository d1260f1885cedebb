import { expect } from 'vitest';
import { before, fetched } from '../code.ts';
import { story } from '../harness.ts';

export default story('The check names the configuration in effect', async (stage) => {
  await stage.open({ ...before, '.github/goplumber.yml': 'failOn: warning\n' }, { 'shop.go': fetched });
  expect(stage.check.summary).toContain('Configuration: `.github/goplumber.yml` (failOn warning');
});
