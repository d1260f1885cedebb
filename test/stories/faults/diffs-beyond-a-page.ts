import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'After 20,000 lines of one answer GitHub leaves the diffs out: smaller pages bring them, and the comment stands',
  async (stage) => {
    const lines = Array.from({ length: 19_000 }, (_, at) => `line ${at}`).join('\n');
    const big = Object.fromEntries(['a', 'b', 'c'].map((name) => [`${name}.txt`, lines]));
    const small = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`m${at}.txt`, 'x\n']));
    await stage.open(before, { ...big, ...small, 'shop.go': fetching });
    expect(stage.comments.map(({ path }) => path)).toEqual(['shop.go']);
    expect(stage.check.conclusion).toBe('failure');
  },
);
