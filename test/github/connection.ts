/** A client signed in at a stand-in, for tests of single adapters. */
import type { GitHubClient } from '../../src/github/client.ts';
import { tokenClient } from '../../src/github/review-command.ts';
import { StandIn } from '../stand-in/stand-in.ts';

export const allPermissions: Record<string, string> = {
  metadata: 'read',
  contents: 'read',
  pull_requests: 'write',
  checks: 'write',
};

export interface Connection {
  readonly gitHub: StandIn;
  readonly client: GitHubClient;
  readonly login: () => Promise<string>;
}

/** Starts a stand-in and signs in as `bot` with the given permissions. */
export async function connect(permissions: Record<string, string> = allPermissions): Promise<Connection> {
  const gitHub = await StandIn.start();
  const client = tokenClient(gitHub.access.userToken('bot', permissions), `http://${gitHub.host}/api/v3`);
  return { gitHub, client, login: async () => 'bot' };
}
