/** Work on pull requests in a process of its own, which has neither credentials nor, where the platform allows, a network. */
import type { Done, Task, WorkHost, WorkPlace } from '../github/work.ts';
import { converse, IsolationError, type IsolationLimits, type Reaction } from './isolated-process.ts';
import { errorOf, type FromJob, plainError, type Question, type ReplyValue } from './messages.ts';
import { mayCall } from './permitted-calls.ts';

/** Far above what a review needs, far below what would stop the App. */
export const workLimits: IsolationLimits = { timeoutMs: 300_000, heapMb: 1_024, memoryMb: 2_048, messages: 50_000 };

const entry = new URL('./job-process.js', import.meta.url);

/** A place of work that starts a process for each task. Rejects with `IsolationError` at a crash or a limit. */
export function isolatedWork(limits: Partial<IsolationLimits> = {}, process: URL = entry): WorkPlace {
  return (task, host) => {
    const plain = task.kind === 'conclude' ? { ...task, error: plainError(task.error) } : task;
    let place: string | undefined;
    const onMessage = (message: unknown): Reaction => {
      const said = message as FromJob;
      if (said.kind === 'at') place = visible(said.place);
      return reactTo(said, task, host);
    };
    const bounds = { ...workLimits, ...limits };
    return converse<Done>(process, { task: { kind: 'task', task: plain }, onMessage, place: () => place }, bounds);
  };
}

function reactTo(said: FromJob, task: Task, host: WorkHost): Reaction {
  switch (said.kind) {
    case 'question':
      return { kind: 'reply', message: reply(said.id, said.question, task, host) };
    case 'done':
      return { kind: 'end', outcome: () => said.done };
    case 'failed':
      return {
        kind: 'end',
        outcome: () => {
          throw errorOf(said.error);
        },
      };
    case 'warn':
      host.warn(errorOf(said.error), said.message);
      return { kind: 'none' };
    case 'learn':
      host.learn(said.login);
      return { kind: 'none' };
    case 'at':
      host.at(said.place);
      return { kind: 'none' };
  }
}

async function reply(id: number, question: Question, task: Task, host: WorkHost): Promise<object> {
  try {
    return { kind: 'reply', id, value: await answer(question, task, host) };
  } catch (error) {
    return { kind: 'refusal', id, error: plainError(error) };
  }
}

async function answer(question: Question, task: Task, host: WorkHost): Promise<ReplyValue> {
  switch (question.kind) {
    case 'call':
      if (!mayCall(task, question.call)) throw new IsolationError('The analysis made a request that is not permitted');
      return host.transport(question.call);
    case 'login':
      return host.login();
    case 'note':
      await host.heads.note(question.request);
      return undefined;
    case 'shared':
      return host.heads.shared(question.request);
  }
}

/** Paths are texts of strangers, and this one comes into a sentence. */
function visible(place: string): string {
  return place.slice(0, 500).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}`]/gu, '?');
}
