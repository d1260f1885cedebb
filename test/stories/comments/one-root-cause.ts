import { expect } from 'vitest';
import { before, hub } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Sends that are stuck for one reason share one comment, which lists the other places',
  async (stage) => {
    await stage.open(before, { 'hub.go': hub });
    const sends = stage.comments.filter(({ body }) => body.includes('stopped-loop-send'));
    expect(sends).toHaveLength(1);
    expect(sends[0]?.body).toContain('The same cause in 2 other places:');
    expect(sends[0]?.body).not.toContain('findings on one statement');
    expect(stage.pull.reviews[0]?.body).toMatch(/^Goroutine leaks in this change: 1 warning\./);

    await stage.push({ 'other.go': 'package shop\n' });
    expect(stage.comments).toHaveLength(1);
  },
);
