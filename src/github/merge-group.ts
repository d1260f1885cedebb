/**
 * The review of a commit that a merge queue built. A required check must report there, too, under the same name. Nothing
 * can be commented on such a commit: what is found stands in the check. What people dismissed in the pull request that
 * the commit adds does not throw it out of the queue.
 */
import type { Conversation, ConversationPort, PullRequestState, ReviewPorts, ReviewRequest } from '../review/ports.ts';
import { type ChangedFiles, changedFilesOf } from './changed-files.ts';
import { type CheckOptions, gitHubChecks } from './check-run.ts';
import type { GitHubClient } from './client.ts';
import { gitHubConfig } from './config-file.ts';
import { gitHubConversation } from './conversation.ts';
import { GitHubError } from './errors.ts';
import type { MergeGroup } from './jobs.ts';
import { maxComparedFiles } from './limits.ts';
import { readPullRequest } from './pull-request.ts';
import { listSources, readSources } from './snapshot.ts';
import { readTreeChanges } from './tree-changes.ts';

/** The request that stands for the group: no pull request has the number 0. */
export function groupRequest({ repository, headSha }: MergeGroup): ReviewRequest {
  return { repository, pullNumber: 0, headSha };
}

/** Ports for one review of a group. */
export function mergeGroupPorts(group: MergeGroup, options: CheckOptions): ReviewPorts {
  const { client } = options;
  const bare: PullRequestState = {
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
        if (!go) return { kind: 'nothing' };
        return { kind: 'change', pull: { ...bare, ...(await queuedPull(client, group)) }, go, configChanged: false };
      },
      state: async () => bare,
      async snapshot(request) {
        const { changed, mergeBaseSha } = await comparison();
        const commits = { base: mergeBaseSha, head: group.headSha };
        const listing = await listSources(client, group.repository, commits, changed);
        const sources = await readSources(client, group.repository, listing, changed);
        return { ...request, baseSha: group.baseSha, mergeBaseSha, draft: false, fork: false, ...sources };
      },
    },
    config: gitHubConfig(client),
    conversation: { ...silentConversation, read: () => readQueued(group, options) },
    checks: gitHubChecks(options),
  };
}

interface Comparison {
  readonly changed: ChangedFiles;
  readonly mergeBaseSha: string;
}

/** What the configuration asks of the pull request: one that it skips, or that is paused, is not held up by the queue. */
async function queuedPull(
  client: GitHubClient,
  { repository, pullNumber }: MergeGroup,
): Promise<Pick<PullRequestState, 'author' | 'labels'> | undefined> {
  if (pullNumber === undefined) return undefined;
  try {
    const { author, labels } = await readPullRequest(client, { repository, pullNumber });
    return { author, labels };
  } catch (error) {
    if (error instanceof GitHubError && (error.code === 'gone' || error.code === 'forbidden')) return undefined;
    throw error;
  }
}

async function readComparison(client: GitHubClient, group: MergeGroup): Promise<Comparison> {
  try {
    const shown = await readShownComparison(client, group);
    if (shown) return shown;
  } catch (error) {
    if (!(error instanceof GitHubError) || error.code !== 'too-large') throw error;
  }
  // The queue put the commit on top of its base.
  const commits = { base: group.baseSha, head: group.headSha };
  return { changed: await readTreeChanges(client, group.repository, commits), mergeBaseSha: group.baseSha };
}

/** Undefined where GitHub may show only the first of the files. */
async function readShownComparison(client: GitHubClient, group: MergeGroup): Promise<Comparison | undefined> {
  const comparison = await client.read('GET /repos/{owner}/{repo}/compare/{basehead}', {
    owner: group.repository.owner,
    repo: group.repository.name,
    basehead: `${group.baseSha}...${group.headSha}`,
    per_page: 1,
    page: 1,
  });
  const listed = comparison.files ?? [];
  if (listed.length >= maxComparedFiles) return undefined;
  return { changed: { ...changedFilesOf(listed), omissions: [] }, mergeBaseSha: comparison.merge_base_commit.sha };
}

/** What was said in the pull request; nothing of it is to be seen beside the code of this commit. */
async function readQueued(
  { repository, pullNumber, headSha }: MergeGroup,
  { client, login }: CheckOptions,
): Promise<Conversation> {
  if (pullNumber === undefined) return nothingSaid;
  const port = gitHubConversation({ client, login, changedFiles: () => undefined });
  try {
    const { comments, ...rest } = await port.read({ repository, pullNumber, headSha });
    return { ...rest, comments: comments.map(({ line: _, ...comment }) => comment) };
  } catch (error) {
    if (error instanceof GitHubError && (error.code === 'gone' || error.code === 'forbidden')) return nothingSaid;
    throw error;
  }
}

const nothingSaid: Conversation = { comments: [], reviews: [], complete: true };

const silentConversation: Omit<ConversationPort, 'read'> = {
  amend: async () => {},
  postReview: async (_, { comments }) => ({
    posted: 0,
    refused: comments.map((comment) => ({ comment, reason: 'a commit of the merge queue cannot be commented on' })),
  }),
};
