/**
 * Which requests the process of a job may have made. Its token is the installation's, and a process that was taken over by
 * what it read must not reach other repositories with it, nor do in this one what no review does.
 */
import { commitMutation } from '../github/apply-work.ts';
import { type ReviewJob, repositoryOf } from '../github/jobs.ts';
import type { Call } from '../github/transport.ts';
import type { Task } from '../github/work.ts';
import type { RepositoryRef } from '../review/ports.ts';

const repository = '/repos/{owner}/{repo}';

const reads: ReadonlySet<string> = new Set(
  [
    '/pulls/{pull_number}',
    '/pulls/{pull_number}/files',
    '/pulls/{pull_number}/comments',
    '/pulls/{pull_number}/reviews',
    '/issues/{issue_number}/comments',
    '/compare/{basehead}',
    '/git/trees/{tree_sha}',
    '/git/blobs/{file_sha}',
    '/commits/{ref}/check-runs',
    '/collaborators/{username}/permission',
  ].map((path) => `GET ${repository}${path}`),
);

const writesOfReviews: ReadonlySet<string> = new Set(
  [
    'POST /check-runs',
    'PATCH /check-runs/{check_run_id}',
    'POST /pulls/{pull_number}/reviews',
    'PUT /pulls/{pull_number}/reviews/{review_id}',
    'DELETE /pulls/{pull_number}/reviews/{review_id}',
    'PATCH /pulls/comments/{comment_id}',
  ].map(inRepository),
);

const writesOfCommands: ReadonlySet<string> = new Set(
  [
    'POST /pulls/comments/{comment_id}/reactions',
    'POST /issues/comments/{comment_id}/reactions',
    'POST /pulls/{pull_number}/comments/{comment_id}/replies',
    'POST /issues/{issue_number}/comments',
    'POST /issues/{issue_number}/labels',
    'DELETE /issues/{issue_number}/labels/{name}',
  ].map(inRepository),
);

function inRepository(route: string): string {
  const [method, path] = route.split(' ');
  return `${method} ${repository}${path}`;
}

const threadMutations = ['minimizeComment', 'unminimizeComment', 'resolveReviewThread', 'unresolveReviewThread'];

/** Whether work on this task makes such a request. */
export function mayCall(task: Task, call: Call): boolean {
  const job = task.kind === 'job' ? task.job : undefined;
  if (call.kind === 'query') return mayQuery(job, repositoryOfTask(task), call.text, call.variables);
  const { owner, repo } = call.parameters;
  if (!isSame(repositoryOfTask(task), owner, repo)) return false;
  if (call.kind === 'read') return reads.has(call.route);
  if (!writes(job)) return false;
  if (writesOfReviews.has(call.route)) return true;
  return (job?.kind === 'command' || job?.kind === 'apply') && writesOfCommands.has(call.route);
}

/** Whether this kind of work changes anything at GitHub. */
function writes(job: ReviewJob | undefined): boolean {
  return job?.kind !== 'feedback' && job?.kind !== 'label';
}

function repositoryOfTask(task: Task): RepositoryRef {
  return task.kind === 'job' ? repositoryOf(task.job) : task.request.repository;
}

function isSame({ owner, name }: RepositoryRef, otherOwner: unknown, otherName: unknown): boolean {
  const lower = (text: unknown) => (typeof text === 'string' ? text.toLowerCase() : '');
  return lower(otherOwner) === owner.toLowerCase() && lower(otherName) === name.toLowerCase();
}

/** Every word of our queries, so that no other field can be asked for; ids and paths stand in strings. */
const words: ReadonlySet<string> = new Set(
  `query mutation String Int on owner name number after first repository configured organisation object expression oid
  Tree Blob entries type mode byteSize text isBinary isTruncated pullRequest reviewThreads pageInfo hasNextPage endCursor
  nodes id isResolved viewerCanResolve resolvedBy login comments databaseId isMinimized own input subjectId classifier
  RESOLVED threadId clientMutationId`
    .split(/\s+/)
    .concat(threadMutations),
);

/** A query begins at the repository of the task, or at `.github` of its owner; a mutation does something to threads. */
function mayQuery(
  job: ReviewJob | undefined,
  of: RepositoryRef,
  text: string,
  variables: Readonly<Record<string, unknown>>,
): boolean {
  if (text.startsWith('mutation($input: CreateCommitOnBranchInput!) {'))
    return text === commitMutation && job?.kind === 'apply' && commitsTo(of, variables);
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, (literal) => (literal === '".github"' ? '$organisation' : ''));
  const used = bare.match(/[A-Za-z_]\w*/g) ?? [];
  if (!used.every((word) => words.has(word) || /^[om]\d+$/.test(word))) return false;
  if (/^\s*mutation\b/.test(text)) return writes(job) && !/\brepository\b/.test(bare);
  const asked = bare.match(/\brepository\b/g) ?? [];
  const right = bare.match(/\brepository\(owner: \$owner, name: \$(?:name|organisation)\)/g) ?? [];
  return asked.length === right.length && isSame(of, variables['owner'], variables['name']);
}

function commitsTo({ owner, name }: RepositoryRef, variables: Readonly<Record<string, unknown>>): boolean {
  const input = variables['input'] as { readonly branch?: { readonly repositoryNameWithOwner?: unknown } } | undefined;
  const full = input?.branch?.repositoryNameWithOwner;
  return typeof full === 'string' && full.toLowerCase() === `${owner}/${name}`.toLowerCase();
}
