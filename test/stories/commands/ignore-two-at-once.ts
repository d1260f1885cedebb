import { expect } from 'vitest';
import { before, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Two findings ignored one after the other: the check ends clean, each comment says by whom',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching, 'again.go': secondFetching });
    const [first, second] = stage.comments;
    if (!first || !second) throw new Error('two comments are expected');
    await stage.say('/goplumber ignore read elsewhere', { by: 'mia', on: first });
    expect(stage.check.conclusion).toBe('failure');
    await stage.say('/goplumber ignore the process ends', { by: 'mia', on: second });
    expect(stage.check).toMatchObject({ conclusion: 'success', title: 'No open goroutine leaks, 2 dismissed' });
    expect(second.body).toContain('the process ends');
  },
);
