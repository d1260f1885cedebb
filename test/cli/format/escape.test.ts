import { describe, expect, it } from 'vitest';
import { jsonText, withoutCommands } from '../../../src/cli/escape.ts';

describe('text that a CI runner reads', () => {
  it('holds no workflow command, however it is indented', () => {
    const text = withoutCommands('    ::add-mask::x\n::error::y\n a ::b\n  x ##[group]z\n');
    expect(text).toBe('    :\\u003aadd-mask::x\n:\\u003aerror::y\n a ::b\n  x #\\u0023[group]z\n');
    for (const line of text.split('\n')) expect(line.trimStart().startsWith('::')).toBe(false);
  });
});

describe('JSON for a terminal', () => {
  it('holds no control or bidirectional characters, and means the same', () => {
    const value = { text: '\u009b31m \u202e \u2028 \u007f ä' };
    const text = jsonText(value);
    expect(text).not.toMatch(/[\u007f-\u009f\u2028-\u202e]/);
    expect(JSON.parse(text)).toEqual(value);
  });
});
