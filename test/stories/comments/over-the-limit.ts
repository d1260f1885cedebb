import { expect } from 'vitest';
import { fetching } from '../code.ts';
import { story } from '../harness.ts';

const named = (name: string) => fetching.replace('func Fetch(', `func ${name}(`);
const shared = '\nfunc load(url string) string { return url }\n';
const bodies = ['One', 'Two', 'Three'].map((name) =>
  named(name)
    .replace(shared, '')
    .replace(/^package shop\n/, ''),
);
const all = {
  'a.go': `package shop\n${bodies[0]}`,
  'b.go': `package shop\n${bodies[1]}`,
  'c.go': `package shop\n${bodies[2]}`,
};

export default story(
  'What is over the limit is listed in the check and does not trickle out with later pushes',
  async (stage) => {
    await stage.open({ 'load.go': `package shop\n${shared}`, '.github/goplumber.yml': 'maxComments: 1\n' }, all);
    expect(stage.check.annotations).toHaveLength(2);
    for (const text of ['one', 'two', 'three']) await stage.push({ 'notes.go': `package shop\n\n// ${text}\n` });
    expect(stage.comments).toHaveLength(1);
    expect(stage.check).toMatchObject({ conclusion: 'failure' });
    expect(stage.check.annotations).toHaveLength(2);
  },
);
