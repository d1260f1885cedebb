import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Ignoring in a thread of somebody else is answered there, and dismisses nothing',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    const strange = stage.remark('shop.go', 3, 'eve');
    await stage.say('/goplumber ignore by design', { by: 'mia', on: strange });
    expect(stage.answers(strange)[0]).toContain('has to be a reply to one of my comments');
    expect(stage.check.conclusion).toBe('failure');
  },
);
