import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Commands are read with blanks before them, in capitals, with CRLF and after other words',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    const said = await stage.say('Thanks!\r\n\r\n   /GoPlumber   IGNORE   read   elsewhere  \r\nBye', {
      by: 'mia',
      on: stage.comment,
    });
    expect(said.reactions).toContain('goplumber[bot] +1');
    expect(stage.comment.body).toContain('read elsewhere');
    expect(stage.check.conclusion).toBe('success');
  },
);
