import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A repository that vanishes in the middle ends the work without noise', async (stage) => {
  stage.given(before, { 'shop.go': fetching });
  const goOn = await stage.announceUntil('opened', 'POST /graphql');
  const [gone] = stage.gitHub.world.repositories.splice(0);
  goOn();
  await stage.settled();
  expect(stage.log.join('')).toContain('review given up');
  expect(stage.log.filter((line) => line.includes('"level":50'))).toEqual([]);
  if (gone) stage.gitHub.world.repositories.push(gone);
  expect(stage.pull.reviews).toEqual([]);
});
