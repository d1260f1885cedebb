import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Paused, nothing is reviewed; resumed, the head is', async (stage) => {
  await stage.open(before, { 'shop.go': `${before['shop.go']}\n// Soon.\n` });
  await stage.say('/goplumber pause', { by: 'mia' });
  expect(stage.pull.labels).toEqual(['goplumber: paused']);
  await stage.push({ 'shop.go': fetching });
  expect(stage.comments).toEqual([]);
  expect(stage.check).toMatchObject({ conclusion: 'skipped', title: 'Paused' });
  await stage.say('/goplumber resume', { by: 'mia' });
  expect(stage.pull.labels).toEqual([]);
  expect(stage.comments).toHaveLength(1);
  expect(stage.check.conclusion).toBe('failure');
});
