import { expect } from 'vitest';
import { fetching } from '../code.ts';
import { story } from '../harness.ts';

const shared = '\nfunc load(url string) string { return url }\n';
const leak = (name: string) => fetching.replace('func Fetch(', `func ${name}(`).replace(shared, '');

export default story('A limit of one comment holds over three pushes that each introduce a leak', async (stage) => {
  await stage.open(
    { 'load.go': `package shop\n${shared}`, '.github/goplumber.yml': 'maxComments: 1\n' },
    { 'a.go': leak('One') },
  );
  await stage.push({ 'b.go': leak('Two') });
  await stage.push({ 'c.go': leak('Three') });
  expect(stage.comments).toHaveLength(1);
  expect(stage.check.annotations).toHaveLength(2);
  await stage.push({ 'a.go': null });
  expect(stage.comments).toHaveLength(1);
  expect(stage.check).toMatchObject({ conclusion: 'failure' });
  expect(stage.check.annotations).toHaveLength(2);
});
