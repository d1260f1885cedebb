/** The GraphQL endpoint: GitHub's schema, executed over the git repositories. Only what resolvers give is answered. */
import { execute, GraphQLError, parse } from 'graphql';
import { graphqlSchema } from './contract.ts';
import { commitMutation } from './graphql-commit.ts';
import { forbidden, pullThreads, reads, threadMutations } from './graphql-threads.ts';
import type { Actor, Reply } from './http.ts';
import type { Repository } from './state.ts';
import type { World } from './world.ts';

/** `Blob.text` is cut here (bytes). */
const textLimit = 512_000;

/** Runs a query that was validated before. */
export async function answerQuery(
  world: World,
  actor: Actor,
  query: string,
  variables: Record<string, unknown>,
): Promise<Reply> {
  const rootValue = {
    ...threadMutations(world, actor),
    ...commitMutation(world, actor),
    repository({ owner, name }: { owner: string; name: string }) {
      const repository = world.follow(owner, name);
      const hidden = actor.kind === 'installation' && actor.repositories?.includes(repository?.id ?? 0) === false;
      if (!repository || hidden) {
        const message = `Could not resolve to a Repository with the name '${owner}/${name}'.`;
        throw new GraphQLError(message, { extensions: { type: 'NOT_FOUND' } });
      }
      return {
        object(args: ObjectArguments) {
          if (!reads(actor, 'contents')) throw forbidden();
          return gitObject(repository, args);
        },
        pullRequest({ number }: { number: number }) {
          if (!reads(actor, 'pull_requests')) throw forbidden();
          return pullThreads(repository, number, actor);
        },
      };
    },
  };
  const result = await execute({
    schema: graphqlSchema(),
    document: parse(query),
    rootValue,
    variableValues: variables,
  });
  // GitHub puts the type beside the message, not into extensions.
  const errors = result.errors?.map((error) => ({
    type: error.extensions['type'],
    path: error.path,
    message: error.message,
  }));
  return { status: 200, body: { data: result.data, ...(errors ? { errors } : {}) } };
}

interface ObjectArguments {
  readonly oid?: string;
  readonly expression?: string;
}

function gitObject({ git }: Repository, { oid, expression }: ObjectArguments): object | null {
  const found = git.resolve(oid ?? expression ?? '');
  if (!found) return null;
  const type = git.typeOf(found);
  if (type === 'blob') return blob(git.blob(found), found);
  if (type !== 'tree') return { __typename: 'Commit', oid: found };
  return {
    __typename: 'Tree',
    oid: found,
    entries: () =>
      git.tree(found).map((entry) => ({
        name: entry.name,
        oid: entry.oid,
        type: entry.type,
        mode: entry.mode,
        object: entry.type === 'blob' ? { __typename: 'Blob', oid: entry.oid, byteSize: entry.size } : null,
      })),
  };
}

function blob(bytes: Buffer, oid: string): object {
  const isBinary = bytes.includes(0);
  return {
    __typename: 'Blob',
    oid,
    byteSize: bytes.length,
    isBinary,
    isTruncated: bytes.length > textLimit,
    text: isBinary ? null : bytes.subarray(0, textLimit).toString('utf8'),
  };
}
