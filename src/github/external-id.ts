/**
 * The `external_id` of our check runs: pull request number, head SHA, and the work that began it. GitHub leaves
 * `pull_requests` of a check run empty for forks, so a re-run finds its pull request by this; and after a crash the work
 * finds what it began.
 */

export interface CheckIdentity {
  /** 0 for the commit of a merge queue. */
  readonly pullNumber: number;
  readonly headSha: string;
  /** Id of the job; absent for a review by hand. */
  readonly work?: string;
}

/** `goplumber/12/0123abc...`, with `/<job>` behind it when there is one. */
export function externalId({ pullNumber, headSha, work }: CheckIdentity): string {
  return `goplumber/${pullNumber}/${headSha}${work === undefined ? '' : `/${work}`}`;
}

/** Reads an external id; undefined when it is not ours. */
export function parseExternalId(text: string | null | undefined): CheckIdentity | undefined {
  const match = /^goplumber\/(0|[1-9]\d{0,14})\/([0-9a-f]{40,64})(?:\/([\w-]{1,64}))?$/.exec(text ?? '');
  if (!match) return undefined;
  const work = match[3];
  return { pullNumber: Number(match[1]), headSha: match[2] ?? '', ...(work === undefined ? {} : { work }) };
}
