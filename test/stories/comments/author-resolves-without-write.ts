import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'The author without write access resolves the thread: it is not said again, and the gate stays shut',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    stage.resolve(stage.comment, 'ada');
    await stage.push({ 'other.go': 'package shop\n' });
    expect(stage.comments).toHaveLength(1);
    expect(stage.comment.resolvedBy).toBe('ada');
    expect(stage.check).toMatchObject({ conclusion: 'failure', annotations: [{ path: 'shop.go' }] });
    expect(stage.check.summary).toContain('`ada` resolved a thread here without write access');
    stage.resolve(stage.comment, 'mia');
    await stage.push({ 'third.go': 'package shop\n' });
    expect(stage.check).toMatchObject({ conclusion: 'success', title: 'No open goroutine leaks, 1 dismissed' });
  },
);
