/** The Probot application behind our own server: signed deliveries in, jobs out. */
import { Probot } from 'probot';
import { type GitHubClient, gitHubClient } from './client.ts';
import { rememberDeliveries } from './deliveries.ts';
import type { AppSettings } from './environment.ts';
import { appLogin, type OwnLogin } from './identity.ts';
import type { Log } from './log.ts';
import { quietOctokit } from './octokit.ts';
import type { RawDelivery, Reception } from './server.ts';
import { type Intake, receiveWebhooks } from './webhooks.ts';

/** Thrown by an intake that cannot take more. */
export class IntakeFull extends Error {}

export interface GitHubApp {
  receive(delivery: RawDelivery): Promise<Reception>;
  /** A client with the rights of an installation; tokens are renewed and cached by Probot. */
  installation(id: number): Promise<GitHubClient>;
  readonly login: OwnLogin;
}

/** Builds the application. Nothing is asked of GitHub before the first delivery or job. */
export async function createGitHubApp(settings: AppSettings, log: Log, intake: Intake): Promise<GitHubApp> {
  const probot = new Probot({
    appId: settings.appId,
    privateKey: settings.privateKey,
    secret: settings.webhookSecret,
    baseUrl: settings.apiUrl,
    Octokit: quietOctokit(),
    log,
  });
  await probot.ready();
  receiveWebhooks(probot, intake);
  const app = async (): Promise<GitHubClient> => gitHubClient(await probot.auth());
  return {
    receive: receiver(probot),
    installation: async (id) => gitHubClient(await probot.auth(id)),
    login: appLogin(await app()),
  };
}

function receiver(probot: Probot): (delivery: RawDelivery) => Promise<Reception> {
  const deliveries = rememberDeliveries();
  return async ({ id, event, signature, body }) => {
    // `verifyAndReceive` would hand the unverified body to the error handlers, which log it.
    if (!(await probot.webhooks.verify(body, signature).catch(() => false))) return 'wrong-signature';
    const payload = parseObject(body);
    if (!payload) return 'malformed';
    if (!deliveries.add(id)) return 'accepted';
    try {
      await probot.webhooks.receive({ id, name: event, payload } as never);
      return 'accepted';
    } catch (error) {
      deliveries.forget(id);
      if (causes(error).some((cause) => cause instanceof IntakeFull)) return 'busy';
      throw error;
    }
  };
}

function causes(error: unknown): readonly unknown[] {
  return error instanceof AggregateError ? error.errors : [error];
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
