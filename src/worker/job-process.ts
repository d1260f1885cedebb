/** Entry of the process that does one job: a task in, questions to the App, a last word out. */
import { reviewDeps } from '../github/review-deps.ts';
import type { Answer } from '../github/transport.ts';
import { type Task, type WorkHost, workHere } from '../github/work.ts';
import {
  errorOf,
  type FromApp,
  type FromJob,
  type PlainError,
  plainError,
  type Question,
  type ReplyValue,
} from './messages.ts';

// A supervisor signals every process of the service. The App decides when this one ends, and ends it itself; should the
// App die first, the lost channel ends it.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.once('disconnect', () => process.exit(0));

interface Waiting {
  readonly resolve: (value: ReplyValue) => void;
  readonly reject: (error: Error) => void;
}

const waiting = new Map<number, Waiting>();
let asked = 0;

function say(message: FromJob): void {
  process.send?.(message);
}

function ask(question: Question): Promise<ReplyValue> {
  return new Promise((resolve, reject) => {
    const id = ++asked;
    waiting.set(id, { resolve, reject });
    say({ kind: 'question', id, question });
  });
}

const host: WorkHost = {
  async transport(call) {
    // What GitHub answers is a text of strangers: it is parsed here.
    const asText = call.kind === 'read';
    const answer = (await ask({ kind: 'call', call: asText ? { ...call, asText } : call })) as Answer;
    return asText ? { ...answer, data: JSON.parse(answer.data as string) } : answer;
  },
  login: async () => (await ask({ kind: 'login' })) as string,
  learn: (login) => say({ kind: 'learn', login }),
  heads: {
    note: async (request) => {
      await ask({ kind: 'note', request });
    },
    shared: async (request) => (await ask({ kind: 'shared', request })) === true,
  },
  warn: (error, message) => say({ kind: 'warn', error: plainError(error), message }),
  at: (place) => say({ kind: 'at', place: place.slice(0, 500) }),
};

async function doTask(task: Task): Promise<void> {
  try {
    const whole = task.kind === 'conclude' ? { ...task, error: errorOf(task.error as PlainError) } : task;
    say({ kind: 'done', done: await workHere(reviewDeps(process.env))(whole, host) });
  } catch (error) {
    say({ kind: 'failed', error: plainError(error) });
  }
}

process.on('message', (message) => {
  const said = message as FromApp;
  if (said.kind === 'task') void doTask(said.task);
  else {
    const one = waiting.get(said.id);
    waiting.delete(said.id);
    if (said.kind === 'reply') one?.resolve(said.value);
    else one?.reject(errorOf(said.error));
  }
});
