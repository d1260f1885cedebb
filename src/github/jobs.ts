/** What the App puts into its queue: plain data, readable by a later process, free of webhook types. */
import type { RepositoryRef, ReviewRequest } from '../review/ports.ts';

interface OfInstallation {
  readonly installationId: number;
  /** GitHub's id of the delivery that led to it, for the log. */
  readonly delivery?: string;
}

interface OfRepository extends OfInstallation {
  /** GitHub's number of the repository, which a rename or a transfer does not change; absent where it is not known. */
  readonly repositoryId?: number;
}

export type ReviewJob =
  /**
   * Judge this pull request. The head is the one that was heard of; the one that is judged is GitHub's at that time.
   * `again`: a verdict on the same head is made anew, because something else changed or a person asked for it.
   */
  | (OfRepository & {
      readonly kind: 'review';
      readonly request: ReviewRequest;
      readonly again?: boolean;
      /** A run that nobody works on may have been left open at this head. */
      readonly resumes?: boolean;
    })
  /**
   * This label was set or taken away, which matters where the configuration names it: then a review follows. It waits apart
   * from reviews, since a label that means nothing must not take the place of one.
   */
  | (OfRepository & { readonly kind: 'label'; readonly request: ReviewRequest; readonly label: string })
  /** Judge the commit that a merge queue built, which is no head of a pull request. */
  | (OfRepository & { readonly kind: 'merge-group'; readonly group: MergeGroup })
  /** A re-run was asked for at a commit; which pull request that was must be looked up. */
  | (OfRepository & {
      readonly kind: 'locate';
      readonly repository: RepositoryRef;
      readonly headSha: string;
      readonly suiteId: number;
    })
  /** A person wrote a command into the conversation or into a thread. */
  | (OfRepository & { readonly kind: 'command'; readonly command: AskedCommand })
  /** A person pressed the button that applies all verified fixes at a head. */
  | (OfRepository & { readonly kind: 'apply'; readonly request: ReviewRequest; readonly by: string })
  /** The pull request was closed: what people made of our comments is recorded. */
  | (OfRepository & { readonly kind: 'feedback'; readonly request: ReviewRequest })
  /** Look for open pull requests of the installation that have no verdict of ours. */
  | (OfInstallation & { readonly kind: 'sweep' });

/** A commit of the merge queue, and the one that it is put on. */
export interface MergeGroup {
  readonly repository: RepositoryRef;
  readonly headSha: string;
  readonly baseSha: string;
  /** The pull request that this commit adds to the one below; absent where the queue's branch does not name it. */
  readonly pullNumber?: number;
}

export interface AskedCommand {
  readonly repository: RepositoryRef;
  readonly pullNumber: number;
  readonly place: 'conversation' | 'thread';
  readonly commentId: number;
  /** The comment that began the thread, for a reply. */
  readonly threadId?: number;
  /** Login. */
  readonly by: string;
  readonly text: string;
}

/** Jobs of one key never run side by side, and a newer one replaces a waiting one. */
export function keyOf(job: ReviewJob): string {
  if (job.kind === 'sweep') return `installation:${job.installationId}`;
  const { owner, name } = repositoryOf(job);
  const repository = job.repositoryId === undefined ? `${owner}/${name}`.toLowerCase() : `id:${job.repositoryId}`;
  switch (job.kind) {
    case 'review':
      return `${repository}#${job.request.pullNumber}`;
    case 'command':
      return `${repository}#${job.command.pullNumber}/comment/${job.command.commentId}`;
    case 'label':
      return `${repository}#${job.request.pullNumber}/label/${JSON.stringify(job.label)}`;
    case 'apply':
      return `${repository}#${job.request.pullNumber}/apply`;
    case 'feedback':
      return `${repository}#${job.request.pullNumber}/feedback`;
    case 'merge-group':
      return `${repository}@group:${job.group.headSha}`;
    case 'locate':
      return `${repository}@${job.headSha}`;
  }
}

/** Whether the owner of the job's repository is among those who are served; sweeps look at each repository they find. */
export function isServed(job: ReviewJob, allowed: ReadonlySet<string> | undefined): boolean {
  return allowed === undefined || job.kind === 'sweep' || allowed.has(repositoryOf(job).owner.toLowerCase());
}

/** The repository that a job is about. */
export function repositoryOf(job: Exclude<ReviewJob, { readonly kind: 'sweep' }>): RepositoryRef {
  if (job.kind === 'command') return job.command.repository;
  if (job.kind === 'merge-group') return job.group.repository;
  return job.kind === 'locate' ? job.repository : job.request.repository;
}

/** Reads a job back from storage; undefined when it is none. */
export function decodeJob(value: unknown): ReviewJob | undefined {
  const job = record(value);
  const installationId = job?.['installationId'];
  if (!job || typeof installationId !== 'number') return undefined;
  const { repositoryId, delivery, again, label, resumes } = job;
  const of = {
    installationId,
    ...(typeof repositoryId === 'number' ? { repositoryId } : {}),
    ...(typeof delivery === 'string' ? { delivery } : {}),
  };
  switch (job['kind']) {
    case 'sweep':
      return { kind: 'sweep', installationId };
    case 'review': {
      const request = decodeRequest(job['request']);
      const why = { ...(again === true ? { again } : {}), ...(resumes === true ? { resumes } : {}) };
      return request && { kind: 'review', ...of, request, ...why };
    }
    case 'label': {
      const request = decodeRequest(job['request']);
      return request && typeof label === 'string' ? { kind: 'label', ...of, request, label } : undefined;
    }
    case 'merge-group': {
      const group = decodeGroup(job['group']);
      return group && { kind: 'merge-group', ...of, group };
    }
    case 'command': {
      const command = decodeCommand(job['command']);
      return command && { kind: 'command', ...of, command };
    }
    case 'apply': {
      const request = decodeRequest(job['request']);
      const by = job['by'];
      return request && typeof by === 'string' ? { kind: 'apply', ...of, request, by } : undefined;
    }
    case 'feedback': {
      const request = decodeRequest(job['request']);
      return request && { kind: 'feedback', ...of, request };
    }
    case 'locate':
      return decodeLocate(job, of);
    default:
      return undefined;
  }
}

function decodeLocate(job: Record<string, unknown>, of: OfRepository): ReviewJob | undefined {
  const repository = decodeRepository(job['repository']);
  const { headSha, suiteId } = job;
  if (!repository || typeof headSha !== 'string' || typeof suiteId !== 'number') return undefined;
  return { kind: 'locate', ...of, repository, headSha, suiteId };
}

function decodeCommand(value: unknown): AskedCommand | undefined {
  const command = record(value);
  const repository = decodeRepository(command?.['repository']);
  const { pullNumber, place, commentId, threadId, by, text } = command ?? {};
  if (!repository || typeof pullNumber !== 'number' || typeof commentId !== 'number') return undefined;
  if (typeof by !== 'string' || typeof text !== 'string' || (place !== 'conversation' && place !== 'thread'))
    return undefined;
  const thread = typeof threadId === 'number' ? { threadId } : {};
  return { repository, pullNumber, place, commentId, ...thread, by, text };
}

function decodeGroup(value: unknown): MergeGroup | undefined {
  const group = record(value);
  const repository = decodeRepository(group?.['repository']);
  const { headSha, baseSha, pullNumber } = group ?? {};
  if (!repository || typeof headSha !== 'string' || typeof baseSha !== 'string') return undefined;
  return { repository, headSha, baseSha, ...(typeof pullNumber === 'number' ? { pullNumber } : {}) };
}

function decodeRequest(value: unknown): ReviewRequest | undefined {
  const request = record(value);
  const repository = decodeRepository(request?.['repository']);
  const pullNumber = request?.['pullNumber'];
  const headSha = request?.['headSha'];
  if (!repository || typeof pullNumber !== 'number' || typeof headSha !== 'string') return undefined;
  return {
    repository,
    pullNumber,
    headSha,
    ...(request?.['asked'] === true ? { asked: true } : {}),
    ...(request?.['ended'] === true ? { ended: true } : {}),
  };
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
