import { expect } from 'vitest';
import { before } from '../code.ts';
import { story } from '../harness.ts';

export default story('A submodule or a link in the place of a Go file is no clean pass', async (stage) => {
  await stage.open(before, { 'sub.go': { submodule: 'a'.repeat(40) } });
  expect(stage.check.conclusion).toBe('neutral');
  expect(stage.check.title).toMatch(/^Not a clean pass: /);
  expect(stage.check.text).toContain('`sub.go`');
  await stage.push({ 'sub.go': null, 'shop.go': { link: '../elsewhere/shop.go' } });
  expect(stage.check.conclusion).toBe('neutral');
  expect(stage.check.text).toContain('`shop.go`');
});
