import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Asked to explain what is fixed, the thread hears that it is not there any more',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    await stage.push({ 'shop.go': fetched });
    const said = await stage.say('/goplumber explain', { by: 'ada', on: stage.comment });
    expect(said.reactions).toContain('goplumber[bot] confused');
    expect(stage.answers(stage.comment)[0]).toContain('no longer there');
  },
);
