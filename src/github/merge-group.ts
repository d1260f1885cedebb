/**
 * The review of a commit that a merge queue built. A required check must report there, too, under the same name. Nothing
 * can be commented on such a commit: what is found stands in the check.
 */
import type { ConversationPort, PullRequestState, ReviewPorts, ReviewRequest } from '../review/ports.ts';
import { type ChangedFiles, changedFilesOf } from './changed-files.ts';
import { type CheckOptions, gitHubChecks } from './check-run.ts';
import type { GitHubClient } from './client.ts';
import { gitHubConfig } from './config-file.ts';
import type { MergeGroup } from './jobs.ts';
import { maxComparedFiles } from './limits.ts';
import { listSources, readSources } from './snapshot.ts';

/** The request that stands for the group: no pull request has the number 0. */
export function groupRequest({ repository, headSha }: MergeGroup): ReviewRequest {
  return { repository, pullNumber: 0, headSha };
}

/** Ports for one review of a group. */
export function mergeGroupPorts(group: MergeGroup, options: CheckOptions): ReviewPorts {
  const { client } = options;
  const state: PullRequestState = {
    headSha: group.headSha,
    baseSha: group.baseSha,
    baseRef: '',
    open: true,
    draft: false,
    fork: false,
    author: '',
    labels: [],
  };
  let compared: Promise<Comparison> | undefined;
  const comparison = (): Promise<Comparison> => {
    compared ??= readComparison(client, group);
    return compared;
  };
  return {
    snapshots: {
      async occasion() {
        const { changed } = await comparison();
        const go = changed.files.some(({ path, previousPath }) =>
          [path, previousPath ?? ''].some((name) => name.endsWith('.go')),
        );
        return go ? { kind: 'change', pull: state, go, configChanged: false } : { kind: 'nothing' };
      },
      state: async () => state,
      async snapshot(request) {
        const { changed, mergeBaseSha } = await comparison();
        const commits = { base: mergeBaseSha, head: group.headSha };
        const listing = await listSources(client, group.repository, commits, changed);
        const sources = await readSources(client, group.repository, listing, changed);
        return { ...request, baseSha: group.baseSha, mergeBaseSha, draft: false, fork: false, ...sources };
      },
    },
    config: gitHubConfig(client),
    conversation: silentConversation,
    checks: gitHubChecks(options),
  };
}

interface Comparison {
  readonly changed: ChangedFiles;
  readonly mergeBaseSha: string;
}

async function readComparison(client: GitHubClient, group: MergeGroup): Promise<Comparison> {
  const comparison = await client.read('GET /repos/{owner}/{repo}/compare/{basehead}', {
    owner: group.repository.owner,
    repo: group.repository.name,
    basehead: `${group.baseSha}...${group.headSha}`,
    per_page: 1,
    page: 1,
  });
  const listed = comparison.files ?? [];
  const beyond = `GitHub shows ${maxComparedFiles} files of a comparison; there may be more`;
  const changed = changedFilesOf(listed);
  const omissions = listed.length < maxComparedFiles ? [] : [{ path: '(merge queue)', reason: beyond }];
  return { changed: { ...changed, omissions }, mergeBaseSha: comparison.merge_base_commit.sha };
}

const silentConversation: ConversationPort = {
  read: async () => ({ comments: [], reviews: [], complete: true }),
  amend: async () => {},
  postReview: async (_, { comments }) => ({
    posted: 0,
    refused: comments.map((comment) => ({ comment, reason: 'a commit of the merge queue takes no comments' })),
  }),
};
