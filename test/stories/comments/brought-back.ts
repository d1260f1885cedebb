import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A leak that was fixed and comes back opens its comment again, and nothing is said twice',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    await stage.push({ 'shop.go': fetched });
    await stage.push({ 'shop.go': fetching });
    expect(stage.comment.body).toContain('**error**');
    expect(stage.comment.body).not.toContain('Fixed in');
    expect(stage.comment).toMatchObject({ hidden: false, resolvedBy: undefined });
    expect(stage.check.conclusion).toBe('failure');
  },
  { permissions: { contents: 'write' } },
);
