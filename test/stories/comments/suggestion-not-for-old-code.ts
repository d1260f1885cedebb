import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'The commented line is edited so that the suggestion would not fit: it is gone, or says what it did before',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    await stage.push({
      'shop.go': fetching.replace('result := make(chan string)', 'result := make(chan string) // pages'),
    });
    expect(stage.comments).toHaveLength(1);
    expect(stage.check.conclusion).toBe('failure');
    const { body, line } = stage.comment;
    expect(line === undefined || body.includes('// pages')).toBe(true);
  },
);
