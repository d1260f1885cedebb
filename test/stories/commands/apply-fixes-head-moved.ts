import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Pressed after the head moved, nothing is committed and a sentence says why',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    const { check } = stage;
    const head = stage.commit({ 'other.go': 'package shop\n' });
    await stage.press('apply-fixes', 'mia', check);
    expect(stage.repository.git.resolve('refs/heads/change')).toBe(head);
    expect(stage.answers()[0]).toMatch(/^Nothing was applied: the pull request has moved on to /);
  },
  { permissions: { contents: 'write' } },
);
