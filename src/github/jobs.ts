/** What the App puts into its queue: plain data, readable by a later process, free of webhook types. */
import type { RepositoryRef, ReviewRequest } from '../review/ports.ts';

export type ReviewJob =
  /** Review this pull request at this head. */
  | { readonly kind: 'review'; readonly installationId: number; readonly request: ReviewRequest }
  /** A re-run was asked for at a commit; which pull request that was must be looked up. */
  | {
      readonly kind: 'locate';
      readonly installationId: number;
      readonly repository: RepositoryRef;
      readonly headSha: string;
      readonly suiteId: number;
    };

/** Jobs of one key never run side by side, and a newer one replaces a waiting one. */
export function keyOf(job: ReviewJob): string {
  const { owner, name } = job.kind === 'review' ? job.request.repository : job.repository;
  const repository = `${owner}/${name}`.toLowerCase();
  return job.kind === 'review' ? `${repository}#${job.request.pullNumber}` : `${repository}@${job.headSha}`;
}

/** Reads a job back from storage; undefined when it is none. */
export function decodeJob(value: unknown): ReviewJob | undefined {
  const job = record(value);
  const installationId = job?.['installationId'];
  if (!job || typeof installationId !== 'number') return undefined;
  if (job['kind'] === 'review') {
    const request = decodeRequest(job['request']);
    return request && { kind: 'review', installationId, request };
  }
  const repository = decodeRepository(job['repository']);
  const { kind, headSha, suiteId } = job;
  if (kind !== 'locate' || !repository || typeof headSha !== 'string' || typeof suiteId !== 'number') return undefined;
  return { kind: 'locate', installationId, repository, headSha, suiteId };
}

function decodeRequest(value: unknown): ReviewRequest | undefined {
  const request = record(value);
  const repository = decodeRepository(request?.['repository']);
  const pullNumber = request?.['pullNumber'];
  const headSha = request?.['headSha'];
  if (!repository || typeof pullNumber !== 'number' || typeof headSha !== 'string') return undefined;
  return { repository, pullNumber, headSha };
}

function decodeRepository(value: unknown): RepositoryRef | undefined {
  const repository = record(value);
  const owner = repository?.['owner'];
  const name = repository?.['name'];
  return typeof owner === 'string' && typeof name === 'string' ? { owner, name } : undefined;
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}
