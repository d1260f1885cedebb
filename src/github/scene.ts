/** What the parts of work on one pull request share. */
import type { ReviewDeps } from '../review/review-pull-request.ts';
import type { GitHubClient } from './client.ts';
import type { OwnLogin } from './identity.ts';

export interface PullRequestScene {
  readonly client: GitHubClient;
  readonly login: OwnLogin;
  readonly deps: ReviewDeps;
}
