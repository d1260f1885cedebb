import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Deliveries that come late, twice and in the wrong order lead to one review of the newest head',
  async (stage) => {
    stage.given(before, { 'shop.go': fetching });
    const { gitHub, repository, pull } = stage;
    const first = { ...pull };
    stage.commit({ 'a.go': 'package shop\n' });
    const second = { ...pull };
    stage.commit({ 'b.go': 'package shop\n' });
    for (const [state, action] of [
      [pull, 'synchronize'],
      [first, 'opened'],
      [second, 'synchronize'],
      [first, 'opened'],
    ] as const)
      await gitHub.announcePull(repository, state, action);
    await stage.settled();
    expect(pull.reviews).toMatchObject([{ commit: pull.head }]);
    expect(repository.checkRuns.filter(({ status }) => status !== 'completed')).toEqual([]);
    expect(stage.check.conclusion).toBe('failure');
  },
);
