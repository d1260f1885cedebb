/** `goplumber doctor`: looks at everything that the App or a check needs, and says what to do about the rest. */
import { spawnSync } from 'node:child_process';
import { sign } from 'node:crypto';
import { access, constants, stat } from 'node:fs/promises';
import { type AppSettings, readEnvironment } from '../github/environment.ts';
import { reasonOf } from '../local/folder.ts';
import { painter } from './format/paint.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'fails' | 'unused';
  /** What was found; for a failure also what to do. */
  readonly text: string;
}

/** Prints one line for each thing looked at. Returns 0 when nothing fails, else 1. */
export async function doctor(terminal: Terminal, fetchUrl: typeof fetch = fetch): Promise<number> {
  const findings = [node(), git(), ...(await app(terminal, fetchUrl))];
  const paint = painter(terminal.colours);
  const marks = { ok: paint('added', 'ok   '), fails: paint('error', 'fails'), unused: paint('faint', '-    ') };
  for (const { name, state, text } of findings) terminal.out(`${marks[state]} ${name}: ${text}\n`);
  return findings.some(({ state }) => state === 'fails') ? 1 : 0;
}

function node(): Finding {
  return { name: 'goplumber', state: 'ok', text: `${version} on Node ${process.versions.node}, ${process.platform}` };
}

function git(): Finding {
  const { status, stdout } = spawnSync('git', ['--version'], { encoding: 'utf8' });
  return status === 0
    ? { name: 'git', state: 'ok', text: stdout.trim() }
    : { name: 'git', state: 'fails', text: 'not found; check --base needs it: install git' };
}

async function app(terminal: Terminal, fetchUrl: typeof fetch): Promise<readonly Finding[]> {
  const { env } = terminal;
  if (!env['APP_ID'] && !env['WEBHOOK_SECRET'])
    return [{ name: 'App', state: 'unused', text: 'no settings; serve --setup registers one, a check needs none' }];
  const result = readEnvironment(env);
  if (result.kind === 'problems')
    return result.problems.map((text) => ({ name: 'settings', state: 'fails', text }) as const);
  const { store } = result.settings;
  return [
    { name: 'settings', state: 'ok', text: 'app id, key and webhook secret are set' },
    store.redis ? await redis(store.redis) : await state(store.stateDir),
    ...(await gitHub(result.settings, fetchUrl)),
  ];
}

async function redis({ url, prefix }: NonNullable<AppSettings['store']['redis']>): Promise<Finding> {
  const name = 'Redis';
  const { askRedis } = await import('../queue/redis/ask.ts');
  const { fault, appendOnly, eviction } = await askRedis(url);
  if (fault !== undefined) return { name, state: 'fails', text: `does not answer at REDIS_URL (${fault})` };
  if (eviction !== undefined && eviction !== 'noeviction')
    return { name, state: 'fails', text: `maxmemory-policy is ${eviction}: it may drop jobs; set noeviction` };
  if (appendOnly === 'no')
    return { name, state: 'fails', text: 'appendonly is no: a restart of Redis forgets jobs; set it to yes' };
  return { name, state: 'ok', text: `answers; keys begin with {${prefix}}` };
}

async function state(folder: string | undefined): Promise<Finding> {
  const name = 'state folder';
  if (folder === undefined)
    return { name, state: 'unused', text: 'STATE_DIR is not set: a restart forgets waiting reviews; name a folder' };
  try {
    if (!(await stat(folder)).isDirectory())
      return { name, state: 'fails', text: `STATE_DIR ${folder} is not a folder` };
    await access(folder, constants.W_OK);
    return { name, state: 'ok', text: folder };
  } catch (error) {
    return { name, state: 'fails', text: `STATE_DIR ${folder}: ${reasonOf(error)}; make it, writable by this user` };
  }
}

/** GitHub refuses a token of the App when the clocks differ by more than a minute. */
const maxClockSkewSeconds = 60;
/** What app.yml asks for; why is described in docs/operations.md. */
const wantedPermissions: Readonly<Record<string, string>> = {
  contents: 'read',
  pull_requests: 'write',
  checks: 'write',
};
const wantedEvents: readonly string[] = ['pull_request'];
/** Events that only some repositories need, by what does not work without them. Re-runs are sent to every App with checks. */
const optionalEvents: Readonly<Record<string, string>> = {
  issue_comment: 'commands in the conversation',
  pull_request_review_comment: 'commands in threads',
  merge_group: 'a required check in a merge queue',
};

interface AppPage {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly events?: readonly string[];
}

interface HookPage {
  readonly url?: string;
  readonly content_type?: string;
}

async function gitHub(settings: AppSettings, fetchUrl: typeof fetch): Promise<readonly Finding[]> {
  const { apiUrl } = settings;
  const ask = (path: string) =>
    fetchUrl(`${apiUrl}${path}`, {
      headers: { accept: 'application/vnd.github+json', authorization: `Bearer ${appToken(settings)}` },
      signal: AbortSignal.timeout(10_000),
    });
  try {
    const response = await ask('/app');
    const clock = clockOf(response);
    if (!response.ok) {
      const text = `${apiUrl} answers ${response.status} to the App's sign-in; APP_ID and PRIVATE_KEY must belong to the same App`;
      return [clock, { name: 'GitHub', state: 'fails', text }];
    }
    const page = (await response.json()) as AppPage;
    const hook = (await (await ask('/app/hook/config')).json()) as HookPage;
    return [
      clock,
      { name: 'GitHub', state: 'ok', text: `signed in at ${apiUrl}` },
      permissions(page),
      events(page),
      webhook(hook),
    ];
  } catch {
    return [{ name: 'GitHub', state: 'fails', text: `${apiUrl} cannot be reached; check the network and the proxy` }];
  }
}

/** A token by which the App signs in: a JSON Web Token, valid for some minutes. */
function appToken({ appId, privateKey }: AppSettings): string {
  const now = Math.floor(Date.now() / 1000);
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded({ iat: now - 30, exp: now + 300, iss: `${appId}` })}`;
  return `${claims}.${sign('sha256', Buffer.from(claims), privateKey).toString('base64url')}`;
}

function clockOf(response: Response): Finding {
  const date = Date.parse(response.headers.get('date') ?? '');
  const skew = Number.isNaN(date) ? 0 : Math.abs(Date.now() - date) / 1000;
  return skew > maxClockSkewSeconds
    ? { name: 'clock', state: 'fails', text: `${Math.round(skew)} s away from GitHub's; set it, or sign-in is refused` }
    : { name: 'clock', state: 'ok', text: 'agrees with GitHub' };
}

function permissions({ permissions: granted = {} }: AppPage): Finding {
  const lacking = Object.entries(wantedPermissions).filter(
    ([name, level]) => granted[name] !== level && granted[name] !== 'write',
  );
  const text = lacking.map(([name, level]) => `${name}: ${level}`).join(', ');
  return lacking.length === 0
    ? { name: 'permissions', state: 'ok', text: 'as in app.yml' }
    : {
        name: 'permissions',
        state: 'fails',
        text: `grant the App ${text}, and accept the change at each installation`,
      };
}

function events({ events: subscribed = [] }: AppPage): Finding {
  const lacking = wantedEvents.filter((event) => !subscribed.includes(event));
  if (lacking.length > 0) return { name: 'events', state: 'fails', text: `subscribe the App to ${lacking.join(', ')}` };
  const without = Object.entries(optionalEvents).filter(([event]) => !subscribed.includes(event));
  if (without.length === 0) return { name: 'events', state: 'ok', text: subscribed.join(', ') };
  const text = without.map(([event, use]) => `${event} is needed for ${use}`).join('; ');
  return { name: 'events', state: 'unused', text: `not subscribed: ${text}` };
}

function webhook({ url, content_type: type }: HookPage): Finding {
  if (!url)
    return {
      name: 'webhook',
      state: 'fails',
      text: 'the App has no webhook address; set https://<host>/api/github/webhooks',
    };
  if (type !== undefined && type !== 'json') {
    const text = `its content type is ${type}: choose application/json in the App's settings, or no delivery is accepted`;
    return { name: 'webhook', state: 'fails', text };
  }
  return { name: 'webhook', state: 'ok', text: url };
}
