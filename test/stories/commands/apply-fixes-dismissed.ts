import { expect } from 'vitest';
import { before, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Applying all fixes leaves alone what a maintainer ignored',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching, 'again.go': secondFetching });
    const ignored = stage.comments.find(({ path }) => path === 'again.go');
    await stage.say('/goplumber ignore by design', { by: 'mia', ...(ignored && { on: ignored }) });
    await stage.press('apply-fixes', 'mia');
    await stage.follow(stage.repository.git.resolve('refs/heads/change') ?? '');
    expect(stage.text('shop.go')).toContain('make(chan string, 1)');
    expect(stage.text('again.go')).not.toContain('make(chan string, 1)');
    expect(stage.check.conclusion).toBe('success');
  },
  { permissions: { contents: 'write' } },
);
