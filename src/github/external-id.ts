/**
 * The `external_id` of our check runs: pull request number, head SHA, and the work that began it. GitHub leaves
 * `pull_requests` of a check run empty for forks, so a re-run finds its pull request by this; and after a crash the work
 * finds what it began. A re-run at the commit of a merge queue names nothing else: its base stands here, too.
 */

export interface CheckIdentity {
  /** 0 for the commit of a merge queue. */
  readonly pullNumber: number;
  readonly headSha: string;
  /** Id of the job; absent for a review by hand. */
  readonly work?: string;
  /** Of the commit of a merge queue. */
  readonly group?: QueuedCommit;
}

export interface QueuedCommit {
  readonly baseSha: string;
  /** The pull request that the commit adds; absent where it is not known. */
  readonly pullNumber?: number;
}

/** `goplumber/12/0123abc...`, with `/<job>` behind it when there is one, and for a queue `/<base>/<pull request or 0>`. */
export function externalId({ pullNumber, headSha, work, group }: CheckIdentity): string {
  const begun = `goplumber/${pullNumber}/${headSha}${work === undefined ? '' : `/${work}`}`;
  return work === undefined || !group ? begun : `${begun}/${group.baseSha}/${group.pullNumber ?? 0}`;
}

const form =
  /^goplumber\/(0|[1-9]\d{0,14})\/([0-9a-f]{40,64})(?:\/([\w-]{1,64})(?:\/([0-9a-f]{40,64})\/(0|[1-9]\d{0,14}))?)?$/;

/** Reads an external id; undefined when it is not ours. */
export function parseExternalId(text: string | null | undefined): CheckIdentity | undefined {
  const match = form.exec(text ?? '');
  if (!match) return undefined;
  const [, pull, headSha = '', work, baseSha, queued = '0'] = match;
  const group = baseSha === undefined ? undefined : queuedCommit(baseSha, Number(queued));
  return {
    pullNumber: Number(pull),
    headSha,
    ...(work === undefined ? {} : { work }),
    ...(group && Number(pull) === 0 ? { group } : {}),
  };
}

function queuedCommit(baseSha: string, pullNumber: number): QueuedCommit {
  return { baseSha, ...(pullNumber > 0 && { pullNumber }) };
}
