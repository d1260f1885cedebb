import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Links, submodules, binary and empty files named like Go are left out with a reason, and the rest is judged',
  async (stage) => {
    const files = { 'binary.go': Buffer.from([112, 0, 1, 2]), 'empty.go': '', 'broken.go': 'package shop\n\nfunc (' };
    await stage.open(before, { ...files, 'shop.go': fetching });
    expect(stage.comments.map(({ path }) => path)).toEqual(['shop.go']);
    expect(stage.check.conclusion).toBe('failure');
    expect(stage.check.text).toContain('`binary.go`');
    expect(stage.check.text).toContain('`broken.go`');
  },
);
