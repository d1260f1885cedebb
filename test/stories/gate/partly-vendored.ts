import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Code that is vendored beside clean code is no clean pass, and the title says why',
  async (stage) => {
    const vendored = fetching.replace('package shop', 'package v');
    await stage.open(before, { 'shop.go': fetched, 'vendor/v/v.go': vendored });
    expect(stage.check.conclusion).toBe('neutral');
    expect(stage.check.title).toMatch(/^Not a clean pass: 1 changed Go file not analysed/);
    expect(stage.check.text).toContain('`vendor/v/v.go`');
    expect(stage.check.text).toContain('vendored code');
  },
);
