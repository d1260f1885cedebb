/** What people did to our threads: resolved, hidden. Only GraphQL tells. */
import type { ExistingComment, ThreadState } from '../review/conversation.ts';
import type { ReviewRequest } from '../review/ports.ts';
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';

/** By the number of the comment that begins the thread. */
export type Threads = ReadonlyMap<number, Pick<ExistingComment, 'thread' | 'hidden'>>;

export const noThreads: Threads = new Map();

const question = `query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id isResolved viewerCanResolve resolvedBy { login }
          comments(first: 1) { nodes { databaseId isMinimized } }
        }
      }
    }
  }
}`;

/** Pages of 100 threads that are read. */
const maxPages = 20;

/**
 * The threads of a pull request. `own` is our login; what we resolved ourselves names nobody. Where GitHub refuses to
 * tell, nothing is known of threads and every comment counts as open.
 */
export async function readThreads(client: GitHubClient, request: ReviewRequest, own: string): Promise<Threads> {
  const threads = new Map<number, Pick<ExistingComment, 'thread' | 'hidden'>>();
  let after: string | null = null;
  for (let page = 0; page < maxPages; page++) {
    const connection = await readPage(client, request, after);
    for (const node of connection.nodes) {
      const thread = threadOf(node, own.replace(/\[bot\]$/, ''));
      if (thread) threads.set(thread.commentId, { thread: thread.state, hidden: thread.hidden });
    }
    if (connection.next === undefined) break;
    after = connection.next;
  }
  return threads;
}

async function readPage(
  client: GitHubClient,
  { repository, pullNumber }: ReviewRequest,
  after: string | null,
): Promise<{ readonly nodes: readonly unknown[]; readonly next?: string }> {
  const variables = { owner: repository.owner, name: repository.name, number: pullNumber, after };
  const data = await client.query(question, variables).then(
    (result) => result.data,
    (error: unknown) => {
      if (error instanceof GitHubError && (error.code === 'forbidden' || error.code === 'gone')) return {};
      throw error;
    },
  );
  const connection = field(field(field(data, 'repository'), 'pullRequest'), 'reviewThreads');
  const nodes = connection?.['nodes'];
  const info = field(connection, 'pageInfo');
  const next = info?.['hasNextPage'] === true ? info['endCursor'] : undefined;
  return { nodes: Array.isArray(nodes) ? nodes : [], ...(typeof next === 'string' && { next }) };
}

function threadOf(
  node: unknown,
  ownName: string,
): { readonly commentId: number; readonly state: ThreadState; readonly hidden: boolean } | undefined {
  if (!isRecord(node)) return undefined;
  const comments = field(node, 'comments')?.['nodes'];
  const first: unknown = Array.isArray(comments) ? comments[0] : undefined;
  if (!isRecord(first) || typeof first['databaseId'] !== 'number') return undefined;
  const by = field(node, 'resolvedBy')?.['login'];
  const state: ThreadState = {
    id: String(node['id']),
    isResolved: node['isResolved'] === true,
    ...(typeof by === 'string' && by.replace(/\[bot\]$/, '') !== ownName && { resolvedBy: by }),
    canResolve: node['viewerCanResolve'] === true,
  };
  return { commentId: first['databaseId'], state, hidden: first['isMinimized'] === true };
}

function field(value: unknown, name: string): Record<string, unknown> | undefined {
  const inner = isRecord(value) ? value[name] : undefined;
  return isRecord(inner) ? inner : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
