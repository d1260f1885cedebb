import { expect } from 'vitest';
import { before, twoChannels } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Who repairs one of two channels and resolves the thread still sees the other: in the comment and as an annotation',
  async (stage) => {
    await stage.open(before, { 'shop.go': twoChannels });
    const { comment } = stage;
    stage.resolve(comment, 'ada');
    await stage.push({ 'shop.go': twoChannels.replace('make(chan error)', 'make(chan error, 1)') });
    expect(stage.comments).toHaveLength(1);
    expect(stage.check.conclusion).toBe('failure');
    expect(stage.check.annotations.map(({ message }) => message).join()).toContain('`val <- v` blocks forever');
    expect(comment.body).toMatch(/fixed in\*\* .*Still there: .*`val <- v`/);
    expect(comment.body).not.toContain('```suggestion');

    await stage.push({ 'other.go': 'package shop\n' });
    expect(stage.check.conclusion).toBe('failure');
  },
);
