/** `goplumber jobs`: what the App gave up, and trying it again. It needs to reach the App's store, and nothing of GitHub. */
import { decodeJob, type ReviewJob } from '../github/jobs.ts';
import type { RedisSettings } from '../github/store-settings.ts';
import { fileStore } from '../queue/file-store.ts';
import type { DeadJob, DeadLetters } from '../queue/job.ts';
import { appStore, reached } from './app-store.ts';
import { visible } from './escape.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

interface Letters extends DeadLetters<ReviewJob> {
  close(): Promise<void>;
}

/** Prints what was given up, newest first. Returns 0. */
export async function listDeadJobs(format: 'text' | 'json', terminal: Terminal): Promise<number> {
  const dead = await withLetters(terminal, (letters) => letters.dead());
  if (format === 'json') terminal.out(`${JSON.stringify(dead.map(plain), null, 2)}\n`);
  else if (dead.length === 0) terminal.out('Nothing was given up.\n');
  else for (const one of dead) terminal.out(`${line(one)}\n`);
  return 0;
}

/** Puts jobs back into the line. Returns 1 when one of the ids is not there. */
export async function replayDeadJobs(ids: readonly string[], all: boolean, terminal: Terminal): Promise<number> {
  if (all === ids.length > 0) throw new UsageError('jobs replay takes the ids that jobs list shows, or --all');
  return withLetters(terminal, async (letters) => {
    const wanted = all ? (await letters.dead()).map(({ job }) => job.id) : ids;
    let missing = 0;
    for (const id of wanted) {
      if (await letters.replay(id)) continue;
      missing++;
      terminal.err(`goplumber: nothing was given up under the id ${visible(id)}\n`);
    }
    terminal.out(`${wanted.length - missing} put back into the line\n`);
    return missing === 0 ? 0 : 1;
  });
}

async function withLetters<T>(terminal: Terminal, work: (letters: Letters) => Promise<T>): Promise<T> {
  const store = await appStore(terminal);
  const letters = store.kind === 'redis' ? await onRedis(store.redis) : await inFolder(store.folder);
  try {
    return await work(letters);
  } finally {
    await letters.close();
  }
}

async function inFolder(folder: string): Promise<Letters> {
  const store = await fileStore(folder, decodeJob);
  return { dead: () => store.dead(), replay: (id) => store.replay(id), close: async () => {} };
}

async function onRedis({ url, prefix }: RedisSettings): Promise<Letters> {
  const { redisQueue } = await import('../queue/redis/redis-queue.ts');
  const queue = redisQueue({ redis: { url, prefix }, decode: decodeJob, concurrency: 0, handler: async () => {} });
  const leave = (): Promise<boolean> => queue.drain(0);
  return {
    dead: () => reached(queue.dead(), leave),
    replay: (id) => reached(queue.replay(id), leave),
    close: async () => {
      await leave();
    },
  };
}

function plain({ job, reason, at }: DeadJob<ReviewJob>): object {
  return { id: job.id, key: job.key, kind: job.payload.kind, at: new Date(at).toISOString(), reason };
}

function line({ job, reason, at }: DeadJob<ReviewJob>): string {
  const when = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  return `${job.id}  ${when}  ${job.payload.kind} ${visible(job.key)}  ${visible(reason)}`;
}
