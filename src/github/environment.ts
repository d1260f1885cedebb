/** The App's settings, read from the environment. Nothing is guessed: what is missing or wrong is said in one line each. */
import { type Environment, integer, readFile } from './environment-values.ts';
import { normalisePrivateKey } from './private-key.ts';
import { readStore, type StoreSettings } from './store-settings.ts';
import { wantsTraces } from './tracing.ts';

export interface AppSettings {
  readonly appId: number;
  /** PKCS#8 PEM. */
  readonly privateKey: string;
  /** The one in use, and during a rotation the one before. */
  readonly webhookSecrets: readonly string[];
  /** Accounts whose repositories are served, in lower case; without it all that install the App. */
  readonly allowedOwners?: ReadonlySet<string>;
  readonly host: string;
  readonly port: number;
  readonly webhookPath: string;
  /** Port of `/metrics` alone; without it they are served beside the webhooks. */
  readonly metricsPort?: number;
  /** Of the REST API, without a slash at the end. */
  readonly apiUrl: string;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  readonly store: StoreSettings;
  /** Whether traces are sent to the collector that OpenTelemetry's variables name. */
  readonly traces: boolean;
  /** Minutes between looks for lost deliveries; 0 looks for nothing, not even at the start. */
  readonly sweepMinutes: number;
  /** Reviews that this process runs at the same time; 0 with Redis: it takes deliveries in and leaves the work to others. */
  readonly concurrency: number;
}

export type EnvironmentResult =
  | { readonly kind: 'settings'; readonly settings: AppSettings }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** `worker`: takes jobs from Redis and no deliveries from GitHub. */
export type Role = 'all' | 'worker';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Reads APP_ID, PRIVATE_KEY or PRIVATE_KEY_PATH, WEBHOOK_SECRET or WEBHOOK_SECRET_PATH, and the optional settings of docs/operations.md. */
export function readEnvironment(env: Environment, role: Role = 'all'): EnvironmentResult {
  const problems: string[] = [];
  const appId = integer(env, 'APP_ID', undefined, 1, Number.MAX_SAFE_INTEGER, problems);
  const privateKey = readPrivateKey(env, problems);
  const webhookSecrets = role === 'worker' ? [] : readSecrets(env, problems);
  const store = readStore(env, problems);
  if (role === 'worker' && !store.redis) problems.push('REDIS_URL is missing: a worker takes its jobs from there.');
  const allowedOwners = readOwners(env, problems);
  const port = integer(env, 'PORT', 3000, 0, 65_535, problems);
  const metricsPort = env['METRICS_PORT'] ? integer(env, 'METRICS_PORT', undefined, 0, 65_535, problems) : undefined;
  const concurrency = integer(env, 'REVIEW_CONCURRENCY', 2, store.redis && role === 'all' ? 0 : 1, 64, problems);
  const sweepMinutes = integer(env, 'SWEEP_MINUTES', 10, 0, 1_440, problems);
  const logLevel = logLevels.find((level) => level === (env['LOG_LEVEL'] || 'info'));
  if (!logLevel) problems.push(`LOG_LEVEL is "${env['LOG_LEVEL']}"; it must be one of ${logLevels.join(', ')}.`);
  const apiUrl = readApiUrl(env, problems);
  const webhookPath = env['WEBHOOK_PATH'] || '/api/github/webhooks';
  if (!webhookPath.startsWith('/')) problems.push('WEBHOOK_PATH must start with a slash.');
  if (problems.length > 0 || !logLevel) return { kind: 'problems', problems };
  const settings = {
    appId,
    privateKey,
    webhookSecrets,
    port,
    concurrency,
    sweepMinutes,
    logLevel,
    apiUrl,
    webhookPath,
    store,
    traces: wantsTraces(env),
  };
  const host = env['HOST'] || 'localhost';
  const optional = {
    ...(metricsPort === undefined ? {} : { metricsPort }),
    ...(allowedOwners ? { allowedOwners } : {}),
  };
  return { kind: 'settings', settings: { ...settings, host, ...optional } };
}

/** The REST address: api.github.com, or that of the GitHub Enterprise Server named by GHE_HOST and GHE_PROTOCOL. */
export function readApiUrl(env: Environment, problems: string[] = []): string {
  const host = env['GHE_HOST'];
  if (!host) return 'https://api.github.com';
  const protocol = env['GHE_PROTOCOL'] || 'https';
  if (protocol !== 'https' && protocol !== 'http') problems.push('GHE_PROTOCOL must be https or http.');
  if (!/^[A-Za-z0-9.-]+(:\d{1,5})?$/.test(host))
    problems.push('GHE_HOST must be a host name, without protocol or path.');
  return `${protocol}://${host}/api/v3`;
}

function readSecrets(env: Environment, problems: string[]): readonly string[] {
  const path = env['WEBHOOK_SECRET_PATH'];
  const secret =
    env['WEBHOOK_SECRET']?.trim() || (path ? (readFile('WEBHOOK_SECRET_PATH', path, problems) ?? '').trim() : '');
  const previous = env['WEBHOOK_SECRET_PREVIOUS']?.trim() ?? '';
  if (secret === '' && !path) {
    problems.push('WEBHOOK_SECRET or WEBHOOK_SECRET_PATH is missing: without it anybody could forge webhooks.');
  } else if (secret === '' && problems.length === 0) problems.push(`WEBHOOK_SECRET_PATH is empty: ${path}`);
  if ([secret, previous].includes('development'))
    problems.push('WEBHOOK_SECRET is "development", which is public knowledge; choose a random one.');
  return [secret, ...(previous === '' ? [] : [previous])];
}

/** Logins of organisations and users, separated by commas or blanks. */
function readOwners(env: Environment, problems: string[]): ReadonlySet<string> | undefined {
  const names = (env['ALLOWED_OWNERS'] ?? '').split(/[\s,]+/).filter((name) => name !== '');
  if (names.length === 0) return undefined;
  const wrong = names.find((name) => !/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(name));
  if (wrong !== undefined) problems.push(`ALLOWED_OWNERS names ${JSON.stringify(wrong)}, which is not a login.`);
  return new Set(names.map((name) => name.toLowerCase()));
}

function readPrivateKey(env: Environment, problems: string[]): string {
  const path = env['PRIVATE_KEY_PATH'];
  const name = env['PRIVATE_KEY'] ? 'PRIVATE_KEY' : 'PRIVATE_KEY_PATH';
  const text = env['PRIVATE_KEY'] || (path ? readFile('PRIVATE_KEY_PATH', path, problems) : undefined);
  if (text === undefined) {
    if (!path)
      problems.push('PRIVATE_KEY or PRIVATE_KEY_PATH is missing: the App cannot sign in to GitHub without it.');
    return '';
  }
  const key = normalisePrivateKey(text);
  if (key === undefined)
    problems.push(`${name} is not an RSA private key: give the PEM file that GitHub generated for the App.`);
  return key ?? '';
}
