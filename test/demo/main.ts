/** `npm run demo`: the App reviews a pull request on this machine, without an account and without network. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Comment } from '../stand-in/state.ts';
import { applyFixes, fileAt } from './apply.ts';
import { type Push, pullRequestPage } from './page.ts';
import { beginStory, checkOf, review } from './story.ts';
import { printCheck, printComments, step } from './terminal.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const output = `${root}demo-output`;
const maxRounds = 4;

step('A stand-in for GitHub and the App start on this machine');
const story = await beginStory(`${root}test/rules/seed`, output);
const { pull } = story;

step(`ada opens pull request #${pull.number}: ${pull.title}`);
const took = await review(story, 'opened');
printCheck(checkOf(story), took);
printComments(pull, pull.comments);
const pushes: Push[] = [{ head: pull.head, what: pull.title, run: checkOf(story) }];
const said = pull.comments.map((comment) => ({ ...comment }));

const warning = pull.comments.find(({ body }) => /\*\*warning\*\*/.test(body.split('\n')[0] ?? ''));
if (warning) {
  step(`mia resolves the thread on ${warning.path}:${warning.line}: it is meant so`);
  warning.resolvedBy = 'mia';
}
const open = (): readonly Comment[] =>
  pull.comments.filter(({ hidden, resolvedBy }) => !hidden && resolvedBy === undefined);

for (let round = 1; round <= maxRounds; round++) {
  // The first push takes half of what is offered, the next ones the rest.
  const chosen = round === 1 ? open().slice(0, Math.ceil(open().length / 2)) : open();
  const applied = applyFixes(story.repository, pull, chosen);
  if (applied.head === pull.head) break;
  const what = `Apply ${counted(applied.suggestions, 'suggestion')} and ${counted(applied.patches, 'patch', 'patches')} of the review`;
  step(`ada pushes: ${what}`);
  const before = new Set(pull.comments);
  story.gitHub.movePull(story.repository, pull, applied.head);
  const again = await review(story, 'synchronize');
  printCheck(checkOf(story), again);
  printComments(
    pull,
    pull.comments.filter((comment) => !before.has(comment)),
  );
  pushes.push({ head: pull.head, what, run: checkOf(story) });
}

mkdirSync(output, { recursive: true });
writeFileSync(`${output}/pull-request.html`, pullRequestPage(story, pushes, said));
writeHead(`${output}/head`);
step(`The pull request as a page: ${output}/pull-request.html`);
await story.app.close();
await story.gitHub.close();
if (pushes.at(-1)?.run.conclusion !== 'success') throw new Error('the last review is not clean');
if (story.gitHub.violations.length > 0) throw new Error(story.gitHub.violations.join('\n'));

/** The files as they stand after the last push, for whoever wants to build them. */
function writeHead(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { git } = story.repository;
  const paths = git.text(['ls-tree', '--name-only', pull.head]).split('\n');
  for (const path of paths.filter((name) => name !== '.github'))
    writeFileSync(`${folder}/${path}`, fileAt(git, pull.head, path));
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
