/**
 * Starts a rule: `npm run new:rule <id>`, or `node tools/new-rule.mjs <id> [FOLDER]` for another checkout. Writes the rule,
 * its entry in the list, a case with its golden file, and the page. Each part that only its author can know says "write
 * me"; the tests fail there and nowhere else. Nothing that exists is replaced.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [id = '', folder = join(dirname(fileURLToPath(import.meta.url)), '..')] = process.argv.slice(2);
const root = resolve(folder);

function fail(message) {
  console.error(`new:rule: ${message}`);
  process.exit(2);
}

if (!/^[a-z]+(-[a-z]+)+$/.test(id))
  fail(`give the rule an id of two or more lower-case words, such as unclosed-channel; got ${JSON.stringify(id)}`);
const list = join(root, 'src/rules/lifecycle/index.ts');
if (!existsSync(list)) fail(`${root} is no checkout of Goplumber`);
const name = id.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
const goPackage = id.split('-').at(-1);

const rule = `/**
 * Write me: what the defect is, in one sentence.
 *
 *  1. Write me: the questions, cheap ones first. What is not known is no yes.
 */
import type { FixRefusal, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import { anyRule, type Pass, type Rule } from '../../analysis/rule.ts';
import type { GoPackage, GoroutineStart } from '../../go/package.ts';

interface Found {
  readonly start: GoroutineStart;
}

function detect(pass: Pass): readonly Found[] {
  return pass.pkg.goroutineStarts
    .filter((start) => pass.files.includes(start.file) && isDefect(pass.pkg, start))
    .map((start) => ({ start }));
}

/** Write me: the question that decides. */
function isDefect(pkg: GoPackage, { callee }: GoroutineStart): boolean {
  return callee.kind === 'unknown' && pkg.name === 'write me';
}

function describe({ start }: Found, pass: Pass): Report {
  return {
    location: pass.at(start.file, start.node),
    message: 'write me: the operation and its missing partner',
    advice: 'Write me: what to do next',
  };
}

function fix(): readonly SuggestedFix[] | FixRefusal {
  return { kind: 'refused', reason: 'write me: the edits of a fix, or why there is none' };
}

const rule: Rule<Found> = {
  meta: {
    id: '${id}',
    group: 'lifecycle',
    summary: 'Write me: one sentence for tables and SARIF.',
    severity: 'warning',
    since: '${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}',
    knownProblems: [],
  },
  detect,
  describe,
  fix,
};

export const ${name} = anyRule(rule);
`;

const source = (golden) => `package ${goPackage}

// noisy is what the rule is about.
func noisy(work func()) {
	go work()${golden ? '' : ' // want "write me: part of the message"'}
}

// quiet is its neighbour: one thing differs, and nothing is reported.
func quiet(work func()) {
	work()
}
`;

const example = (kind, body) => `\`\`\`go ${kind}
package ${goPackage}

func run(work func()) {
	${body}
}
\`\`\``;

const page = `# \`${id}\`

Write me: the summary of the rule.

Severity: warning.

## What it reports

Write me.

${example('reported', 'go work() // write me: code that is reported')}

## Why it matters

Write me.

## When it stays silent

- Write me.

${example('silent', 'work() // write me: code that is not reported')}

## How to fix it

Write me.

## How to silence it

For one place, put a comment with the reason on the line or on the line above:

\`\`\`go
//goplumber:ignore ${id} the reason, for the next reader
\`\`\`

For the whole repository, or for some of its paths, set the rule to \`off\` in \`.github/goplumber.yml\`.
`;

const files = {
  [`src/rules/lifecycle/${id}.ts`]: rule,
  [`test/rules/${id}/first/first.go`]: source(false),
  [`test/rules/${id}/first/first.go.golden`]: source(true),
  [`docs/rules/${id}.md`]: page,
};
for (const path of Object.keys(files)) if (existsSync(join(root, path))) fail(`${path} exists`);

/** The import goes to its place by name, the entry to the end of the list. */
function listed(text) {
  const line = `import { ${name} } from './${id}.ts';`;
  const imports = [...text.matchAll(/^import \{ \w+ \} from '\.\/.*$/gm)].map(([found]) => found);
  const after = imports.findLast((found) => pathOf(found) < pathOf(line));
  const withImport =
    after === undefined ? text.replace(imports[0], `${line}\n${imports[0]}`) : text.replace(after, `${after}\n${line}`);
  return withImport.replace(/\n\];/, `\n  ${name},\n];`);
}

function pathOf(line) {
  return line.replace(/^.* from /, '');
}

for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
writeFileSync(list, listed(readFileSync(list, 'utf8')));
console.log(
  [
    'wrote',
    ...Object.keys(files).map((path) => `  ${path}`),
    'and an entry in src/rules/lifecycle/index.ts',
    'what is yours to write says "write me"; npx vitest run test/rules shows what is left',
  ].join('\n'),
);
