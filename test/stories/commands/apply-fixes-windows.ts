import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Fixes that are applied keep the line ends of a CRLF file',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching.replaceAll('\n', '\r\n') });
    await stage.press('apply-fixes', 'mia');
    await stage.follow(stage.repository.git.resolve('refs/heads/change') ?? '');
    expect(stage.text('shop.go')).toBe(fetched.replaceAll('\n', '\r\n'));
  },
  { permissions: { contents: 'write' } },
);
