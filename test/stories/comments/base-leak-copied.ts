import { expect } from 'vitest';
import { fetched, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A copy of a leak of the base is new, also when the original is repaired with it',
  async (stage) => {
    await stage.open({ 'shop.go': fetching }, { 'again.go': secondFetching });
    expect(stage.comment.path).toBe('again.go');
    await stage.push({ 'shop.go': fetched });
    expect(stage.comment.path).toBe('again.go');
    expect(stage.check.conclusion).toBe('failure');
  },
);
