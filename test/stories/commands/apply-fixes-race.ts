import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'The head moves while the fixes are made ready: the commit is refused by GitHub, and a sentence says so',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    const { check, repository } = stage;
    const goOn = await stage.pressUntil('apply-fixes', 'mia', 'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments');
    const other = repository.git.commit('change', { 'other.go': 'package shop\n' }, 'Meanwhile', stage.pull.head);
    goOn();
    await stage.settled();
    expect(check.conclusion).toBe('failure');
    expect(repository.git.resolve('refs/heads/change')).toBe(other);
    expect(stage.answers()[0]).toContain('moved in the meantime');
  },
  { permissions: { contents: 'write' } },
);
