import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Asked to explain, the thread gets the rule and the full path to the leak', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  await stage.say('/goplumber explain', { by: 'ada', on: stage.comment });
  const [answer = ''] = stage.answers(stage.comment);
  expect(answer).toContain('`unreceived-send`');
  expect(answer).toContain('The full path:\n\n1. ');
});
