/** The button "Apply fixes" of the check run: one commit with every verified fix, or a sentence why there is none. */
import type { JobAttempt } from '../queue/job.ts';
import { type AppliedFixes, applyAll } from '../review/apply-fixes.ts';
import type { Look } from '../review/look.ts';
import { lookAt } from '../review/look.ts';
import { prose } from '../review/markdown.ts';
import { remember } from '../review/memory.ts';
import type { ReviewRequest } from '../review/ports.ts';
import { standingOf } from '../review/standing.ts';
import type { GitHubClient } from './client.ts';
import { gitHubConversation } from './conversation.ts';
import { GitHubError } from './errors.ts';
import type { ReviewJob } from './jobs.ts';
import { mayWrite } from './people.ts';
import { gitHubPorts } from './ports.ts';
import { type PullRequest, readPullRequest } from './pull-request.ts';
import type { PullRequestScene } from './scene.ts';

type ApplyJob = Extract<ReviewJob, { readonly kind: 'apply' }>;

/** Applies the fixes at the head whose button was pressed. Throws `GitHubError`. */
export async function applyJob(scene: PullRequestScene, job: ApplyJob, context: JobAttempt): Promise<void> {
  const { request } = job;
  const { client, login, deps } = scene;
  const refuse = (sentence: string): Promise<void> => say(client, request, `Nothing was applied: ${sentence}`);
  const pull = await readPullRequest(client, request);
  if (pull.headSha !== request.headSha) {
    // An attempt whose answer was lost may have moved the head itself.
    if (context.attempt > 1 || context.resumed) return;
    return refuse(
      `the pull request has moved on to ${pull.headSha.slice(0, 7)}. The check of that head offers what is left.`,
    );
  }
  if (!pull.open) return refuse('the pull request is closed.');
  if (!(await mayWrite(client, request.repository, job.by)))
    return refuse(`${job.by} has no write access to this repository.`);
  if (pull.fork)
    return refuse('the head is in a fork, where this App may not write. The suggestions can be committed one by one.');
  const look = await lookAt(request, gitHubPorts({ client, login }), deps);
  const applied = look && applyAll(look, await wantedIn(scene, request, look));
  if (!applied) return refuse('there is no verified fix at this head.');
  const outcome = await commit(client, request, pull, applied, job.by);
  if (outcome !== undefined) await refuse(outcome);
}

/** What people dismissed is not changed behind their backs. */
async function wantedIn(
  { client, login }: PullRequestScene,
  request: ReviewRequest,
  { found }: Look,
): Promise<(diagnostic: { readonly fingerprint: string }) => boolean> {
  const port = gitHubConversation({ client, login, changedFiles: () => undefined });
  const { dismissed } = standingOf(found, remember(await port.read(request)));
  const out = new Set(dismissed.flatMap(({ group }) => group.findings.map(({ diagnostic }) => diagnostic.fingerprint)));
  return ({ fingerprint }) => !out.has(fingerprint);
}

/** Makes the commit; `input` names the repository. */
export const commitMutation = `mutation($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`;

/** Why the commit was not made; undefined when it was. */
async function commit(
  client: GitHubClient,
  { repository, headSha }: ReviewRequest,
  { headRef }: PullRequest,
  { files, messages, left }: AppliedFixes,
  by: string,
): Promise<string | undefined> {
  const more = left > 0 ? [`${left} more conflict with these and stay as suggestions.`] : [];
  const body = [
    ...messages.map((message) => `- ${message}`),
    ...more,
    '',
    `Applied for ${by}; analysed again before this commit.`,
  ];
  const input = {
    branch: { repositoryNameWithOwner: `${repository.owner}/${repository.name}`, branchName: headRef },
    expectedHeadOid: headSha,
    message: {
      headline: `Fix ${messages.length} goroutine ${messages.length === 1 ? 'leak' : 'leaks'}`,
      body: body.join('\n'),
    },
    fileChanges: {
      additions: [...files].map(([path, text]) => ({ path, contents: Buffer.from(text, 'utf8').toString('base64') })),
    },
  };
  try {
    const { data, errors } = await client.query(commitMutation, { input });
    if (data['createCommitOnBranch'] !== null && errors.length === 0) return undefined;
    return refusalOf(errors.map(({ type, message }) => `${type} ${message}`).join('; '));
  } catch (error) {
    if (!(error instanceof GitHubError) || error.retryable) throw error;
    return refusalOf(`${error.code} ${error.message}`);
  }
}

function refusalOf(text: string): string {
  if (/STALE_DATA|expected branch to point/i.test(text)) return 'the head of the branch moved in the meantime.';
  if (/FORBIDDEN|forbidden|not accessible/i.test(text))
    return 'the App may not write here. Grant it `contents: write` in its settings, and let the branch accept its commits.';
  return `GitHub refused the commit (${text.slice(0, 300)}).`;
}

async function say(client: GitHubClient, { repository, pullNumber }: ReviewRequest, sentence: string): Promise<void> {
  await client.write('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
    owner: repository.owner,
    repo: repository.name,
    issue_number: pullNumber,
    body: prose(sentence),
  });
}
