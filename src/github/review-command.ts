/** Reviewing one pull request with a token, for the command line. */
import { Octokit } from '@octokit/rest';
import type { CheckReport, ReviewDraft, ReviewPorts, ReviewRequest } from '../review/ports.ts';
import { type GitHubClient, gitHubClient } from './client.ts';
import { readApiUrl } from './environment.ts';
import { tokenLogin } from './identity.ts';
import { gitHubPorts } from './ports.ts';
import { readPullRequest } from './pull-request.ts';
import { silentLog } from './silent-log.ts';

/** What a review would have said: filled by the ports of a dry run. */
export interface Recorded {
  readonly reviews: ReviewDraft[];
  readonly reports: CheckReport[];
}

export interface TokenReview {
  readonly request: ReviewRequest;
  readonly ports: ReviewPorts;
  /** Everything that was said or, without `post`, would have been said. */
  readonly recorded: Recorded;
}

export interface TokenReviewOptions {
  readonly owner: string;
  readonly name: string;
  readonly pullNumber: number;
  readonly token: string;
  /** Post the review and the check run; otherwise they are only recorded. */
  readonly post: boolean;
  /** Told when the token may not write check runs. */
  readonly onForbidden?: (error: Error) => void;
  /** GHE_HOST and GHE_PROTOCOL are read from it. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Signs in with a token and finds the head of the pull request. Throws `GitHubError`. */
export async function tokenReview(options: TokenReviewOptions): Promise<TokenReview> {
  const client = tokenClient(options.token, readApiUrl(options.env));
  const repository = { owner: options.owner, name: options.name };
  const pull = await readPullRequest(client, { repository, pullNumber: options.pullNumber });
  const { onForbidden } = options;
  const real = gitHubPorts({ client, login: tokenLogin(client), ...(onForbidden ? { onForbidden } : {}) });
  const recorded: Recorded = { reviews: [], reports: [] };
  return {
    request: { repository, pullNumber: options.pullNumber, headSha: pull.headSha },
    ports: recordingPorts(real, recorded, options.post),
    recorded,
  };
}

/** A client that is signed in with a personal token or the token of a job. */
export function tokenClient(token: string, apiUrl: string): GitHubClient {
  return gitHubClient(new Octokit({ auth: token, baseUrl: apiUrl, log: silentLog }));
}

/** The same reads; what would be written is recorded, and passed on when `post` is set. */
export function recordingPorts(ports: ReviewPorts, recorded: Recorded, post: boolean): ReviewPorts {
  return {
    ...ports,
    conversation: {
      ...ports.conversation,
      async postReview(request, draft) {
        recorded.reviews.push(draft);
        return post ? ports.conversation.postReview(request, draft) : { posted: draft.comments.length, refused: [] };
      },
      async amend(request, amendments) {
        if (post) await ports.conversation.amend(request, amendments);
      },
    },
    checks: {
      async start(request) {
        const handle = post ? await ports.checks.start(request) : undefined;
        return {
          concluded: handle?.concluded ?? false,
          async conclude(report) {
            recorded.reports.push(report);
            await handle?.conclude(report);
          },
        };
      },
      async report(request, report) {
        recorded.reports.push(report);
        if (post) await ports.checks.report(request, report);
      },
      async close(request, report) {
        recorded.reports.push(report);
        if (post) await ports.checks.close(request, report);
      },
    },
  };
}
