/** Review threads over GraphQL: reading, resolving, hiding. */
import { GraphQLError } from 'graphql';
import type { Actor } from './http.ts';
import type { Comment, Repository } from './state.ts';
import type { World } from './world.ts';

/** The threads of a pull request, each with the comments in it. */
export function pullThreads(repository: Repository, number: number, actor: Actor): object | null {
  const pull = repository.pulls.find((candidate) => candidate.number === number);
  if (!pull) return null;
  const roots = pull.comments.filter(({ inReplyTo, review }) => inReplyTo === undefined && review.state !== 'PENDING');
  return {
    reviewThreads({ first, after }: { first: number; after?: string }) {
      const start = after ? Number(after) : 0;
      const shown = roots.slice(start, start + first);
      return {
        pageInfo: { hasNextPage: start + first < roots.length, endCursor: String(start + first) },
        nodes: shown.map((root) => ({
          id: `PRRT_${root.id}`,
          isResolved: root.resolvedBy !== undefined,
          isOutdated: root.line === undefined,
          viewerCanResolve: grants(actor, 'contents'),
          resolvedBy: root.resolvedBy === undefined ? null : { login: root.resolvedBy.replace(/\[bot\]$/, '') },
          comments: {
            nodes: [root, ...pull.comments.filter(({ inReplyTo }) => inReplyTo === root.id)].map((comment) => ({
              databaseId: comment.id,
              isMinimized: comment.hidden,
            })),
          },
        })),
      };
    },
  };
}

interface Input<Fields> {
  readonly input: Fields;
}

/** Resolving needs `contents: write`, hiding `pull_requests: write`. */
export function threadMutations(world: World, actor: Actor): object {
  const login = actor.kind === 'app' ? '' : actor.login;
  const thread = ({ input }: Input<{ threadId: string }>): Comment => {
    if (!grants(actor, 'contents')) throw forbidden();
    return find(world, input.threadId, 'PRRT_');
  };
  const subject = ({ input }: Input<{ subjectId: string }>): Comment => {
    if (!grants(actor, 'pull_requests')) throw forbidden();
    return find(world, input.subjectId, 'PRRC_');
  };
  return {
    resolveReviewThread(args: Input<{ threadId: string }>) {
      thread(args).resolvedBy = login;
      return {};
    },
    unresolveReviewThread(args: Input<{ threadId: string }>) {
      thread(args).resolvedBy = undefined;
      return {};
    },
    minimizeComment(args: Input<{ subjectId: string }>) {
      subject(args).hidden = true;
      return {};
    },
    unminimizeComment(args: Input<{ subjectId: string }>) {
      subject(args).hidden = false;
      return {};
    },
  };
}

export function grants(actor: Actor, permission: string): boolean {
  return actor.kind !== 'app' && actor.permissions[permission] === 'write';
}

/** Whether a permission was granted at all. */
export function reads(actor: Actor, permission: string): boolean {
  return actor.kind !== 'app' && ['read', 'write'].includes(actor.permissions[permission] ?? '');
}

export function forbidden(): GraphQLError {
  return new GraphQLError('Resource not accessible by integration', { extensions: { type: 'FORBIDDEN' } });
}

function find(world: World, id: string, prefix: string): Comment {
  const comments = world.repositories.flatMap(({ pulls }) => pulls.flatMap((pull) => pull.comments));
  const found = comments.find((comment) => `${prefix}${comment.id}` === id);
  if (!found) {
    const message = `Could not resolve to a node with the global id of '${id}'`;
    throw new GraphQLError(message, { extensions: { type: 'NOT_FOUND' } });
  }
  return found;
}
