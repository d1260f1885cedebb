import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'In a locked conversation the command is obeyed, although nothing can be answered',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    stage.pull.locked = true;
    await stage.say('/goplumber ignore by design', { by: 'mia', on: stage.comment });
    expect(stage.check.conclusion).toBe('success');
    expect(stage.log.filter((line) => line.includes('"level":50'))).toEqual([]);
  },
);
