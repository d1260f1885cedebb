import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'The author may ask for a review, an explanation and help, and may not pause or dismiss',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    for (const command of ['review', 'config', 'help'])
      expect((await stage.say(`/goplumber ${command}`, { by: 'ada' })).reactions).toContain('goplumber[bot] +1');
    for (const command of ['pause', 'resume', 'reopen'])
      expect((await stage.say(`/goplumber ${command}`, { by: 'ada' })).reactions).toContain('goplumber[bot] -1');
    expect(stage.pull.labels).toEqual([]);
    expect(stage.comments).toHaveLength(1);
  },
);
