/** Our check runs at a commit: read from GitHub, and remembered by the process that made them. */
import type { CheckConclusion, ReviewRequest } from '../review/ports.ts';
import type { GitHubClient } from './client.ts';
import { type CheckIdentity, parseExternalId } from './external-id.ts';
import type { OwnLogin } from './identity.ts';

/** The name under which branch protection knows the check. */
export const checkName = 'goplumber';

export interface OwnRun {
  readonly id: number;
  readonly identity: CheckIdentity;
  /** Undefined while it is open. */
  readonly conclusion: CheckConclusion | undefined;
  readonly title: string;
}

/** Who asks for check runs, and by which login GitHub knows them as its own. */
export interface RunOwner {
  readonly client: GitHubClient;
  readonly login: OwnLogin;
}

/**
 * All our runs at a commit, newest first; GitHub shows 100 of them. Any workflow of the repository may make a run of our name
 * with an external id like ours: it is not ours when GitHub names another App beside it.
 */
export async function readOwnRuns(
  { client, login }: RunOwner,
  { repository, headSha }: Pick<ReviewRequest, 'repository' | 'headSha'>,
): Promise<readonly OwnRun[]> {
  const { check_runs: runs } = await client.read('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    owner: repository.owner,
    repo: repository.name,
    ref: headSha,
    check_name: checkName,
    filter: 'all',
    per_page: 100,
  });
  const alike = runs.flatMap((run) => {
    const identity = parseExternalId(run.external_id);
    return identity ? [{ run, identity }] : [];
  });
  if (alike.length === 0) return [];
  const own = await login();
  return alike
    .filter(({ run }) => run.app?.slug === undefined || `${run.app.slug}[bot]` === own)
    .map(({ run, identity }): OwnRun => {
      const conclusion = run.status === 'completed' ? ((run.conclusion ?? 'neutral') as CheckConclusion) : undefined;
      return { id: Number(run.id), identity, conclusion, title: run.output.title ?? '' };
    })
    .sort((a, b) => b.id - a.id);
}

/** What one review asks of this memory, which may be in another process. */
export interface SharedHeads {
  /** A run was begun for this pull request at its head. */
  note(request: ReviewRequest): Promise<void>;
  /** Whether another pull request has a run at the same commit. */
  shared(request: ReviewRequest): Promise<boolean>;
}

/** What is remembered of commits: their pull requests, and whether they were judged. */
export interface HeadMemory extends SharedHeads {
  /** Whether a run was begun for this pull request at its head; it may be open, if its work was replaced. */
  known(request: ReviewRequest): Promise<boolean>;
  /** The pull request was judged at its head. */
  judge(request: ReviewRequest): Promise<void>;
  /** Whether this is the head at which the pull request was judged last: after another one it is judged anew. */
  judged(request: ReviewRequest): Promise<boolean>;
}

/** Of one process that has no others beside it: of the newest 5,000 commits. */
export function headMemory(limit = 5_000): HeadMemory {
  /** By pull request, whether it was judged. */
  const heads = new Map<string, Map<number, boolean>>();
  /** By pull request, the head of its newest verdict. */
  const newest = new Map<string, string>();
  const remember = (request: ReviewRequest, judged: boolean): void => {
    const key = commitKey(request);
    const pulls = heads.get(key) ?? new Map<number, boolean>();
    pulls.set(request.pullNumber, judged);
    // Taken out and put in again, so that the order of the map is that of use.
    heads.delete(key);
    heads.set(key, pulls);
    for (const oldest of heads.keys()) {
      if (heads.size <= limit) break;
      heads.delete(oldest);
    }
  };
  return {
    note: async (request) => remember(request, false),
    known: async (request) => heads.get(commitKey(request))?.has(request.pullNumber) === true,
    async shared(request) {
      const pulls = heads.get(commitKey(request));
      return pulls !== undefined && [...pulls.keys()].some((number) => number !== request.pullNumber);
    },
    async judge(request) {
      remember(request, true);
      const pull = pullKey(request);
      newest.delete(pull);
      newest.set(pull, request.headSha);
      for (const oldest of newest.keys()) {
        if (newest.size <= limit) break;
        newest.delete(oldest);
      }
    },
    judged: async (request) =>
      heads.get(commitKey(request))?.get(request.pullNumber) === true &&
      newest.get(pullKey(request)) === request.headSha,
  };
}

/** A pull request in one word, whatever the case of its repository. */
export function pullKey({ repository, pullNumber }: ReviewRequest): string {
  return `${repository.owner}/${repository.name}#${pullNumber}`.toLowerCase();
}

/** A commit in one word. */
export function commitKey({ repository, headSha }: ReviewRequest): string {
  return `${repository.owner}/${repository.name}@${headSha}`.toLowerCase();
}
