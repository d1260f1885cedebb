/**
 * Making up for what was lost while the App was away: open pull requests whose newest head has no verdict of ours, and
 * check runs of ours that nobody works on any more. Bounded, oldest last: what is beyond waits for its next event.
 */
import type { RepositoryRef } from '../review/ports.ts';
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';
import type { ReviewJob } from './jobs.ts';
import { type RunOwner, readOwnRuns } from './own-runs.ts';
import type { GitHubApp } from './probot-app.ts';

const limits = {
  installations: 500,
  repositories: 200,
  /** Of one repository, those that were touched last. */
  pulls: 50,
  closedPulls: 20,
  /** Deliveries can be asked for again for three days; what is older is let rest. */
  ageMs: 3 * 24 * 3_600_000,
  /** Those that were closed while the App was away, and may have been under review. */
  closedAgeMs: 3_600_000,
} as const;

/** Installations that can be looked at; suspended ones are left out. */
export async function listInstallations(
  app: GitHubClient,
  allowedOwners?: ReadonlySet<string>,
): Promise<readonly number[]> {
  const found = await app.pages('GET /app/installations', {}, limits.installations / 100);
  return found
    .filter((one) => one.suspended_at === null || one.suspended_at === undefined)
    .filter(({ account }) => allowedOwners?.has(ownerOf(account)) !== false)
    .map(({ id }) => Number(id));
}

function ownerOf(account: object | null): string {
  const login = account && 'login' in account ? account.login : undefined;
  return typeof login === 'string' ? login.toLowerCase() : '';
}

/** Jobs for the open pull requests of an installation that lack a verdict. Throws `GitHubError`. */
export async function sweepInstallation(
  github: Pick<GitHubApp, 'installation' | 'login'>,
  installationId: number,
  now: number = Date.now(),
): Promise<readonly ReviewJob[]> {
  const installation = github.installation({ kind: 'sweep', installationId });
  const permissions = await installation.permissions();
  // Without check runs there is no telling what was judged.
  if (permissions !== undefined && permissions['checks'] === undefined) return [];
  const { client } = installation;
  const jobs: ReviewJob[] = [];
  for (const repository of await listRepositories(client)) {
    jobs.push(...(await sweepRepository({ client, login: github.login }, installationId, repository, now)));
  }
  return jobs;
}

interface ListedRepository extends RepositoryRef {
  readonly id: number;
}

async function listRepositories(client: GitHubClient): Promise<readonly ListedRepository[]> {
  const listed: ListedRepository[] = [];
  for (let page = 1; listed.length < limits.repositories; page++) {
    const { repositories } = await client.read('GET /installation/repositories', { per_page: 100, page });
    for (const { id, name, owner, archived } of repositories) {
      if (archived !== true) listed.push({ id: Number(id), name, owner: owner.login });
    }
    if (repositories.length < 100) break;
  }
  return listed.slice(0, limits.repositories);
}

async function sweepRepository(
  owned: RunOwner,
  installationId: number,
  { id, owner, name }: ListedRepository,
  now: number,
): Promise<readonly ReviewJob[]> {
  const repository = { owner, name };
  const pulls = await recentPulls(owned.client, repository, now);
  const jobs: ReviewJob[] = [];
  for (const { number: pullNumber, headSha, open } of pulls) {
    const request = { repository, pullNumber, headSha };
    const runs = (await readOwnRuns(owned, request)).filter(({ identity }) => identity.pullNumber === pullNumber);
    const [newest] = runs;
    // A closed one is not judged any more, but what was begun there is ended.
    if (newest ? newest.conclusion !== undefined : !open) continue;
    jobs.push({ kind: 'review', installationId, repositoryId: id, request, resumes: true });
  }
  return jobs;
}

interface RecentPull {
  readonly number: number;
  readonly headSha: string;
  readonly open: boolean;
}

async function recentPulls(
  client: GitHubClient,
  repository: RepositoryRef,
  now: number,
): Promise<readonly RecentPull[]> {
  try {
    // Asked apart, so that what was closed in a busy hour does not push out what is open.
    const open = await listPulls(client, repository, 'open', limits.pulls);
    const closed = await listPulls(client, repository, 'closed', limits.closedPulls);
    return [...open, ...closed].filter(({ open, at }) => !(now - at > (open ? limits.ageMs : limits.closedAgeMs)));
  } catch (error) {
    // Of one repository that is gone or closed to us nothing can be said; the others are looked at all the same.
    if (error instanceof GitHubError && (error.code === 'gone' || error.code === 'forbidden')) return [];
    throw error;
  }
}

async function listPulls(
  client: GitHubClient,
  { owner, name }: RepositoryRef,
  state: 'open' | 'closed',
  most: number,
): Promise<readonly (RecentPull & { readonly at: number })[]> {
  const pulls = await client.read('GET /repos/{owner}/{repo}/pulls', {
    owner,
    repo: name,
    state,
    sort: 'updated',
    direction: 'desc',
    per_page: most,
  });
  return pulls.map(({ number, head, updated_at: at }) => ({
    number,
    headSha: head.sha,
    open: state === 'open',
    at: Date.parse(at),
  }));
}
