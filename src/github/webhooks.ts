/**
 * Webhooks in, jobs out. Payload types end here. Nothing is asked of GitHub while a webhook waits for its answer: what
 * the payload does not say is looked up by the job.
 */
import type { Probot } from 'probot';
import type { RepositoryRef } from '../review/ports.ts';
import { parseExternalId } from './external-id.ts';
import type { ReviewJob } from './jobs.ts';

/** Takes a job in; rejects when it could not be stored, which GitHub is then told. */
export type Intake = (job: ReviewJob, delivery: string) => Promise<void>;

/** The fields that all our events have. */
interface CommonPayload {
  readonly installation?: { readonly id: number } | undefined;
  readonly repository: { readonly name: string; readonly owner: { readonly login: string } };
}

/** The events that lead to a review. `app.yml` subscribes to their families. */
export const reviewEvents = [
  'pull_request.opened',
  'pull_request.reopened',
  'pull_request.synchronize',
  'pull_request.ready_for_review',
] as const;

/** Registers the handlers on `probot`. */
export function receiveWebhooks(probot: Probot, intake: Intake): void {
  probot.on([...reviewEvents], async ({ id, payload }) => {
    const common = commonOf(payload);
    const { number, head } = payload.pull_request;
    if (common) await intake(reviewJob(common, number, head.sha), id);
  });

  probot.on('check_run.rerequested', async ({ id, payload }) => {
    const common = commonOf(payload);
    const run = payload.check_run;
    if (common) await intake(rerunJob(common, run.external_id, run.head_sha, run.check_suite?.id), id);
  });

  probot.on('check_suite.rerequested', async ({ id, payload }) => {
    const common = commonOf(payload);
    const suite = payload.check_suite;
    // A suite names no external id, and no pull request when the head is in a fork: the job finds out.
    if (common) await intake(locateJob(common, suite.head_sha, suite.id), id);
  });
}

interface Common {
  readonly installationId: number;
  readonly repository: RepositoryRef;
}

/** Undefined for a webhook of a repository rather than of an installation: there is no token to review with. */
function commonOf(payload: CommonPayload): Common | undefined {
  if (!payload.installation) return undefined;
  const { name, owner } = payload.repository;
  return { installationId: payload.installation.id, repository: { owner: owner.login, name } };
}

function reviewJob({ installationId, repository }: Common, pullNumber: number, headSha: string): ReviewJob {
  return { kind: 'review', installationId, request: { repository, pullNumber, headSha } };
}

/** A check run of ours names its pull request; one of an older version is located by its commit. */
function rerunJob(common: Common, externalId: string | null, headSha: string, suiteId: number | undefined): ReviewJob {
  const identity = parseExternalId(externalId);
  return identity ? reviewJob(common, identity.pullNumber, identity.headSha) : locateJob(common, headSha, suiteId ?? 0);
}

function locateJob({ installationId, repository }: Common, headSha: string, suiteId: number): ReviewJob {
  return { kind: 'locate', installationId, repository, headSha, suiteId };
}
