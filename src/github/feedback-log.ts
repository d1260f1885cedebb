/** Where the ends of pull requests are recorded: one port, kept in memory, in the state folder, or in Redis (`redis-feedback.ts`). */
import { join } from 'node:path';
import { Journal } from '../queue/journal.ts';
import { decodeFeedback, type PullFeedback } from '../review/feedback.ts';

export interface FeedbackLog {
  /** Takes the place of what was recorded of the pull request before. Resolves when it is stored. */
  record(feedback: PullFeedback): Promise<void>;
  /** The newest end of each pull request, oldest first. */
  all(): Promise<readonly PullFeedback[]>;
}

/** Pull requests that are remembered, the newest; some 300 bytes each. */
export const rememberedPulls = 20_000;

export function memoryFeedback(): FeedbackLog {
  let all: readonly PullFeedback[] = [];
  return {
    async record(feedback) {
      all = newest([...all, feedback]);
    },
    all: async () => all,
  };
}

/** In a file of the state folder, which one process writes and any may read. */
export function fileFeedback(folder: string): FeedbackLog {
  const journal = new Journal(join(folder, 'feedback.log'));
  const read = async (): Promise<readonly PullFeedback[]> => newest((await journal.read()).flatMap(parsed));
  let lines = 0;
  let counted: Promise<void> | undefined;
  const count = async (): Promise<void> => {
    lines += (await journal.read()).length;
  };
  return {
    async record(feedback) {
      counted ??= count();
      await counted;
      await journal.append(JSON.stringify(feedback));
      if (++lines < 2 * rememberedPulls) return;
      lines = 0;
      await journal.rewrite(async () => (await read()).map((one) => JSON.stringify(one)));
      lines += rememberedPulls;
    },
    all: read,
  };
}

function parsed(line: string): readonly PullFeedback[] {
  try {
    return [decodeFeedback(JSON.parse(line)) ?? []].flat();
  } catch {
    return [];
  }
}

/** Of each pull request the last one, in the order of their ends. */
function newest(all: readonly PullFeedback[]): readonly PullFeedback[] {
  const byPull = new Map<string, PullFeedback>();
  for (const one of all) {
    byPull.delete(one.pull);
    byPull.set(one.pull, one);
  }
  return [...byPull.values()].slice(-rememberedPulls);
}
