import { expect } from 'vitest';
import { fetching } from '../code.ts';
import { story } from '../harness.ts';

const load = '\nfunc load(url string) string { return url }\n';
const file = (name: string) => fetching.replace(load, '').replace('func Fetch(', `func ${name}(`);

export default story('What is over the limit does not come out later under new names', async (stage) => {
  const base = { 'load.go': `package shop\n${load}`, '.github/goplumber.yml': 'maxComments: 1\n' };
  await stage.open(base, { 'a.go': file('A'), 'b.go': file('B'), 'c.go': file('C') });
  for (const round of [1, 2, 3])
    await stage.push({ 'a.go': file(`A${round}`), 'b.go': file(`B${round}`), 'c.go': file(`C${round}`) });
  expect(stage.comments).toHaveLength(1);
  expect(stage.check.annotations).toHaveLength(2);
});
