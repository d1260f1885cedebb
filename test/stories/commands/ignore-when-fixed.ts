import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Ignoring what is fixed already harms nothing, and when it comes back it stays ignored',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    await stage.push({ 'shop.go': fetched });
    await stage.say('/goplumber ignore for the record', { by: 'mia', on: stage.comment });
    expect(stage.check.conclusion).toBe('success');
    await stage.push({ 'shop.go': fetching });
    expect(stage.comments).toHaveLength(1);
    expect(stage.check.conclusion).toBe('success');
  },
);
