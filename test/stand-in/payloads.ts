/** Webhook payloads: GitHub's published examples with our repository, pull request and check run put in. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runBody } from './routes-checks.ts';
import { pullBody } from './routes-pulls.ts';
import type { CheckRun, Comment, IssueComment, Pull, Repository } from './state.ts';

interface Definition {
  readonly name: string;
  readonly examples: readonly Record<string, unknown>[];
}

const require = createRequire(import.meta.url);
let definitions: readonly Definition[] | undefined;

/** A published example of an event, preferably of this action. Throws when there is none. */
export function example(event: string, action: string): Record<string, unknown> {
  definitions ??= JSON.parse(
    readFileSync(require.resolve('@octokit/webhooks-examples/api.github.com/index.json'), 'utf8'),
  ) as Definition[];
  const examples = definitions.find((definition) => definition.name === event)?.examples ?? [];
  const found = examples.find((candidate) => candidate['action'] === action) ?? examples[0];
  if (!found) throw new Error(`there is no example of ${event}`);
  return structuredClone(found);
}

export function pullRequestPayload(repository: Repository, pull: Pull, action: string, installationId: number): object {
  const payload = example('pull_request', action);
  const body = pullBody(repository, pull) as Record<string, unknown>;
  return {
    ...common(payload, repository, action, installationId),
    number: pull.number,
    pull_request: merge(payload['pull_request'], body),
  };
}

export function checkRunPayload(repository: Repository, run: CheckRun, installationId: number): object {
  const payload = example('check_run', 'rerequested');
  return {
    ...common(payload, repository, 'rerequested', installationId),
    check_run: merge(payload['check_run'], runBody(repository, run) as Record<string, unknown>),
  };
}

/** A person pressed a button of a check run. */
export function requestedActionPayload(
  repository: Repository,
  run: CheckRun,
  identifier: string,
  by: string,
  installationId: number,
): object {
  const payload = checkRunPayload(repository, run, installationId) as Record<string, unknown>;
  const sender = merge(payload['sender'], { login: by, type: 'User' });
  return { ...payload, action: 'requested_action', requested_action: { identifier }, sender };
}

export function checkSuitePayload(repository: Repository, run: CheckRun, installationId: number): object {
  const payload = example('check_suite', 'rerequested');
  const { pull_requests: pulls } = runBody(repository, run) as { pull_requests: unknown };
  return {
    ...common(payload, repository, 'rerequested', installationId),
    check_suite: merge(payload['check_suite'], { id: run.suite, head_sha: run.head, pull_requests: pulls }),
  };
}

/** The commit `head` that the queue built on `base`, the tip of its queue. */
export function mergeGroupPayload(
  repository: Repository,
  group: { readonly base: string; readonly head: string; readonly pull: Pull },
  installationId: number,
): object {
  const payload = example('merge_group', 'checks_requested');
  return {
    ...common(payload, repository, 'checks_requested', installationId),
    merge_group: merge(payload['merge_group'], {
      head_sha: group.head,
      base_sha: group.base,
      base_ref: `refs/heads/${group.pull.baseRef}`,
      head_ref: `refs/heads/gh-readonly-queue/${group.pull.baseRef}/pr-${group.pull.number}-${group.base}`,
    }),
  };
}

/** The owner did something to the installation, e.g. `unsuspend`. */
export function installationPayload(action: string, installationId: number): object {
  const payload = example('installation', action);
  return { ...payload, action, installation: merge(payload['installation'], { id: installationId }) };
}

/** A reply in the thread of a review comment. */
export function reviewCommentPayload(
  repository: Repository,
  pull: Pull,
  comment: Comment,
  installationId: number,
  bot: boolean,
): object {
  const payload = example('pull_request_review_comment', 'created');
  const { body, author } = comment;
  const user = { login: author, type: bot ? 'Bot' : 'User' };
  return {
    ...common(payload, repository, 'created', installationId),
    sender: merge(payload['sender'], user),
    comment: merge(payload['comment'], {
      id: comment.id,
      body,
      user,
      ...(comment.inReplyTo === undefined ? {} : { in_reply_to_id: comment.inReplyTo }),
    }),
    pull_request: merge(payload['pull_request'], pullBody(repository, pull) as Record<string, unknown>),
  };
}

/** A comment of the conversation. */
export function talkPayload(
  repository: Repository,
  pull: Pull,
  { id, author, body }: IssueComment,
  installationId: number,
  bot: boolean,
): object {
  const payload = example('issue_comment', 'created');
  const user = { login: author, type: bot ? 'Bot' : 'User' };
  return {
    ...common(payload, repository, 'created', installationId),
    sender: merge(payload['sender'], user),
    comment: merge(payload['comment'], { id, body, user }),
    issue: merge(payload['issue'], {
      number: pull.number,
      state: pull.state,
      user: { login: pull.author, type: 'User' },
      pull_request: { url: 'https://api.github.com/pulls' },
    }),
  };
}

function common(
  payload: Record<string, unknown>,
  { id, owner, name }: Repository,
  action: string,
  installationId: number,
): Record<string, unknown> {
  const repository = merge(payload['repository'], { id, name, full_name: `${owner}/${name}`, owner: { login: owner } });
  return { ...payload, action, repository, installation: { id: installationId } };
}

function merge(target: unknown, source: Record<string, unknown>): Record<string, unknown> {
  return { ...(target as Record<string, unknown>), ...source };
}
