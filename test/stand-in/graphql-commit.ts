/** `createCommitOnBranch`: one commit of whole files on a branch whose tip is the expected one. */
import { GraphQLError } from 'graphql';
import { forbidden, grants } from './graphql-threads.ts';
import type { Actor } from './http.ts';
import type { World } from './world.ts';

interface CommitInput {
  readonly branch: { readonly repositoryNameWithOwner: string; readonly branchName: string };
  readonly expectedHeadOid: string;
  readonly message: { readonly headline: string; readonly body?: string };
  readonly fileChanges: { readonly additions?: readonly { readonly path: string; readonly contents: string }[] };
}

export function commitMutation(world: World, actor: Actor): object {
  return {
    createCommitOnBranch({ input }: { readonly input: CommitInput }) {
      if (!grants(actor, 'contents')) throw forbidden();
      const [owner = '', name = ''] = input.branch.repositoryNameWithOwner.split('/');
      const repository = world.find(owner, name);
      const branch = input.branch.branchName.replace(/^refs\/heads\//, '');
      const tip = repository?.git.resolve(`refs/heads/${branch}`);
      if (!repository || tip === undefined) throw notFound(branch);
      if (repository.protectedBranches.has(branch)) {
        const message = `Repository rule violations found\n\nChanges must be made through a pull request.`;
        throw new GraphQLError(message, { extensions: { type: 'UNPROCESSABLE' } });
      }
      if (tip !== input.expectedHeadOid) {
        const message = `Expected branch to point to "${input.expectedHeadOid}" but it points to "${tip}". Pull and try again.`;
        throw new GraphQLError(message, { extensions: { type: 'STALE_DATA' } });
      }
      const files = (input.fileChanges.additions ?? []).map(
        ({ path, contents }) => [path, Buffer.from(contents, 'base64')] as const,
      );
      const { headline, body = '' } = input.message;
      const message = body === '' ? headline : `${headline}\n\n${body}`;
      return { commit: { oid: repository.git.commit(branch, Object.fromEntries(files), message, tip) } };
    },
  };
}

function notFound(branch: string): GraphQLError {
  return new GraphQLError(`Could not resolve to a branch with the name '${branch}'`, {
    extensions: { type: 'NOT_FOUND' },
  });
}
