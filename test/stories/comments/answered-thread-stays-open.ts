import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A thread in which somebody answered is not resolved for them',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    await stage.say('I will look at it.', { on: stage.comment });
    await stage.push({ 'shop.go': fetched });
    expect(stage.comment.resolvedBy).toBeUndefined();
    expect(stage.comment.body).toMatch(/^\*\*Fixed in\*\* /);
  },
  { permissions: { contents: 'write' } },
);
