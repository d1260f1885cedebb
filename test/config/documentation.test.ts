import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { defaultConfig } from '../../src/config/config.ts';
import { formatConfigIssue } from '../../src/config/config-issue.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import { configJsonSchema, configSchema } from '../../src/config/schema.ts';
import { ruleIds } from '../../src/review/package-analysis.ts';
import { rules } from '../../src/rules/index.ts';

const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
const known = ruleIds(rules);

/** Fenced blocks of the page, with the info string after the language. */
function blocks(language: string): readonly { readonly info: string; readonly text: string }[] {
  return [...page.matchAll(/^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm)]
    .filter((match) => match[1] === language)
    .map((match) => ({ info: (match[2] ?? '').trim(), text: match[3] ?? '' }));
}

describe('docs/configuration.md', () => {
  const good = blocks('yaml').filter(({ info }) => info !== 'mistaken');
  const schema = new Ajv2020({ strict: false }).compile(configJsonSchema());

  test.each(good)('example %#: the program and the JSON schema accept it', ({ text }) => {
    expect(parseConfig(text, known).issues).toEqual([]);
    expect(schema(parse(text)), JSON.stringify(schema.errors)).toBe(true);
  });

  test('the example with everything shows every setting', () => {
    const [all] = good;
    expect(Object.keys(parse(all?.text ?? '') as object).sort()).toEqual(Object.keys(configSchema.shape).sort());
  });

  test('the example of the defaults states the defaults', () => {
    const text = good.find(({ info }) => info === 'defaults')?.text ?? 'failOn: none';
    expect(parseConfig(text, known).config).toEqual(defaultConfig);
  });

  test('the mistaken example makes the very messages that the page shows', () => {
    const [mistaken] = blocks('yaml').filter(({ info }) => info === 'mistaken');
    const messages = parseConfig(mistaken?.text ?? '', known).issues.map((issue) =>
      formatConfigIssue('.github/goplumber.yml', issue),
    );
    expect(messages.join('\n')).toBe(
      blocks('text')
        .find(({ info }) => info === 'mistakes')
        ?.text.trimEnd(),
    );
    expect(schema(parse(mistaken?.text ?? ''))).toBe(false);
  });

  test.each(Object.keys(configSchema.shape))('`%s` is described', (key) => {
    expect(page).toMatch(new RegExp(`^\\| \`${key}`, 'm'));
  });
});

test('docs/goplumber.schema.json is current; `npx vitest run test/config -u` writes it', async () => {
  await expect(`${JSON.stringify(configJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
    '../../docs/goplumber.schema.json',
  );
});
