import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story("Re-run of an old head's check says that a newer head took its place", async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const old = stage.check;
  await stage.push({ 'shop.go': fetched });
  await stage.press('review', 'mia', old);
  const runs = stage.repository.checkRuns.filter(({ head }) => head === old.head);
  expect(runs.every(({ status }) => status === 'completed')).toBe(true);
  expect(stage.check.conclusion).toBe('success');
  expect(stage.pull.reviews).toHaveLength(1);
});
