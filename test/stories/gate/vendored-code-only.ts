import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('What is undecided passes or fails as the configuration wants', async (stage) => {
  const config = { '.github/goplumber.yml': 'undecided: fail\n' };
  await stage.open({ ...before, ...config }, { 'vendor/v/v.go': fetching.replace('package shop', 'package v') });
  expect(stage.check).toMatchObject({ conclusion: 'failure' });
  expect(stage.check.title).toMatch(/no changed Go file was analysed/);
  expect(stage.check.summary).toContain('undecided fail');
});
