import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Bots, and we ourselves, are not heard: two Apps cannot talk to each other forever',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    await stage.say('/goplumber help', { by: 'other[bot]', bot: true });
    await stage.say('/goplumber help', { by: 'goplumber[bot]', bot: true, on: stage.comment });
    expect(stage.answers()).toEqual([]);
    expect(stage.answers(stage.comment)).toHaveLength(1);
  },
);
