/**
 * The `external_id` of our check runs: pull request number and head SHA. GitHub leaves `pull_requests` of a check run
 * empty for forks, so a re-run finds its pull request by this.
 */

export interface CheckIdentity {
  readonly pullNumber: number;
  readonly headSha: string;
}

/** `goplumber/12/0123abc...` */
export function externalId(identity: CheckIdentity): string {
  return `goplumber/${identity.pullNumber}/${identity.headSha}`;
}

/** Reads an external id; undefined when it is not ours. */
export function parseExternalId(text: string | null | undefined): CheckIdentity | undefined {
  const match = /^goplumber\/([1-9]\d{0,14})\/([0-9a-f]{40,64})$/.exec(text ?? '');
  return match ? { pullNumber: Number(match[1]), headSha: match[2] ?? '' } : undefined;
}
