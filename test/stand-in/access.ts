/** Who may do what: the App's JWT, installation tokens made from it, and tokens of people. */
import { createVerify, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { type Actor, ApiError } from './http.ts';
import type { World } from './world.ts';

export interface AppIdentity {
  readonly appId: number;
  readonly slug: string;
  readonly installationId: number;
  readonly webhookSecret: string;
  /** PKCS#1 PEM, as GitHub gives it. */
  readonly privateKey: string;
  readonly permissions: Record<string, string>;
}

/** Made once per process: an RSA key takes its time. */
let keys: ReturnType<typeof rsaKeys> | undefined;

function rsaKeys() {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

/** An App with a key of its own and the permissions of `app.yml`. */
export function newApp(): AppIdentity & { readonly publicKey: KeyObject } {
  keys ??= rsaKeys();
  const { privateKey, publicKey } = keys;
  return {
    appId: 4711,
    slug: 'goplumber',
    installationId: 99,
    webhookSecret: randomBytes(24).toString('hex'),
    privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    publicKey,
    permissions: { metadata: 'read', contents: 'read', pull_requests: 'write', checks: 'write', merge_queues: 'read' },
  };
}

export interface Narrowing {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly repositories?: readonly number[];
}

export class Access {
  readonly app = newApp();
  /** Where the App is installed, by owner; it is with every other owner, too, under the number of `app`. */
  readonly installations = new Map<string, number>();
  readonly #tokens = new Map<string, Actor>();
  /** The owner suspended the App: it gets no tokens, and those it has are worth nothing. */
  suspended = false;
  /** The owner took the App away: its tokens are worth nothing, and there is no installation. */
  removed = false;
  /** Uses after which the next token dies, as when its hour is over. */
  usesOfNextToken: number | undefined;

  /** A token of a person, for the command line. */
  userToken(login: string, permissions: Record<string, string>): string {
    const token = `ghp_${randomBytes(18).toString('hex')}`;
    this.#tokens.set(token, { kind: 'user', login, permissions });
    return token;
  }

  /** No token of an installation is accepted any more. */
  revokeTokens(): void {
    for (const [token, actor] of this.#tokens) if (actor.kind === 'installation') this.#tokens.delete(token);
  }

  #use(token: string): Actor | undefined {
    const actor = this.#tokens.get(token);
    const left = this.#uses.get(token);
    if (left === undefined) return actor;
    if (left === 0) this.#tokens.delete(token);
    else this.#uses.set(token, left - 1);
    return left === 0 ? undefined : actor;
  }

  readonly #uses = new Map<string, number>();

  /** The installation that speaks for an owner. */
  installationOf(owner: string): number {
    return this.installations.get(owner) ?? this.app.installationId;
  }

  isInstallation(id: number): boolean {
    return id === this.app.installationId || [...this.installations.values()].includes(id);
  }

  installationToken(installation = this.app.installationId, narrowing: Narrowing = {}): string {
    if (this.removed) throw new ApiError(404, 'Not Found');
    if (this.suspended) throw new ApiError(403, 'This installation has been suspended');
    const token = `ghs_${randomBytes(18).toString('hex')}`;
    this.#tokens.set(token, {
      kind: 'installation',
      login: `${this.app.slug}[bot]`,
      permissions: narrowing.permissions ?? this.app.permissions,
      installation,
      ...(narrowing.repositories ? { repositories: narrowing.repositories } : {}),
    });
    if (this.usesOfNextToken !== undefined) this.#uses.set(token, this.usesOfNextToken);
    this.usesOfNextToken = undefined;
    return token;
  }

  /** Reads the `authorization` header. Throws 401 as GitHub does. */
  actor(header: string | undefined): Actor {
    const token = /^(?:token|bearer) (.+)$/i.exec(header ?? '')?.[1];
    if (!token) throw new ApiError(401, 'Requires authentication');
    const known = this.#use(token);
    if (known?.kind === 'installation' && this.suspended)
      throw new ApiError(403, 'This installation has been suspended');
    if (known?.kind === 'installation' && this.removed) throw new ApiError(401, 'Bad credentials');
    if (known) return known.kind === 'installation' ? { ...known, permissions: this.#left(known.permissions) } : known;
    if (token.split('.').length === 3) {
      this.#verifyJwt(token);
      return { kind: 'app' };
    }
    throw new ApiError(401, 'Bad credentials');
  }

  /** A token is worth no more than what the installation is granted now. */
  #left(asked: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const entries = Object.entries(asked).map(([name, level]) => {
      const granted = this.app.permissions[name] ?? 'none';
      return [name, granted === 'write' ? level : granted] as const;
    });
    return Object.fromEntries(entries);
  }

  #verifyJwt(jwt: string): void {
    const [header = '', payload = '', signature = ''] = jwt.split('.');
    const verifier = createVerify('RSA-SHA256').update(`${header}.${payload}`);
    const { alg } = decode(header);
    if (alg !== 'RS256' || !verifier.verify(this.app.publicKey, signature, 'base64url')) {
      throw new ApiError(401, 'A JSON web token could not be decoded');
    }
    const { iss, iat, exp } = decode(payload);
    const now = Date.now() / 1_000;
    if (String(iss) !== String(this.app.appId)) throw new ApiError(401, "'Issuer' claim ('iss') must be an Integer");
    if (typeof exp !== 'number' || typeof iat !== 'number' || exp < now || exp - iat > 661) {
      throw new ApiError(401, "'Expiration time' claim ('exp') is too far in the future");
    }
  }
}

/** Throws 403 unless the actor has the permission, 401 when a JWT is used where a token belongs or the reverse. */
export function assertAllowed(actor: Actor, needs: string): void {
  if ((needs === 'app') !== (actor.kind === 'app')) throw new ApiError(401, 'A JSON web token could not be decoded');
  if (actor.kind === 'app') return;
  if (needs === 'user') {
    if (actor.kind !== 'user') throw new ApiError(403, 'Resource not accessible by integration');
    return;
  }
  const [name = '', level] = needs.split(': ');
  // Whoever sees a repository may read its metadata.
  if (name === 'metadata') return;
  const granted = actor.permissions[name];
  if (granted !== 'write' && granted !== level) {
    throw new ApiError(
      403,
      actor.kind === 'user'
        ? 'Resource not accessible by personal access token'
        : 'Resource not accessible by integration',
    );
  }
}

function decode(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
}

/** A token for some repositories knows nothing of the others. */
export function assertReached(world: World, actor: Actor, owner = '', name = ''): void {
  if (actor.kind !== 'installation' || !actor.repositories || owner === '') return;
  const repository = world.follow(owner, name);
  if (repository && !actor.repositories.includes(repository.id)) throw new ApiError(404, 'Not Found');
}
