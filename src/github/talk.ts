/** Answering people: reactions on what they wrote, and replies that are made once. */

import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';
import type { AskedCommand } from './jobs.ts';
import { writeLimits } from './limits.ts';
import { maxConversationPages } from './reviews.ts';

export type Reaction = 'eyes' | '+1' | '-1' | 'confused' | 'rocket';

/** The conversation around one comment. Where it is locked, nothing is said and the command is obeyed. Throws `GitHubError`. */
export interface Talk {
  /** Twice the same reaction is one. */
  react(content: Reaction): Promise<void>;
  /** Answers where the comment stands: in its thread, or in the conversation. */
  reply(text: string): Promise<void>;
}

/** `again`: an earlier attempt may have replied already, which is looked up first. */
export function talkAbout(client: GitHubClient, asked: AskedCommand, own: string, again: boolean): Talk {
  const { repository, pullNumber, commentId, threadId } = asked;
  const place = { owner: repository.owner, repo: repository.name };
  const mark = `<!-- goplumber-answer: ${commentId} -->`;
  return {
    async react(content) {
      const parameters = { ...place, comment_id: commentId, content };
      await unlessLocked(
        asked.place === 'thread'
          ? client.write('POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions', parameters)
          : client.write('POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', parameters),
      );
    },
    async reply(text) {
      if (again && (await answered(client, asked, own, mark))) return;
      const body = `${text.slice(0, writeLimits.commentBody - mark.length - 10)}\n\n${mark}`;
      if (asked.place === 'thread') {
        const route = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies';
        const root = threadId ?? commentId;
        await unlessLocked(client.write(route, { ...place, pull_number: pullNumber, comment_id: root, body }));
      } else {
        const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
        await unlessLocked(client.write(route, { ...place, issue_number: pullNumber, body }));
      }
    },
  };
}

async function unlessLocked(saying: Promise<unknown>): Promise<void> {
  await saying.catch((error: unknown) => {
    if (!(error instanceof GitHubError) || error.code !== 'forbidden') throw error;
  });
}

async function answered(
  client: GitHubClient,
  { repository, pullNumber, place }: AskedCommand,
  own: string,
  mark: string,
): Promise<boolean> {
  const of = { owner: repository.owner, repo: repository.name };
  const comments =
    place === 'thread'
      ? await client.pages(
          'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments',
          { ...of, pull_number: pullNumber },
          maxConversationPages,
        )
      : await client.pages(
          'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
          { ...of, issue_number: pullNumber },
          maxConversationPages,
        );
  return comments.some(({ user, body }) => user?.login === own && body?.includes(mark) === true);
}
