/** Remembers what was taken in under an id: GitHub (or a person) may send a delivery again under the same one. */

/** Ids that are remembered; at GitHub's pace they are those of hours. */
export const rememberedIds = 10_000;

/** A set of the newest ids, in the order of their coming. */
export class OnceMemory {
  readonly #seen = new Set<string>();
  readonly #limit: number;

  constructor(ids: Iterable<string> = [], limit = rememberedIds) {
    this.#limit = limit;
    for (const id of ids) this.add(id);
  }

  /** Whether the id is new; it is remembered from now on. */
  add(id: string): boolean {
    if (this.#seen.has(id)) return false;
    this.#seen.add(id);
    // A Set keeps the order of insertion.
    for (const oldest of this.#seen) {
      if (this.#seen.size <= this.#limit) break;
      this.#seen.delete(oldest);
    }
    return true;
  }

  /** Takes an id back, because what it brought could not be stored. */
  forget(id: string): void {
    this.#seen.delete(id);
  }
}
