/** What a token may be used for: the repository that a job is about, and the permissions that its requests need. */
import { type ReviewJob, repositoryOf } from './jobs.ts';

export type Permissions = Readonly<Record<string, string>>;

export interface TokenScope {
  /** Without it: all repositories of the installation. */
  readonly repository?: ScopedRepository;
  /** The most that is needed; what the installation was not granted is left out. */
  readonly permissions: Permissions;
}

interface ScopedRepository {
  readonly name: string;
  /** Finds it under another name, too. */
  readonly id?: number;
}

/** The least for each kind of job. `contents: write` resolves threads and applies fixes, where it was granted. */
const needed: Readonly<Record<ReviewJob['kind'], Permissions>> = {
  review: { metadata: 'read', contents: 'write', pull_requests: 'write', checks: 'write' },
  label: { metadata: 'read', contents: 'read', pull_requests: 'read' },
  'merge-group': { metadata: 'read', contents: 'read', pull_requests: 'read', checks: 'write' },
  command: { metadata: 'read', contents: 'write', pull_requests: 'write', checks: 'read', issues: 'write' },
  // Saying why nothing was applied takes the right to comment on pull requests.
  apply: { metadata: 'read', contents: 'write', pull_requests: 'write', checks: 'read', issues: 'write' },
  feedback: { metadata: 'read', contents: 'read', pull_requests: 'read' },
  locate: { metadata: 'read', pull_requests: 'read', checks: 'read' },
  sweep: { metadata: 'read', pull_requests: 'read', checks: 'read' },
};

export function scopeOf(job: ReviewJob): TokenScope {
  const permissions = needed[job.kind];
  if (job.kind === 'sweep') return { permissions };
  const { name } = repositoryOf(job);
  return { permissions, repository: { name, ...(job.repositoryId === undefined ? {} : { id: job.repositoryId }) } };
}

/** What of it was granted, each at the lower level of the two. */
export function grantedOf({ permissions }: TokenScope, granted: Permissions): Permissions {
  const both = Object.entries(permissions).flatMap(([name, level]): readonly (readonly [string, string])[] => {
    const given = granted[name];
    if (given !== 'read' && given !== 'write' && given !== 'admin') return [];
    return [[name, level === 'read' || given === 'read' ? 'read' : level]];
  });
  return Object.fromEntries(both);
}
