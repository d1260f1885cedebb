import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Links, submodules, binary and empty files named like Go are left out with a reason, and the rest is judged',
  async (stage) => {
    const files = { 'binary.go': Buffer.from([112, 0, 1, 2]), 'empty.go': '', 'broken.go': 'package shop\n\nfunc (' };
    const special = { 'sub.go': { submodule: 'a'.repeat(40) }, 'link.go': { link: '/etc/passwd' } };
    await stage.open(before, { ...files, ...special, 'shop.go': fetching });
    expect(stage.comments.map(({ path }) => path)).toEqual(['shop.go']);
    expect(stage.check.conclusion).toBe('failure');
    for (const name of ['binary.go', 'broken.go', 'sub.go', 'link.go'])
      expect(stage.check.text).toContain(`\`${name}\``);
  },
);
