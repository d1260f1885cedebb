import { describe, expect, it } from 'vitest';
import { lineHashes } from '../../../src/cli/format/line-hash.ts';

describe('the line hashes of GitHub', () => {
  // From the tests of github/codeql-action.
  it('are those of its upload action', () => {
    expect([...lineHashes('a\nb\n  \t\tc\n d').values()]).toEqual([
      '271789c17abda88f:1',
      '54703d4cd895b18:1',
      '180aee12dab6264:1',
      'a23a3dc5e078b07b:1',
    ]);
  });

  it('follow a line that moves or is indented, and tell equal lines apart', () => {
    const body = `${'x'.repeat(60)}\n${'y'.repeat(60)}\n`;
    const before = lineHashes(`one\n${body}`);
    const after = lineHashes(`one\ntwo\nthree\n  ${body}`);
    expect(after.get(4)).toBe(before.get(2));
    const twice = lineHashes(`${body}${body}`);
    expect(twice.get(1)?.split(':')[1]).toBe('1');
    expect(lineHashes('').size).toBeLessThanOrEqual(1);
  });
});
