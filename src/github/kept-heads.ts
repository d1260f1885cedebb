/**
 * What is remembered of commits, kept in the state folder: a process that was killed would else judge a head again when a
 * late delivery, or one that is about an older head, leads to it.
 */
import { join } from 'node:path';
import { Journal } from '../queue/journal.ts';
import type { ReviewRequest } from '../review/ports.ts';
import { commitKey, type HeadMemory, headMemory, pullKey } from './own-runs.ts';

/** Heads that are remembered, the newest; some 150 bytes each. */
export const rememberedHeads = 5_000;

interface Head {
  readonly owner: string;
  readonly name: string;
  readonly pull: number;
  readonly head: string;
  readonly judged: boolean;
}

/** Reads what the folder holds; lines that are none are left out. Throws the file system's error. One process at a time. */
export async function fileHeads(folder: string): Promise<HeadMemory> {
  const journal = new Journal(join(folder, 'heads.log'));
  const memory = headMemory(rememberedHeads);
  /** The newest line of each head, in the order of their coming. */
  const kept = new Map<string, string>();
  let lines = 0;
  const remember = async (head: Head): Promise<void> => {
    const request = requestOf(head);
    const key = `${pullKey(request)} ${commitKey(request)}`;
    kept.delete(key);
    kept.set(key, JSON.stringify(head));
    for (const oldest of kept.keys()) {
      if (kept.size <= rememberedHeads) break;
      kept.delete(oldest);
    }
    lines++;
    await (head.judged ? memory.judge(request) : memory.note(request));
  };
  const record = async (request: ReviewRequest, judged: boolean): Promise<void> => {
    const { owner, name } = request.repository;
    const head: Head = { owner, name, pull: request.pullNumber, head: request.headSha, judged };
    await journal.append(JSON.stringify(head));
    await remember(head);
    if (lines < 2 * rememberedHeads) return;
    lines = 0;
    await journal.rewrite(() => {
      lines += kept.size;
      return [...kept.values()];
    });
  };
  for (const line of await journal.read()) for (const head of parsed(line)) await remember(head);
  return {
    ...memory,
    note: (request) => record(request, false),
    judge: (request) => record(request, true),
  };
}

function requestOf({ owner, name, pull, head }: Head): ReviewRequest {
  return { repository: { owner, name }, pullNumber: pull, headSha: head };
}

function parsed(line: string): readonly Head[] {
  try {
    const { owner, name, pull, head, judged } = JSON.parse(line) as Partial<Record<keyof Head, unknown>>;
    const isHead = [owner, name, head].every((text) => typeof text === 'string') && typeof pull === 'number';
    return isHead && typeof judged === 'boolean' ? [{ owner, name, pull, head, judged } as Head] : [];
  } catch {
    return [];
  }
}
