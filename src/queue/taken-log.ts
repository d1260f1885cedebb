/** Ids of what was taken in and is done, in a file of the store's folder: one a line, the newest last. */
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from './job-files.ts';
import { rememberedIds } from './once.ts';

const name = 'taken.log';

export class TakenLog {
  readonly #folder: string;
  #lines = 0;
  /** Changes of the file, one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Adds an id. Rejects when the file cannot be written. */
  add(id: string): Promise<void> {
    const done = this.#turn.then(() => this.#add(id));
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** The newest ids, oldest first. */
  async read(): Promise<readonly string[]> {
    const text = await readFile(join(this.#folder, name), 'utf8').catch(() => '');
    const ids = text.split('\n').filter((line) => line !== '');
    this.#lines = ids.length;
    return ids.slice(-rememberedIds);
  }

  async #add(id: string): Promise<void> {
    await appendFile(join(this.#folder, name), `${id.replaceAll(/\s/g, ' ')}\n`, { mode: 0o600 });
    if (++this.#lines < 2 * rememberedIds) return;
    const kept = await this.read();
    await writeAtomically(this.#folder, name, `${kept.join('\n')}\n`);
    this.#lines = kept.length;
  }
}
