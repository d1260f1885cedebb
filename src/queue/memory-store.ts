/** Jobs in memory only: for tests, and for those who accept that a restart forgets what waits. */
import { randomUUID } from 'node:crypto';
import { type DeadJob, type Job, type JobStore, keptDeadJobs } from './job.ts';

export function memoryStore<P>(): JobStore<P> {
  const graves: DeadJob<P>[] = [];
  let raised: Job<P>[] = [];
  return {
    save: async () => {},
    remove: async () => {},
    async bury(job, reason) {
      graves.unshift({ job, reason, at: Date.now() });
      graves.length = Math.min(graves.length, keptDeadJobs);
    },
    load: async () => ({ jobs: [], unreadable: [], taken: [] }),
    countDead: async () => graves.length,
    async arrivals() {
      const all = raised;
      raised = [];
      return all;
    },
    dead: async () => [...graves],
    async replay(id) {
      const at = graves.findIndex(({ job }) => job.id === id);
      const [grave] = at < 0 ? [] : graves.splice(at, 1);
      if (grave) raised.push({ id: randomUUID(), key: grave.job.key, payload: grave.job.payload });
      return grave !== undefined;
    },
  };
}
