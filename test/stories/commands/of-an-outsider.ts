import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'An outsider, and an author without write access, cannot dismiss; both hear of it',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    for (const by of ['mallory', 'ada']) {
      const said = await stage.say('/goplumber ignore it is fine', { by, on: stage.comment });
      expect(said.reactions).toContain('goplumber[bot] -1');
    }
    expect(stage.answers(stage.comment)[0]).toContain('People with write access can use');
    expect(stage.check.conclusion).toBe('failure');
  },
);
