/**
 * A file of lines that only grows, until it is written anew. Lines that come while the disk is busy are written together and
 * made durable with one call, so that many writers cost little more than one.
 */
import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

interface Waiting {
  readonly text: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class Journal {
  readonly #path: string;
  #waiting: Waiting[] = [];
  /** Changes of the file, one after the other. */
  #turn: Promise<void> = Promise.resolve();
  #isScheduled = false;
  /** The last write may have left part of a line. */
  #isTorn = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** Adds a line (without its end). Resolves when it is on stable storage; rejects when it may not be. */
  append(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ text: `${line}\n`, resolve, reject });
      if (this.#isScheduled) return;
      this.#isScheduled = true;
      this.#turn = this.#turn.then(() => this.#writeWaiting());
    });
  }

  /** The whole lines of the file, oldest first; none when there is no file. What follows the last end of a line was never promised. */
  async read(): Promise<readonly string[]> {
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    this.#isTorn = text !== '' && !text.endsWith('\n');
    return text.split('\n').slice(0, -1);
  }

  /** Puts other lines in the place of all that were written, in one step; they are asked for when no write is under way. */
  rewrite(lines: () => readonly string[] | Promise<readonly string[]>): Promise<void> {
    const done = this.#turn.then(async () => {
      const text = (await lines()).map((line) => `${line}\n`).join('');
      await writeDurably(this.#path, text);
      this.#isTorn = false;
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #writeWaiting(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#isScheduled = false;
    const text = batch.map((one) => one.text).join('');
    try {
      await appendDurably(this.#path, this.#isTorn ? `\n${text}` : text);
      this.#isTorn = false;
      for (const { resolve } of batch) resolve();
    } catch (error) {
      this.#isTorn = true;
      for (const { reject } of batch) reject(error);
    }
  }
}

async function appendDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'a', 0o600);
  try {
    const isNew = (await file.stat()).size === 0;
    await file.writeFile(text);
    await file.datasync();
    if (isNew) await syncFolder(dirname(path));
  } finally {
    await file.close();
  }
}

/** Writes a file whole or not at all. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** A name is on stable storage when its folder is. Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
