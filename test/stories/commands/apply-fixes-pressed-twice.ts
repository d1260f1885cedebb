import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Pressed twice, one commit is made, and the second press is told why nothing follows',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    const { check } = stage;
    await stage.press('apply-fixes', 'mia', check);
    const tip = stage.repository.git.resolve('refs/heads/change') ?? '';
    await stage.follow(tip);
    await stage.press('apply-fixes', 'mia', check);
    expect(stage.repository.git.resolve('refs/heads/change')).toBe(tip);
    expect(stage.answers()).toHaveLength(1);
    expect(stage.check.conclusion).toBe('success');
  },
  { permissions: { contents: 'write' } },
);
