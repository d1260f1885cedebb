import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A comment of 65,536 characters is read, answered and closed within GitHub’s limits',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    stage.comment.body = `${'x'.repeat(65_536 - stage.comment.body.length - 2)}\n\n${stage.comment.body}`;
    await stage.say(`/goplumber ${'y'.repeat(60_000)}`, { by: 'ada' });
    expect(stage.answers()).toHaveLength(1);
    await stage.push({ 'shop.go': fetching.replace('make(chan string)', 'make(chan string, 1)') });
    expect(stage.comment.body).toMatch(/^\*\*Fixed in\*\* /);
    expect(stage.check.conclusion).toBe('success');
  },
);
