/** Commands: who asked is asked of GitHub, what they want is done, and they always hear of it. */
import { parseConfig } from '../config/parse-config.ts';
import type { JobAttempt } from '../queue/job.ts';
import { dismissedBody, reopenedBody, reopenedReviews } from '../review/amend.ts';
import { configText, explainText, helpText, refusedText } from '../review/answer.ts';
import { type Command, commands, mayGive, parseCommand, pausedLabel } from '../review/command.ts';
import { lookAt } from '../review/look.ts';
import { readMarker } from '../review/marker.ts';
import { remember } from '../review/memory.ts';
import type { ExistingComment, ReviewRequest } from '../review/ports.ts';
import { recognise } from '../review/recognise.ts';
import type { Tally } from '../review/tally.ts';
import { editComment, mutation } from './amend.ts';
import type { GitHubClient } from './client.ts';
import { gitHubConfig } from './config-file.ts';
import { gitHubConversation } from './conversation.ts';
import { GitHubError } from './errors.ts';
import type { AskedCommand, ReviewJob } from './jobs.ts';
import { mayWrite } from './people.ts';
import { gitHubPorts } from './ports.ts';
import { readPullRequest } from './pull-request.ts';
import { updateReview } from './reviews.ts';
import type { PullRequestScene } from './scene.ts';
import { type Talk, talkAbout } from './talk.ts';

type CommandJob = Extract<ReviewJob, { readonly kind: 'command' }>;

interface Scene extends PullRequestScene {
  readonly job: CommandJob;
  readonly asked: AskedCommand;
  readonly talk: Talk;
  readonly request: ReviewRequest;
  readonly baseSha: string;
  /** Work that follows. */
  readonly next: ReviewJob[];
  /** Rules of the findings that are dismissed. */
  readonly dismissed: string[];
}

/** What a command leads to. */
export interface Obeyed {
  readonly next: readonly ReviewJob[];
  readonly tally: Tally;
}

/** Obeys a command, or says why not. Throws `GitHubError`. */
export async function commandJob(scene: PullRequestScene, job: CommandJob, context: JobAttempt): Promise<Obeyed> {
  const { command: asked } = job;
  const command = parseCommand(asked.text);
  const { client } = scene;
  const own = await scene.login();
  const next: ReviewJob[] = [];
  const dismissed: string[] = [];
  const obeyed: Obeyed = { next, tally: { found: [], fixed: [], applied: [], dismissed } };
  if (!command || asked.by === own) return obeyed;
  const talk = talkAbout(client, asked, own, context.resumed || context.attempt > 1);
  await talk.react('eyes');
  const pull = await readPullRequest(client, asked);
  const writes = await mayWrite(client, asked.repository, asked.by);
  if (!mayGive(command, { writes, author: asked.by === pull.author })) {
    const known = command.kind === 'unknown' ? commands.help : commands[command.kind];
    await talk.react('-1');
    await talk.reply(refusedText(known.usage, known.byAuthor));
    return obeyed;
  }
  const request = { repository: asked.repository, pullNumber: asked.pullNumber, headSha: pull.headSha };
  await obey({ ...scene, job, asked, talk, request, baseSha: pull.baseSha, next, dismissed }, command);
  return obeyed;
}

async function obey(scene: Scene, command: Command): Promise<void> {
  const { talk } = scene;
  switch (command.kind) {
    case 'review':
      await talk.react('+1');
      return reviewAgain(scene, true);
    case 'ignore':
      return ignore(scene, command.reason);
    case 'reopen':
      return reopen(scene);
    case 'pause':
    case 'resume':
      return pause(scene, command.kind === 'pause');
    case 'explain':
      return explain(scene);
    case 'config':
      return sayConfig(scene);
    case 'help':
      await talk.react('+1');
      return talk.reply(helpText());
    case 'unknown':
      await talk.react('confused');
      return talk.reply(helpText(command.word));
  }
}

function reviewAgain({ job, request, next }: Scene, asked: boolean): void {
  const { installationId, repositoryId } = job;
  const of = { installationId, ...(repositoryId === undefined ? {} : { repositoryId }) };
  next.push({ kind: 'review', ...of, request: asked ? { ...request, asked } : request, again: true });
}

/** The finding whose thread the command stands in; says so when there is none. */
async function ownThread(scene: Scene): Promise<ExistingComment | undefined> {
  const { login, asked, client, talk, request } = scene;
  const port = gitHubConversation({ client, login, changedFiles: () => undefined });
  const { comments } = await port.read(request);
  const comment = comments.find(({ id }) => id === asked.threadId);
  if (comment && readMarker(comment.body)) return comment;
  await talk.react('confused');
  await talk.reply('This command has to be a reply to one of my comments: it applies to the finding of that thread.');
  return undefined;
}

async function ignore(scene: Scene, reason: string): Promise<void> {
  const { client, talk, asked, request } = scene;
  const comment = await ownThread(scene);
  if (!comment) return;
  if (reason === '') {
    await talk.react('confused');
    return talk.reply(
      'Please give a reason: `/goplumber ignore <reason>`. People who read this later will want to know.',
    );
  }
  await editComment(client, request, comment, dismissedBody(comment.body, asked.by, reason));
  scene.dismissed.push(...(readMarker(comment.body)?.findings.map(({ rule }) => rule) ?? []));
  await talk.react('+1');
  reviewAgain(scene, false);
}

async function reopen(scene: Scene): Promise<void> {
  const { login, asked, client, talk, request } = scene;
  if (asked.threadId === undefined) {
    const port = gitHubConversation({ client, login, changedFiles: () => undefined });
    const changed = reopenedReviews(await port.read(request));
    for (const { id, body } of changed) await updateReview(client, request, id, body);
    await talk.react(changed.length > 0 ? '+1' : 'confused');
    if (changed.length === 0) return talk.reply('No finding was dismissed by deleting its comment.');
    return reviewAgain(scene, false);
  }
  const comment = await ownThread(scene);
  if (!comment) return;
  await editComment(client, request, comment, reopenedBody(comment.body));
  await showAgain(client, comment);
  await talk.react('+1');
  reviewAgain(scene, false);
}

/** Where GitHub does not let us open the thread, the marker says that it is open. */
async function showAgain(client: GitHubClient, { nodeId, hidden, thread }: ExistingComment): Promise<void> {
  const fields = [
    ...(hidden && nodeId !== undefined
      ? [`unminimizeComment(input: {subjectId: ${JSON.stringify(nodeId)}}) { clientMutationId }`]
      : []),
    ...(thread?.isResolved
      ? [`unresolveReviewThread(input: {threadId: ${JSON.stringify(thread.id)}}) { clientMutationId }`]
      : []),
  ];
  if (fields.length === 0) return;
  try {
    await client.query(mutation(fields), {});
  } catch (error) {
    if (!(error instanceof GitHubError) || error.code === 'rate-limited') throw error;
  }
}

async function pause(scene: Scene, isPaused: boolean): Promise<void> {
  const { client, talk, request } = scene;
  const issue = { owner: request.repository.owner, repo: request.repository.name, issue_number: request.pullNumber };
  if (isPaused) {
    await client.write('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', { ...issue, labels: [pausedLabel] });
  } else {
    await client
      .write('DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}', { ...issue, name: pausedLabel })
      .catch((error: unknown) => {
        if (!(error instanceof GitHubError) || error.code !== 'gone') throw error;
      });
  }
  await talk.react('+1');
  reviewAgain(scene, false);
}

async function explain(scene: Scene): Promise<void> {
  const { login, deps, client, talk, request } = scene;
  const comment = await ownThread(scene);
  if (!comment) return;
  const look = await lookAt(request, gitHubPorts({ client, login }), deps);
  const told = remember({ comments: [comment], reviews: [], complete: true });
  const findings = look?.found.groups.flatMap((group) => group.findings) ?? [];
  const pairs = recognise(
    told,
    findings.map(({ diagnostic }) => diagnostic),
  );
  const finding = findings.find(({ diagnostic }) => pairs.has(diagnostic));
  if (!look || !finding) {
    await talk.react('confused');
    return talk.reply('This finding is no longer there at the head of the pull request.');
  }
  const rule = deps.rules.find(({ meta }) => meta.id === finding.diagnostic.rule);
  await talk.react('+1');
  await talk.reply(explainText(finding, rule?.meta.summary ?? '', look.links));
}

async function sayConfig({ deps, client, talk, request, baseSha }: Scene): Promise<void> {
  const stored = await gitHubConfig(client).configText(request.repository, baseSha);
  const rules = deps.rules.map(({ meta }) => meta.id);
  await talk.react('+1');
  await talk.reply(configText(parseConfig(stored?.text ?? '', rules), stored?.origin));
}
