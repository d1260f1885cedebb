/** Configurations: whatever the text, there is a configuration and mistakes with their lines; patterns end. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { formatConfigIssue } from '../../../src/config/config-issue.ts';
import { ignoreMatcher } from '../../../src/config/ignore.ts';
import { parseConfig } from '../../../src/config/parse-config.ts';
import { rules } from '../../../src/rules/index.ts';
import { must, type Target } from '../target.ts';
import { mutated } from '../texts.ts';

/** The examples of the page about the configuration. */
const page = readFileSync('docs/configuration.md', 'utf8');
const examples = [...page.matchAll(/```ya?ml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
const words = [
  'paths:',
  'ignore:',
  'rules:',
  'failOn: ',
  'skip:',
  'labels:',
  '- ',
  '  ',
  '"',
  "'",
  '&a ',
  '*a',
  '<<: ',
  '[',
  ']',
  '{',
  '}',
  '|\n',
  '>-\n',
  '!!map ',
  '#',
  'off',
  'error',
  '**/',
  '*',
  '? ',
  '__proto__: 1\n',
  '---\n',
  '\t',
];
const ids = rules.map(({ meta }) => meta.id);

export const configurationTarget: Target<{ readonly text: string; readonly pattern: string; readonly path: string }> = {
  name: 'configurations',
  weight: 2,
  inputs: fc.record({
    text: mutated(examples, words),
    pattern: fc
      .array(
        fc.constantFrom(
          '**/',
          '*',
          '?',
          'a',
          'b',
          '/',
          '[a-z]',
          '[!a]',
          '{a,b}',
          '\\',
          '!',
          '.',
          '**',
          '[',
          ']',
          '(',
          '+',
          '$',
        ),
        { maxLength: 40 },
      )
      .map((parts) => parts.join('')),
    path: fc
      .array(fc.constantFrom('a', 'b', 'ab', '/', '.', '-', 'aaaa', 'ü', ' '), { minLength: 1, maxLength: 60 })
      .map((parts) => parts.join('')),
  }),
  check({ text, pattern, path }) {
    const { config, issues } = parseConfig(text, ids);
    const lines = text.split('\n').length;
    for (const issue of issues) {
      must(issue.line >= 1 && issue.line <= lines + 1, `a mistake is on line ${issue.line} of ${lines}`);
      must(formatConfigIssue('x.yml', issue).length < 20_000, 'what is said of a mistake is as long as the file');
    }
    must(Array.isArray(config.ignore) && typeof config.failOn === 'string', 'the configuration is not whole');
    must(Object.getPrototypeOf({}) === Object.prototype && !('polluted' in {}), 'objects have changed');
    ignoreMatcher([pattern, `!${pattern}`, ...config.ignore])(path);
  },
};
