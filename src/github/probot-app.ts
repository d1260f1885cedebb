/** The Probot application behind our own server: signed deliveries in, jobs out. */
import { Octokit } from '@octokit/rest';
import { Probot } from 'probot';
import { clientOver, type GitHubClient, gitHubClient } from './client.ts';
import type { AppSettings } from './environment.ts';
import { GitHubError } from './errors.ts';
import { type AppLogin, appLogin } from './identity.ts';
import { installationSession } from './installation-session.ts';
import { installationTokens } from './installation-tokens.ts';
import type { ReviewJob } from './jobs.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { quietOctokit } from './octokit.ts';
import type { RawDelivery, Reception } from './server.ts';
import type { SharedState } from './shared-state.ts';
import { isSigned } from './signature.ts';
import { silentLog } from './silent-log.ts';
import { scopeOf } from './token-scope.ts';
import { octokitTransport, type Transport } from './transport.ts';
import { readWebhook } from './webhooks.ts';

/** Thrown by an intake that cannot take more. */
export class IntakeFull extends Error {}

/** Takes a job in, once for each delivery; rejects when it could not be stored, which GitHub is then told. */
export type Intake = (job: ReviewJob, delivery: string) => Promise<void>;

/** What the App may do at an installation for one kind of job. */
export interface Installation {
  readonly client: GitHubClient;
  /** The way of its requests. */
  readonly transport: Transport;
  /** As granted for the job, e.g. `checks` to `write`; undefined when GitHub does not say. Throws `GitHubError`. */
  permissions(): Promise<Readonly<Record<string, string>> | undefined>;
}

export interface GitHubApp extends AppLogin {
  receive(delivery: RawDelivery): Promise<Reception>;
  /** The way to the installation of a job, with the least that such a job needs. */
  installation(job: ReviewJob): Installation;
  /** Signed in as the App itself. */
  readonly app: GitHubClient;
}

/** Builds the application. Nothing is asked of GitHub before the first delivery or job. */
export async function createGitHubApp(
  settings: AppSettings,
  log: Log,
  metrics: Metrics,
  budgetOf: SharedState['budgetOf'],
  intake: Intake,
): Promise<GitHubApp> {
  const probot = new Probot({
    appId: settings.appId,
    privateKey: settings.privateKey,
    baseUrl: settings.apiUrl,
    Octokit: quietOctokit(),
    log,
  });
  await probot.ready();
  const app = gitHubClient(await probot.auth());
  return {
    ...appLogin(app),
    receive: receiver(settings.webhookSecrets, log, intake),
    installation: installations(app, settings.apiUrl, metrics, budgetOf),
    app,
  };
}

/** Clients by installation; tokens and budgets are shared by all clients of one. */
function installations(
  app: GitHubClient,
  baseUrl: string,
  metrics: Metrics,
  budgetOf: SharedState['budgetOf'],
): GitHubApp['installation'] {
  const octokit = new Octokit({ baseUrl, log: silentLog });
  const tokens = installationTokens(app);
  return (job) => {
    const { installationId: installation } = job;
    const scope = scopeOf(job);
    const session = installationSession({ installation, tokens, scope, budget: budgetOf(installation) });
    const onRemaining = (requests: number): void => metrics.budget(installation, requests);
    const transport = counted(octokitTransport(octokit, { session, onRemaining }), metrics);
    return {
      transport,
      client: clientOver(transport),
      permissions: async () => (await tokens.get(installation, scope)).permissions,
    };
  };
}

function counted(transport: Transport, metrics: Metrics): Transport {
  return async (call) => {
    try {
      const answer = await transport(call);
      metrics.request(call.kind, 'ok');
      return answer;
    } catch (error) {
      metrics.request(call.kind, error instanceof GitHubError ? error.code : 'unexpected');
      throw error;
    }
  };
}

function receiver(secrets: readonly string[], log: Log, intake: Intake): (delivery: RawDelivery) => Promise<Reception> {
  return async (delivery) => {
    const { id, event, signature, body } = delivery;
    if (!isSigned(body, signature, secrets)) return 'wrong-signature';
    const payload = parseObject(body.toString('utf8'));
    if (!payload) return 'malformed';
    const meaning = readWebhook(event, payload);
    if (meaning.kind === 'incomplete')
      log.warn({ delivery: id, event, missing: meaning.missing }, 'webhook lacks a field; nothing was done');
    return meaning.kind === 'job' ? takeIn(meaning.job, id, intake, log) : 'accepted';
  };
}

async function takeIn(job: ReviewJob, id: string, intake: Intake, log: Log): Promise<Reception> {
  try {
    await intake(job, id);
    return 'accepted';
  } catch (error) {
    if (error instanceof IntakeFull) return 'busy';
    log.error({ delivery: id, err: error }, 'the delivery could not be stored');
    return 'not-stored';
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
