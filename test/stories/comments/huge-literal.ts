import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A string literal of 200,000 characters in the leaking statement: the comment stays within the limit',
  async (stage) => {
    const code = fetching.replace('result <- load(url)', `result <- load("${'x'.repeat(200_000)}" + url)`);
    await stage.open(before, { 'shop.go': code });
    expect(stage.comment.body.length).toBeLessThan(65_536);
    expect(stage.check.conclusion).toBe('failure');
  },
);
