import { describe, expect, it } from 'vitest';
import { nestsDeeper } from '../../src/config/nesting.ts';
import { parseConfig } from '../../src/config/parse-config.ts';

const deep: Readonly<Record<string, string>> = {
  'flow sequences': `a: ${'['.repeat(5_000)}`,
  'flow mappings': '{a: '.repeat(3_000),
  'block sequences on one line': `${'- '.repeat(5_000)}a`,
  'complex keys': '? '.repeat(5_000),
  'block mappings': Array.from({ length: 250 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
  'brackets over many lines': '[\n'.repeat(100),
};

describe('a configuration', () => {
  it.each(Object.entries(deep))('that nests deeply in %s is refused unread', (_, text) => {
    expect(parseConfig(text, [])).toMatchObject({
      readable: false,
      issues: [{ message: 'the file nests more than 50 levels deep' }],
    });
  });

  it('of many settings side by side does not nest', () => {
    const text = `# [[[[\npaths:\n  ignore:\n${"    - '[a-z]{1}' # {{\n".repeat(500)}`;
    expect(nestsDeeper(text, 6)).toBe(false);
    expect(nestsDeeper(text, 3)).toBe(true);
  });
});
