/**
 * The access tokens of installations: each for what one kind of job needs in one repository, made when needed, kept for its
 * hour, dropped as soon as GitHub refuses it. What leaks of a token opens nothing else.
 */
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';
import { grantedOf, type Permissions, type TokenScope } from './token-scope.ts';

export interface InstallationToken {
  readonly token: string;
  /** What it may do, e.g. `checks` to `write`; undefined when GitHub does not say. */
  readonly permissions: Permissions | undefined;
}

export interface InstallationTokens {
  /** The token that is in use, or a new one. Throws `GitHubError`. */
  get(installation: number, scope: TokenScope): Promise<InstallationToken>;
  /** GitHub refused this token; one that was made in the meantime stays. */
  drop(installation: number, token: string): void;
}

interface Kept<T> {
  readonly value: Promise<T>;
  /** Milliseconds since the epoch; unknown while it is asked for. */
  expires: number;
}

/** A token is renewed this long before it ends, so that no review begins with one that dies on the way. */
const marginMs = 10 * 60_000;
const lifeMs = 60 * 60_000;
/** An owner may grant more at any time. */
const grantsMs = 10 * 60_000;
/** Entries that are kept; beyond these the oldest are asked for again. */
const maxKept = 5_000;

/** Makes tokens with `app`, a client that is signed in as the App itself. */
export function installationTokens(app: GitHubClient, now: () => number = Date.now): InstallationTokens {
  const tokens = new Cache<InstallationToken & { readonly expires: number }>(now);
  const grants = new Cache<{ readonly permissions: Permissions | undefined; readonly expires: number }>(now);
  /** Installations without a repository `.github` that they may read. */
  const bare = new Set<number>();
  const grantsOf = (installation: number) =>
    grants.get(String(installation), async () => {
      const { permissions } = await app.read('GET /app/installations/{installation_id}', {
        installation_id: installation,
      });
      return { permissions: grantedIn(permissions), expires: now() + grantsMs };
    });
  const make = async (installation: number, scope: TokenScope) => {
    const { permissions: granted } = await grantsOf(installation);
    const permissions = granted && grantedOf(scope, granted);
    const made = await createNarrowed(app, installation, scope, permissions, bare);
    const expires = Date.parse(made.expires_at);
    const until = (Number.isNaN(expires) ? now() + lifeMs : expires) - marginMs;
    return { token: made.token, permissions: grantedIn(made.permissions) ?? permissions, expires: until };
  };
  return {
    get(installation, scope) {
      const { repository, permissions } = scope;
      const key = JSON.stringify([installation, repository?.name.toLowerCase(), permissions]);
      return tokens.get(key, () => make(installation, scope));
    },
    drop(installation, token) {
      if (tokens.drop((kept) => kept.token === token)) grants.drop((_, key) => key === String(installation));
    },
  };
}

/** Values that are asked for once and kept for their time. */
class Cache<T extends { readonly expires: number }> {
  readonly #kept = new Map<string, Kept<T>>();
  readonly #settled = new Map<string, T>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key);
    if (known && known.expires > this.#now()) return known.value;
    const entry: Kept<T> = { value: this.#asked(key, ask), expires: Number.POSITIVE_INFINITY };
    this.#kept.delete(key);
    this.#kept.set(key, entry);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= maxKept) break;
      this.#forget(oldest);
    }
    return entry.value;
  }

  /** Forgets what came and is meant; whether there was any. */
  drop(isMeant: (value: T, key: string) => boolean): boolean {
    const meant = [...this.#settled].filter(([key, value]) => isMeant(value, key));
    for (const [key] of meant) this.#forget(key);
    return meant.length > 0;
  }

  async #asked(key: string, ask: () => Promise<T>): Promise<T> {
    try {
      const value = await ask();
      const entry = this.#kept.get(key);
      if (entry) entry.expires = value.expires;
      this.#settled.set(key, value);
      return value;
    } catch (error) {
      this.#forget(key);
      throw error;
    }
  }

  #forget(key: string): void {
    this.#kept.delete(key);
    this.#settled.delete(key);
  }
}

/** Every installation may read metadata; an answer without that says nothing. */
function grantedIn(permissions: object | undefined): Permissions | undefined {
  return permissions && 'metadata' in permissions ? (permissions as Permissions) : undefined;
}

/**
 * The configuration may stand in the owner's repository `.github`, so the token is for both, where there is one. By its
 * number a repository is found that was renamed.
 */
async function createNarrowed(
  app: GitHubClient,
  installation: number,
  { repository }: TokenScope,
  permissions: Permissions | undefined,
  bare: Set<number>,
) {
  const wanted = permissions === undefined ? {} : { permissions };
  if (!repository) return createToken(app, installation, wanted);
  const { name, id } = repository;
  if (!bare.has(installation) && name.toLowerCase() !== '.github') {
    const both = await unlessRefused(createToken(app, installation, { ...wanted, repositories: [name, '.github'] }));
    if (both) return both;
    bare.add(installation);
  }
  const own = await unlessRefused(createToken(app, installation, { ...wanted, repositories: [name] }));
  if (own) return own;
  if (id === undefined) return createToken(app, installation, wanted);
  const renamed = await unlessRefused(createToken(app, installation, { ...wanted, repository_ids: [id] }));
  if (renamed) return renamed;
  throw new GitHubError('gone', `the installation reaches no repository ${name}`);
}

async function unlessRefused<T>(making: Promise<T>): Promise<T | undefined> {
  return making.catch((error: unknown) => {
    if (error instanceof GitHubError && error.code === 'refused') return undefined;
    throw error;
  });
}

interface Narrowing {
  readonly permissions?: Permissions;
  readonly repositories?: string[];
  readonly repository_ids?: number[];
}

/** To make a second token does no harm, so a lost answer is asked for again. */
async function createToken(app: GitHubClient, installation: number, narrowing: Narrowing) {
  const route = 'POST /app/installations/{installation_id}/access_tokens';
  const make = () => app.write(route, { installation_id: installation, ...narrowing });
  try {
    return await make();
  } catch (error) {
    if (error instanceof GitHubError && error.mayHaveHappened) return make();
    throw error;
  }
}
