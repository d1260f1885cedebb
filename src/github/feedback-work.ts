/** Reads what people made of our comments, when a pull request is closed. Nothing is written to GitHub. */
import { feedbackOf, openSuggestions, type PullFeedback } from '../review/feedback.ts';
import { remember } from '../review/memory.ts';
import type { ReviewRequest } from '../review/ports.ts';
import type { GitHubClient } from './client.ts';
import { gitHubConversation } from './conversation.ts';
import type { OwnLogin } from './identity.ts';
import { readPullRequest } from './pull-request.ts';

/** Files that are read at the last head; a pull request has few open suggestions. */
const maxFiles = 20;

/** Undefined when there is nothing to record: the pull request is open again, or we said nothing there. Throws `GitHubError`. */
export async function feedbackJob(
  client: GitHubClient,
  login: OwnLogin,
  request: ReviewRequest,
): Promise<PullFeedback | undefined> {
  const conversation = gitHubConversation({ client, login, changedFiles: () => undefined });
  const told = remember(await conversation.read(request));
  if (told.length === 0) return undefined;
  const pull = await readPullRequest(client, request);
  if (pull.open) return undefined;
  const files = await readFiles(client, request, pull.headSha, openSuggestions(told).slice(0, maxFiles));
  const { owner, name } = request.repository;
  return {
    pull: `${owner}/${name}#${request.pullNumber}`,
    merged: pull.merged,
    at: Date.now(),
    comments: feedbackOf(told, (path) => files.get(path)),
  };
}

/** Files at a commit, in one request; those that are not there or not text are left out. */
async function readFiles(
  client: GitHubClient,
  { repository: { owner, name } }: ReviewRequest,
  sha: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (paths.length === 0) return new Map();
  const fields = paths.map(
    (path, at) => `o${at}: object(expression: ${JSON.stringify(`${sha}:${path}`)}) { ... on Blob { text } }`,
  );
  const question = `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${fields.join(' ')} } }`;
  const { data } = await client.query(question, { owner, name });
  const repository = (data['repository'] ?? {}) as Readonly<Record<string, { readonly text?: unknown } | null>>;
  const texts = paths.map((path, at) => [path, repository[`o${at}`]?.text] as const);
  return new Map(texts.flatMap(([path, text]) => (typeof text === 'string' ? [[path, text] as const] : [])));
}
