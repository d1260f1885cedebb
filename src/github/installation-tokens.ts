/** The access tokens of installations: made when needed, kept for their hour, dropped as soon as GitHub refuses one. */
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';

export interface InstallationToken {
  readonly token: string;
  /** What the installation was granted, e.g. `checks` to `write`; undefined when GitHub does not say. */
  readonly permissions: Readonly<Record<string, string>> | undefined;
}

export interface InstallationTokens {
  /** The token that is in use, or a new one. Throws `GitHubError`. */
  get(installation: number): Promise<InstallationToken>;
  /** GitHub refused this token; one that was made in the meantime stays. */
  drop(installation: number, token: string): void;
}

interface Kept {
  readonly token: Promise<InstallationToken>;
  /** Milliseconds since the epoch; unknown while the token is being made. */
  expires: number;
}

/** A token is renewed this long before it ends, so that no review begins with one that dies on the way. */
const marginMs = 10 * 60_000;
const lifeMs = 60 * 60_000;

/** Makes tokens with `app`, a client that is signed in as the App itself. */
export function installationTokens(app: GitHubClient, now: () => number = Date.now): InstallationTokens {
  const kept = new Map<number, Kept>();
  const settled = new Map<number, string>();
  const make = (installation: number): Kept => {
    const entry: Kept = { token: create(), expires: Number.POSITIVE_INFINITY };
    async function create(): Promise<InstallationToken> {
      try {
        const made = await createToken(app, installation);
        const expires = Date.parse(made.expires_at);
        entry.expires = Number.isNaN(expires) ? now() + lifeMs : expires;
        settled.set(installation, made.token);
        return { token: made.token, permissions: grantedIn(made.permissions) };
      } catch (error) {
        if (kept.get(installation) === entry) kept.delete(installation);
        throw error;
      }
    }
    return entry;
  };
  return {
    get(installation) {
      const known = kept.get(installation);
      if (known && known.expires - marginMs > now()) return known.token;
      const entry = make(installation);
      kept.set(installation, entry);
      return entry.token;
    },
    drop(installation, token) {
      if (settled.get(installation) === token) kept.delete(installation);
    },
  };
}

/** Every installation may read metadata; an answer without that says nothing. */
function grantedIn(permissions: object | undefined): InstallationToken['permissions'] {
  return permissions && 'metadata' in permissions ? (permissions as Readonly<Record<string, string>>) : undefined;
}

/** To make a second token does no harm, so a lost answer is asked for again. */
async function createToken(app: GitHubClient, installation: number) {
  const route = 'POST /app/installations/{installation_id}/access_tokens';
  const make = () => app.write(route, { installation_id: installation });
  try {
    return await make();
  } catch (error) {
    if (error instanceof GitHubError && error.mayHaveHappened) return make();
    throw error;
  }
}
