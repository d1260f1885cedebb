/** The story of the demo: a pull request that introduces leaks, its review, and a push that applies what was suggested. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningApp, startApp } from '../../src/app.ts';
import { readEnvironment } from '../../src/github/environment.ts';
import { createLog } from '../../src/github/log.ts';
import { isolatedWork } from '../../src/worker/isolated-work.ts';
import { type Files, filesOf } from '../stand-in/git-repository.ts';
import { StandIn } from '../stand-in/stand-in.ts';
import type { CheckRun, Pull, Repository } from '../stand-in/state.ts';

export interface Story {
  readonly gitHub: StandIn;
  readonly app: RunningApp;
  readonly repository: Repository;
  readonly pull: Pull;
  readonly base: string;
}

/** Starts GitHub's stand-in and the App, and commits the two states of the seed as base and head of a pull request. */
export async function beginStory(seed: string, output: string): Promise<Story> {
  const gitHub = await StandIn.start();
  const settings = readEnvironment({ ...gitHub.environment(), LOG_LEVEL: 'info' });
  if (settings.kind === 'problems') throw new Error(settings.problems.join('\n'));
  mkdirSync(output, { recursive: true });
  // Links in comments lead to GitHub itself, as they would in life.
  const app = await startApp(settings.settings, {
    place: isolatedWork(),
    log: createLog('info', { write: (line) => appendFileSync(join(output, 'app.log'), line) }),
  });
  gitHub.hook = `http://127.0.0.1:${app.port}/api/github/webhooks`;
  const repository = gitHub.world.create('harbor-dev', 'harbor');
  repository.people.set('mia', 'write');
  const base = repository.git.commit(
    'main',
    { ...sources(join(seed, 'base')), '.github/goplumber.yml': 'maxComments: 30\nundecided: pass\n' },
    'Harbor runs processes and tells clients',
  );
  const head = repository.git.commit(
    'streams',
    sources(join(seed, 'story')),
    'Stream events, logs and calls to clients',
    base,
  );
  const pull = gitHub.openPull(repository, {
    title: 'Stream events, logs and calls to clients',
    branch: 'streams',
    head,
  });
  return { gitHub, app, repository, pull, base };
}

/** The files of a folder without the marks that say what the tests expect. */
function sources(folder: string): Files {
  const marked = Object.entries(filesOf(folder));
  return Object.fromEntries(marked.map(([path, text]) => [path, String(text).replace(/[ \t]*\/\/ want .*$/gm, '')]));
}

/** Announces the pull request (or its new head) and waits for the end of the review. Milliseconds it took. */
export async function review(story: Story, action: 'opened' | 'synchronize'): Promise<number> {
  const start = performance.now();
  const answer = await story.gitHub.announcePull(story.repository, story.pull, action);
  if (answer.status !== 202) throw new Error(`the App answered ${answer.status}: ${await answer.text()}`);
  await story.app.idle();
  return performance.now() - start;
}

/** The newest check run of the head. */
export function checkOf({ repository, pull }: Story): CheckRun {
  const run = repository.checkRuns.findLast((candidate) => candidate.head === pull.head);
  if (!run) throw new Error('the App made no check run');
  return run;
}
