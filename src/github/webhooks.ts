/**
 * Webhooks in, jobs out. A payload is read field by field and never trusted to be what its type says: one that lacks a
 * field leads to a reason instead of a job. Nothing is asked of GitHub while a webhook waits for its answer; what the
 * payload does not say is looked up by the job.
 */
import { commandLine } from '../review/command.ts';
import type { RepositoryRef } from '../review/ports.ts';
import { applyAction } from './check-output.ts';
import { parseExternalId } from './external-id.ts';
import type { AskedCommand, ReviewJob } from './jobs.ts';

/** What a webhook leads to: work, nothing, or nothing because it cannot be read. */
export type WebhookMeaning =
  | { readonly kind: 'job'; readonly job: ReviewJob }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'incomplete'; readonly missing: string };

type Fields = Readonly<Record<string, unknown>>;

/** Actions of `pull_request` that bring a head that was not judged. */
const newHeads: ReadonlySet<string> = new Set(['opened', 'synchronize']);

/** Actions of `pull_request` after which the same head may deserve another verdict; `closed` ends what is under way. */
const newFacts: ReadonlySet<string> = new Set(['reopened', 'ready_for_review', 'labeled', 'unlabeled', 'closed']);

const ignored: WebhookMeaning = { kind: 'ignored' };

/** Reads a webhook. `event` is GitHub's name of it, e.g. `pull_request`. */
export function readWebhook(event: string, payload: Fields): WebhookMeaning {
  const read = readers.get(event);
  const action = payload['action'];
  if (!read) return ignored;
  if (typeof action !== 'string') return { kind: 'incomplete', missing: 'action' };
  try {
    return read(action, payload);
  } catch (error) {
    if (error instanceof MissingField) return { kind: 'incomplete', missing: error.field };
    throw error;
  }
}

type Reader = (action: string, payload: Fields) => WebhookMeaning;

const readers: ReadonlyMap<string, Reader> = new Map([
  ['pull_request', readPullRequestEvent],
  ['check_run', readCheckRunEvent],
  ['check_suite', readCheckSuiteEvent],
  ['issue_comment', readConversationEvent],
  ['pull_request_review_comment', readThreadEvent],
  ['merge_group', readMergeGroupEvent],
  ['installation', readInstallationEvent],
  ['installation_repositories', readInstallationEvent],
]);

/** The events that can lead to work; `app.yml` subscribes to those that are not sent to every App. */
export const knownEvents: ReadonlySet<string> = new Set(readers.keys());

function readPullRequestEvent(action: string, payload: Fields): WebhookMeaning {
  // An edit of title or text changes nothing; one of the base changes the whole comparison.
  const baseEdited = action === 'edited' && asRecord(asRecord(payload['changes'])?.['base']) !== undefined;
  const again = newFacts.has(action) || baseEdited;
  if (!again && !newHeads.has(action)) return ignored;
  const { of, repository } = commonOf(payload);
  const pull = record(payload, 'pull_request');
  const pullNumber = count(pull, 'number', 'pull_request.number');
  const headSha = sha(record(pull, 'head', 'pull_request.head'), 'sha', 'pull_request.head.sha');
  const request = { repository, pullNumber, headSha, ...(action === 'closed' && { ended: true }) };
  if (!action.endsWith('labeled')) return job({ kind: 'review', ...of, request, ...(again ? { again } : {}) });
  return job({ kind: 'label', ...of, request, label: text(record(payload, 'label'), 'name', 'label.name') });
}

/** A comment of the conversation; those of issues that are no pull request are not for us. */
function readConversationEvent(action: string, payload: Fields): WebhookMeaning {
  if (action !== 'created') return ignored;
  const issue = record(payload, 'issue');
  if (!asRecord(issue['pull_request'])) return ignored;
  return readCommand(payload, count(issue, 'number', 'issue.number'), 'conversation');
}

function readThreadEvent(action: string, payload: Fields): WebhookMeaning {
  if (action !== 'created') return ignored;
  const pull = record(payload, 'pull_request');
  return readCommand(payload, count(pull, 'number', 'pull_request.number'), 'thread');
}

/** A command of a person. Bots, and so we ourselves, are not heard. */
function readCommand(payload: Fields, pullNumber: number, place: AskedCommand['place']): WebhookMeaning {
  const comment = record(payload, 'comment');
  const body = comment['body'];
  const user = record(comment, 'user', 'comment.user');
  const line = typeof body === 'string' ? commandLine(body) : undefined;
  if (user['type'] === 'Bot' || line === undefined) return ignored;
  const { of, repository } = commonOf(payload);
  const commentId = count(comment, 'id', 'comment.id');
  const root = comment['in_reply_to_id'];
  const thread = typeof root === 'number' ? { threadId: root } : {};
  const by = text(user, 'login', 'comment.user.login');
  const command = { repository, pullNumber, place, commentId, ...thread, by, text: line.slice(0, maxCommand) };
  return job({ kind: 'command', ...of, command });
}

/** UTF-16 units of a command that are kept. */
const maxCommand = 4_000;

function readCheckRunEvent(action: string, payload: Fields): WebhookMeaning {
  if (action === 'requested_action' && requestedAction(payload) === applyAction) return readApply(payload);
  const rerun = action === 'rerequested' || (action === 'requested_action' && requestedAction(payload) === 'review');
  if (!rerun) return ignored;
  const { of, repository } = commonOf(payload);
  const run = record(payload, 'check_run');
  const headSha = sha(run, 'head_sha', 'check_run.head_sha');
  const externalId = run['external_id'];
  const identity = parseExternalId(typeof externalId === 'string' ? externalId : undefined);
  if (identity && identity.pullNumber > 0) {
    const request = { repository, pullNumber: identity.pullNumber, headSha: identity.headSha };
    return job({ kind: 'review', ...of, request, again: true });
  }
  if (identity?.group) {
    const group = { repository, headSha: identity.headSha, ...identity.group };
    return job({ kind: 'merge-group', ...of, group });
  }
  const suite = asRecord(run['check_suite'])?.['id'];
  return job({ kind: 'locate', ...of, repository, headSha, suiteId: typeof suite === 'number' ? suite : 0 });
}

/** GitHub offers the button to people with write access only; the job asks all the same. */
function readApply(payload: Fields): WebhookMeaning {
  const { of, repository } = commonOf(payload);
  const externalId = record(payload, 'check_run')['external_id'];
  const identity = parseExternalId(typeof externalId === 'string' ? externalId : undefined);
  if (!identity || identity.pullNumber <= 0) return ignored;
  const request = { repository, pullNumber: identity.pullNumber, headSha: identity.headSha };
  return job({ kind: 'apply', ...of, request, by: text(record(payload, 'sender'), 'login', 'sender.login') });
}

function requestedAction(payload: Fields): unknown {
  return asRecord(payload['requested_action'])?.['identifier'];
}

/** A suite names no external id, and no pull request when the head is in a fork: the job finds out. */
function readCheckSuiteEvent(action: string, payload: Fields): WebhookMeaning {
  if (action !== 'rerequested') return ignored;
  const { of, repository } = commonOf(payload);
  const suite = record(payload, 'check_suite');
  const headSha = sha(suite, 'head_sha', 'check_suite.head_sha');
  return job({ kind: 'locate', ...of, repository, headSha, suiteId: count(suite, 'id', 'check_suite.id') });
}

function readMergeGroupEvent(action: string, payload: Fields): WebhookMeaning {
  if (action !== 'checks_requested') return ignored;
  const { of, repository } = commonOf(payload);
  const queued = record(payload, 'merge_group');
  const headSha = sha(queued, 'head_sha', 'merge_group.head_sha');
  const baseSha = sha(queued, 'base_sha', 'merge_group.base_sha');
  const pullNumber = queuedPull(queued['head_ref']);
  const group = { repository, headSha, baseSha, ...(pullNumber === undefined ? {} : { pullNumber }) };
  return job({ kind: 'merge-group', ...of, group });
}

/** `refs/heads/gh-readonly-queue/main/pr-7-<sha>` */
function queuedPull(headRef: unknown): number | undefined {
  if (typeof headRef !== 'string' || headRef.length > 1_000) return undefined;
  const [, digits] = /^refs\/heads\/gh-readonly-queue\/.+\/pr-(\d{1,9})-[0-9a-f]{40,64}$/.exec(headRef) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** After these, reviews that could not be made before can be made. */
function readInstallationEvent(action: string, payload: Fields): WebhookMeaning {
  if (!['unsuspend', 'new_permissions_accepted'].includes(action)) return ignored;
  const installation = record(payload, 'installation');
  return job({ kind: 'sweep', installationId: count(installation, 'id', 'installation.id') });
}

function job(value: ReviewJob): WebhookMeaning {
  return { kind: 'job', job: value };
}

interface Common {
  readonly of: { readonly installationId: number; readonly repositoryId?: number };
  readonly repository: RepositoryRef;
}

/** A webhook of a repository rather than of an installation brings no token to review with. */
function commonOf(payload: Fields): Common {
  const installation = record(payload, 'installation');
  const repository = record(payload, 'repository');
  const owner = record(repository, 'owner', 'repository.owner');
  const id = repository['id'];
  return {
    of: {
      installationId: count(installation, 'id', 'installation.id'),
      ...(typeof id === 'number' ? { repositoryId: id } : {}),
    },
    repository: {
      owner: name(owner, 'login', 'repository.owner.login'),
      name: name(repository, 'name', 'repository.name'),
    },
  };
}

class MissingField extends Error {
  readonly field: string;

  constructor(field: string) {
    super(`The webhook has no ${field}.`);
    this.field = field;
  }
}

function asRecord(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
}

function record(from: Fields, key: string, path = key): Fields {
  const value = asRecord(from[key]);
  if (!value) throw new MissingField(path);
  return value;
}

function count(from: Fields, key: string, path: string): number {
  const value = from[key];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) throw new MissingField(path);
  return value;
}

function text(from: Fields, key: string, path: string): string {
  const value = from[key];
  if (typeof value !== 'string') throw new MissingField(path);
  return value.slice(0, 100);
}

function name(from: Fields, key: string, path: string): string {
  const value = text(from, key, path);
  if (!/^[\w.-]+$/.test(value)) throw new MissingField(path);
  return value;
}

function sha(from: Fields, key: string, path: string): string {
  const value = from[key];
  if (typeof value !== 'string' || !/^[0-9a-f]{40,64}$/.test(value)) throw new MissingField(path);
  return value;
}
