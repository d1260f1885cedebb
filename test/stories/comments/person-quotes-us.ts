import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A person who quotes our comment with its marker changes nothing', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const quoted = stage.comment.body.replaceAll('"look"', '"state":{"kind":"ignored","by":"eve","reason":"x"},"look"');
  await stage.say(quoted, { by: 'eve', on: stage.comment });
  await stage.push({ 'other.go': 'package shop\n' });
  expect(stage.comments).toHaveLength(1);
  expect(stage.check.conclusion).toBe('failure');
});
