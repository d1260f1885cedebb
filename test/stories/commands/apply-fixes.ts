import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const second = fetching
  .replace('func Fetch(', 'func Again(')
  .replace('\nfunc load(url string) string { return url }\n', '');

export default story(
  'One press commits every verified fix, in several files, and the next review is clean',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching, 'again.go': second });
    expect(stage.check.actions).toMatchObject([{ identifier: 'apply-fixes', label: 'Apply fixes' }]);
    const was = stage.pull.head;
    await stage.press('apply-fixes', 'mia');
    const tip = stage.repository.git.resolve('refs/heads/change') ?? '';
    expect(tip).not.toBe(was);
    await stage.follow(tip);
    expect(stage.text('shop.go')).toContain('make(chan string, 1)');
    expect(stage.text('again.go')).toContain('make(chan string, 1)');
    expect(stage.check.conclusion).toBe('success');
  },
  { permissions: { contents: 'write' } },
);
