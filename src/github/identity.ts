/** Who we are on GitHub: whose comments are ours. */
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';

/** The login under which our comments appear, e.g. `goplumber[bot]`. Asked for once. */
export type OwnLogin = () => Promise<string>;

/** The login of an App's bot, asked for unless it is learned on the way. */
export interface AppLogin {
  readonly login: OwnLogin;
  /** GitHub names the App beside what it makes. */
  learn(login: string): void;
}

/** `client` must be signed in as the App itself. */
export function appLogin(client: GitHubClient): AppLogin {
  let learned: string | undefined;
  const ask = once(async () => {
    const app = await client.read('GET /app', {});
    if (!app?.slug) throw new GitHubError('unexpected', 'GET /app: GitHub returned no slug for the App.');
    return `${app.slug}[bot]`;
  });
  return {
    login: async () => learned ?? ask(),
    learn(login) {
      learned = login;
    },
  };
}

/**
 * The login behind a token. The token of a GitHub Actions job may not read `GET /user` (403); its comments appear as
 * `github-actions[bot]`.
 */
export function tokenLogin(client: GitHubClient): OwnLogin {
  return once(async () => {
    try {
      return (await client.read('GET /user', {})).login;
    } catch (error) {
      if (error instanceof GitHubError && error.code === 'forbidden') return 'github-actions[bot]';
      throw error;
    }
  });
}

/** Remembers a success; after a failure the next call asks again. */
function once(ask: () => Promise<string>): OwnLogin {
  let answer: Promise<string> | undefined;
  return () => {
    answer ??= ask().catch((error: unknown) => {
      answer = undefined;
      throw error;
    });
    return answer;
  };
}
