import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from './cli/run-cli.ts';

const root = join(import.meta.dirname, '..');

/** Words that read as translated, or that the field has another word for; the right one is beside each. */
const unwanted: readonly (readonly [RegExp, string])[] = [
  [/\bfor ever\b/i, 'forever'],
  [/pull request that brings it/, 'that introduces it'],
  [/against a local GitHub/, 'against a local stand-in for GitHub'],
  [/\bbrings, on its lines/, 'introduced since …, on changed lines'],
  [/at findings of this severity or worse/, 'on findings of this severity or higher'],
  [/how it comes to this|comes about/i, 'how it happens'],
  [/the defect stands/, 'the leak is'],
  [/\bmade here\b/, 'created here'],
  [/no fix offered/, 'nothing'],
  [/for the one value that may be left/, 'so that the last send cannot block'],
  [/keeps a callback that/, 'stores a callback that captures'],
  [/Keep the undo/, 'Keep the returned unsubscribe function'],
  [/On purpose\?/, 'Intentional?'],
  [/takes this line away/, 'deletes this line'],
  [/met an error of its own/, 'hit an internal error'],
  [/\b(it|they|which|that) shall\b/, 'should'],
  [/\bstands in (`|\[)?docs/, 'is described in docs/…'],
  [/\bbrought by\b/, 'introduced by'],
  [/\bin line \d/, 'on line'],
  [/has no room\b/, 'is unbuffered'],
  [/\broom for\b/, 'a buffer for'],
  [/\bat hand\b/, 'available'],
  [/\bwhoever\b/, 'the code that, callers that'],
  [/\bevery way out\b/, 'every path'],
  [/\bwithout a way out\b/, 'with no way out'],
  [/\bbest with (`|\\`)/, 'preferably with'],
  [/\bcompiles in shape\b/, 'parses, gofmt-formatted'],
  [/\bis for (its|the) author to\b|\bis for a person to\b/, 'only the author can decide'],
  [/\bcode that (cannot be|is not) seen\b/, 'unseen code'],
  [/\bhanded (on|out)\b|\bhands? (it|them) on\b/, 'passed on'],
  [/\bhangs? on it\b/, 'is derived from it'],
  [/\bgoes round forever\b/, 'loops forever'],
  [/\bstands? in (a|the|its|`)/, 'is in'],
  [/\bdoes not stand\b/, 'is not'],
  [/\bthe whole way\b/, 'the full path'],
  [/\bin the place of\b/, 'instead of'],
  [/\bno clean pass\b/, 'does not pass as clean'],
  [/\bthe least is\b|\bknown are\b/, 'the minimum is, expected'],
  [/\bin each round\b|\beach round of\b/, 'in each iteration'],
  [/\btaken to be\b/, 'assumed to be'],
  [/\bnobody (looks|knows what)\b/, 'is not checked, is unknown'],
  [/\bleaves? it to nobody\b/, 'drops it'],
  [/\bat the latest when\b|\bwho of\b|\bformatted anew\b/, 'when, which of, reformatted'],
];

function files(folder: string, ending: RegExp): readonly string[] {
  const found = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return found.filter((file) => ending.test(file)).map((file) => join(folder, file));
}

function found(texts: readonly (readonly [string, string])[]): readonly string[] {
  return texts.flatMap(([where, text]) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        unwanted.flatMap(([pattern, better]) =>
          pattern.test(line) ? [`${where}:${index + 1}: ${line.trim().slice(0, 120)} (say: ${better})`] : [],
        ),
      ),
  );
}

const pages = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'app.yml',
  '.env.example',
  ...files('docs', /\.(md|json)$/),
];
const read = (path: string): readonly [string, string] => [path, readFileSync(join(root, path), 'utf8')];

describe('the language of the project', () => {
  it('is plain English in documents', () => {
    expect(found(pages.map(read))).toEqual([]);
  });

  it('is plain English in messages', () => {
    const messages = files('src', /\.ts$/).map((path): readonly [string, string] => {
      // Comments are for contributors; what is left of a line are names and texts.
      const text = readFileSync(join(root, path), 'utf8').replace(/\/\*[\s\S]*?\*\//g, (comment) =>
        comment.replace(/[^\n]/g, ''),
      );
      return [path, text.replace(/(^|\s)\/\/.*$/gm, '')];
    });
    expect(found(messages)).toEqual([]);
  });

  it('would be seen to slip', () => {
    expect(found([['x', 'It blocks for ever.\nAs said in line 3.']]).length).toBe(2);
  });
});

describe('commands of the documents', () => {
  it('exist, with their options', async () => {
    const lines = pages
      .filter((page) => page.endsWith('.md'))
      .flatMap((page) => commandsOf(readFileSync(join(root, page), 'utf8')).map((line) => [page, line] as const));
    expect(lines.length).toBeGreaterThan(15);
    for (const [page, line] of lines) {
      const [command = '', ...words] = line.split(/\s+/);
      const { code, out } = await runCli(root, [command, '--help']);
      expect([page, line, code]).toEqual([page, line, 0]);
      for (const option of words.filter((word) => word.startsWith('--') && word !== '--'))
        expect([page, line, out]).toEqual([page, line, expect.stringContaining(option.split('=', 1)[0] ?? option)]);
    }
  });

  it('of npm are scripts of package.json', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly scripts: object };
    const named = pages.flatMap((page) => [...readFileSync(join(root, page), 'utf8').matchAll(/npm run ([a-z:]+)/g)]);
    expect(named.map(([, script]) => script).filter((script) => !Object.hasOwn(scripts, script ?? ''))).toEqual([]);
  });
});

/** Command lines of the program in code blocks and tables, from the command on, without comments and pipes. */
function commandsOf(markdown: string): readonly string[] {
  const found = [
    ...markdown.matchAll(
      /(?:^|[`|] ?|\n\s*)(?:GITHUB_TOKEN=\S+ |npx |node dist\/main\.js |- run: npx )*(?:goplumber|node dist\/main\.js) ([a-z]+[^`\n|#]*)/g,
    ),
  ];
  return found
    .map(([, line = '']) => line.trim())
    .filter((line) => /^(check|review|explain|rules|baseline|doctor|lsp|serve|completion)\b/.test(line));
}

describe('links of the documents', () => {
  it('lead to files that exist, and to headings of them', () => {
    const broken = pages
      .filter((page) => page.endsWith('.md'))
      .flatMap((page) => {
        const text = readFileSync(join(root, page), 'utf8').replace(/```[\s\S]*?```/g, '');
        return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
          .map(([, target = '']) => target)
          .filter((target) => !/^(https?:|mailto:)/.test(target))
          .filter((target) => !leads(page, target))
          .map((target) => `${page}: ${target}`);
      });
    expect(broken).toEqual([]);
  });
});

function leads(page: string, target: string): boolean {
  const [path = '', heading] = target.split('#');
  try {
    const file = path === '' ? join(root, page) : join(root, dirname(page), path);
    if (heading === undefined) return readdirSync(dirname(file)).includes(file.slice(dirname(file).length + 1));
    const anchors = [...readFileSync(file, 'utf8').matchAll(/^#+\s+(.*)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/g, '-'),
    );
    return anchors.includes(heading);
  } catch {
    return false;
  }
}
