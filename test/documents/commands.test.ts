/** Every command line of the documents is run in a prepared repository, or named here with the reason why it cannot be. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeFiles } from '../local/git-sandbox.ts';

const root = join(import.meta.dirname, '../..');
const bundle = join(root, 'dist-documents');
const work = realpathSync(mkdtempSync(join(tmpdir(), 'goplumber-documents-')));

/** What cannot run here: a pattern of command lines, and why. Everything else is run. */
const notRun: readonly (readonly [RegExp, string])[] = [
  [
    /^npm (ci|install|test|pack|run|start)\b/,
    'installs from the network, or starts the whole project; .ci/run does it',
  ],
  [/^npm run build:bench\b/, 'measures for minutes'],
  [/^\.ci\/run\b/, 'runs the tests, this one included'],
  [/^goplumber (baseline|prove|jobs)$/, 'names a command; its arguments are elsewhere'],
  [/^goplumber (serve|worker|lsp)\b/, 'runs until it is stopped; test/app and test/cli/lsp.test.ts start it'],
  [/^goplumber jobs replay\b/, 'needs a job that was given up; test/queue/contract.ts replays one'],
  [/^goplumber doctor$/, 'asks GitHub; test/app tries it against the stand-in'],
  [/\bgoplumber review\b/, 'needs GitHub; test/cli/review.test.ts tries it against the stand-in'],
  [/^docker\b/, 'needs Docker'],
  [/\bgo test\b/, 'needs Go 1.26; test/cli/prove/go-proofs.test.ts runs generated tests'],
  [/^echo "::add-matcher/, 'speaks to a runner of GitHub Actions'],
];

/** Words that stand for the reader's own names, and what they are in the prepared repository. */
const names: readonly (readonly [string, string])[] = [
  ['FUNC', 'Fetch'],
  ['RULE[,RULE]', 'lost-cancel'],
  ['RULE', 'lost-cancel'],
  ['DIR', 'cache'],
  ['FINDING', 'fetch.go:12'],
  ['REV', 'HEAD'],
  [' [path...]', ''],
];

const fetch = `package pages

import "context"

type Page struct{ Text string }

// Fetch gives up when its context is done.
func Fetch(ctx context.Context, load func() *Page) *Page {
	result := make(chan *Page)
	// The result is dropped
	// when nobody waits for it.
	go func() { result <- load() }()
	select {
	case page := <-result:
		return page
	case <-ctx.Done():
		return nil
	}
}
`;

const files = {
  'go.mod': 'module example.org/pages\n\ngo 1.24\n',
  'fetch.go': fetch,
  'pkg/server/server.go':
    'package server\n\ntype Server struct{ jobs chan func() }\n\nfunc (s *Server) run() {\n\tfor job := range s.jobs {\n\t\tjob()\n\t}\n}\n',
  'goroutines.txt': `goroutine 7 [chan send, 12 minutes]:
example.org/pages.Fetch.func1()
	/src/pages/fetch.go:12 +0x28
created by example.org/pages.Fetch in goroutine 1
	/src/pages/fetch.go:12 +0x8c
`,
};

const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

interface Command {
  readonly page: string;
  readonly line: string;
}

/** Lines of shell blocks, steps of workflows, and code spans that begin like a command of ours. */
function commandsOf(page: string): readonly Command[] {
  const text = readFileSync(join(root, page), 'utf8');
  const blocks = [...text.matchAll(/^[ \t]*```(?:sh|bash|shell)\n([\s\S]*?)^[ \t]*```$/gm)].flatMap(([, block = '']) =>
    block.replace(/\\\n\s*/g, '').split('\n'),
  );
  const steps = [...text.matchAll(/- run: (.*)$/gm)].map(([, step = '']) => step);
  const prose = text.replace(/^[ \t]*```[\s\S]*?^[ \t]*```$/gm, '');
  const spans = [...prose.matchAll(/`((?:GITHUB_TOKEN=\S+ )?(?:npx )?goplumber [a-z][^`\n]*)`/g)].map(([, span = '']) =>
    span.replaceAll('\\|', '|'),
  );
  const lines = [...blocks, ...steps, ...spans].map((line) => line.replace(/\s+# .*$/, '').trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => ({ page, line }));
}

const commands = [...new Map(pages.flatMap(commandsOf).map((one) => [one.line, one])).values()];
const isRun = ({ line }: Command): boolean => !notRun.some(([pattern]) => pattern.test(line));

function prepared(line: string): string {
  return names.reduce((text, [word, name]) => text.replaceAll(word, name), line);
}

function shell(line: string): ReturnType<typeof spawnSync> {
  const script = `goplumber() { "${process.execPath}" "${bundle}/main.js" "$@"; }
npx() { "$@"; }
reviewdog() { cat > /dev/null; }
${line}`;
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: work,
    XDG_CACHE_HOME: join(bundle, 'cache'),
    STATE_DIR: join(work, 'state'),
  };
  return spawnSync('bash', ['--norc', '-c', script], { cwd: work, env, encoding: 'utf8', input: '' });
}

function git(...args: readonly string[]): void {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], { cwd: work, env });
}

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'tools/build.mjs'), 'app', 'dist-documents'], { cwd: root });
  writeFiles(work, files);
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'Before');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  writeFiles(work, { 'fetch.go': `${fetch}\n// Changed.\n` });
  mkdirSync(join(work, 'state'));
  shell('goplumber baseline write');
}, 240_000);
afterAll(() => {
  for (const folder of [work, bundle]) rmSync(folder, { recursive: true, force: true });
});

it('are found, and each reason not to run one is needed', () => {
  expect(commands.filter(isRun).length).toBeGreaterThan(15);
  expect(notRun.filter(([pattern]) => !commands.some(({ line }) => pattern.test(line)))).toEqual([]);
});

it.each(commands.filter(isRun))(
  '$page: $line',
  ({ line }) => {
    const { status, stderr } = shell(prepared(line));
    expect([status, String(stderr)]).toEqual([
      expect.toBeOneOf([0, 1]),
      expect.not.stringMatching(/ {4}at |see goplumber --help/),
    ]);
  },
  60_000,
);
