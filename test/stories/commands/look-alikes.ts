import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Words that only look like a command are left alone: no reaction, no answer', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const { requests } = stage.gitHub;
  const asked = requests.length;
  for (const body of [
    '/goplumbers ignore x',
    'goplumber ignore x',
    '/goplumber-review',
    '    /goplumber help',
    '~~~\n/goplumber help\n~~~',
  ])
    await stage.say(body, { by: 'mia' });
  expect(requests.length).toBe(asked);
  expect(stage.answers()).toEqual([]);
});
