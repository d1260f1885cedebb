/**
 * Deliveries that did not reach the App. GitHub lists what it sent and how that ended, and sends a delivery again when it
 * is asked to. A timeout has no status code, so the ones that went wrong are those whose status is not `OK`; attempts of
 * one delivery share its `guid`, and one that went well settles it.
 */
import type { GitHubClient } from './client.ts';
import { knownEvents } from './webhooks.ts';

export interface LostDeliveries {
  /** Asks for every delivery again that was lost since the last look. Returns how many those were. */
  redeliver(): Promise<number>;
}

const limits = {
  /** Pages of 100 read in one look. */
  pages: 20,
  /** Deliveries asked for in one look; the next one goes on. */
  redelivered: 100,
  /** Attempts of one delivery, GitHub's first included. */
  attempts: 5,
  /** GitHub keeps deliveries for three days; those of the last hour may be read twice. */
  firstLookMs: 3 * 24 * 3_600_000,
  overlapMs: 3_600_000,
  /** A delivery that was asked for again has this long to come and to be listed. */
  patienceMs: 300_000,
} as const;

interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly delivered_at: string;
  readonly status: string;
  readonly event: string;
}

/** `app` is signed in as the App itself. */
export function lostDeliveries(app: GitHubClient, now: () => number = Date.now): LostDeliveries {
  let lookedAt = now() - limits.firstLookMs;
  const asked = new Map<string, number>();
  return {
    async redeliver() {
      const started = now();
      for (const [guid, at] of asked) if (at < started - limits.patienceMs) asked.delete(guid);
      const lost = lostOf((await readSince(app, lookedAt - limits.overlapMs)).filter(({ guid }) => !asked.has(guid)));
      for (const { id, guid } of lost) {
        asked.set(guid, started);
        await app.write('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: id });
      }
      if (lost.length < limits.redelivered) lookedAt = started;
      return lost.length;
    },
  };
}

/** The newest attempt of each delivery that never went well, oldest first, so that they come in their order. */
function lostOf(deliveries: readonly Delivery[]): readonly Delivery[] {
  const attempts = new Map<string, Delivery[]>();
  for (const delivery of deliveries) {
    if (!knownEvents.has(delivery.event)) continue;
    attempts.set(delivery.guid, [...(attempts.get(delivery.guid) ?? []), delivery]);
  }
  return [...attempts.values()]
    .filter((of) => of.length < limits.attempts && of.every(({ status }) => status !== 'OK'))
    .flatMap((of) => of.slice(0, 1))
    .reverse()
    .slice(0, limits.redelivered);
}

/** Newest first, as GitHub lists them. */
async function readSince(app: GitHubClient, since: number): Promise<readonly Delivery[]> {
  const isOld = ({ delivered_at: at }: { readonly delivered_at: string }): boolean => Date.parse(at) < since;
  const route = 'GET /app/hook/deliveries';
  const listed = await app.cursorPages(route, {}, limits.pages, (page) => page.some(isOld));
  return listed.filter((one) => !isOld(one)).map((one) => ({ ...one, id: Number(one.id) }));
}
