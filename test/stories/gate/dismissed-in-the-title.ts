import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'The title counts what was dismissed, and the summary names the way to silence it for good',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    stage.resolve(stage.comment, 'mia');
    await stage.push({ 'more.go': 'package shop\n\nfunc more() {}\n' });
    expect(stage.check.title).toBe('No open goroutine leaks, 1 dismissed');
    expect(stage.check.summary).toMatch(/goplumber:ignore|\/\/goplumber/);
  },
);
