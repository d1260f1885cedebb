import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A comment whose whole text a person replaced is not said again under another name',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    stage.comment.body = 'see chat';
    await stage.push({ 'shop.go': fetching.replace('func Fetch(', 'func Get(') });
    expect(stage.comments).toHaveLength(1);
    expect(stage.check.conclusion).toBe('failure');
  },
);
