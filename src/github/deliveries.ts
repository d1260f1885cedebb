/** Remembers which deliveries were taken in: GitHub (or a person) may send one again under the same id. */

/** A set of the newest `limit` ids. */
export interface Deliveries {
  /** Whether the id is new; it is remembered from now on. */
  add(id: string): boolean;
  /** Takes an id back, because what it brought could not be stored. */
  forget(id: string): void;
}

/** Makes a memory of `limit` ids; at GitHub's pace 10,000 are hours. */
export function rememberDeliveries(limit = 10_000): Deliveries {
  const seen = new Set<string>();
  return {
    add(id) {
      if (seen.has(id)) return false;
      seen.add(id);
      // A Set keeps the order of insertion.
      for (const oldest of seen) {
        if (seen.size <= limit) break;
        seen.delete(oldest);
      }
      return true;
    },
    forget(id) {
      seen.delete(id);
    },
  };
}
