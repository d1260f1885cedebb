import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'What was fixed elsewhere is closed: no suggestion is left to click, the comment is hidden, the thread resolved',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    expect(stage.comment.body).toContain('```suggestion');
    expect(stage.check.conclusion).toBe('failure');

    await stage.push({ 'shop.go': fetched });
    expect(stage.comment.body).toMatch(/^\*\*Fixed in\*\* /);
    expect(stage.comment.body).not.toContain('```suggestion');
    expect(stage.comment).toMatchObject({ hidden: true, resolvedBy: 'goplumber[bot]' });
    expect(stage.check.conclusion).toBe('success');
  },
  { permissions: { contents: 'write' } },
);
