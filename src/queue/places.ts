/**
 * Who runs next. Each group (an installation) gets its share: among what could start, the group that has least running
 * comes first. A job that runs for long frees its place for others and goes on beside them; there are as many such places
 * as ordinary ones, and no group ever has more running than there are ordinary places, so that slow work of one group
 * never takes all of them.
 */

/** A place that is taken; give it back once. */
export interface Place {
  readonly group: string;
  overtime: boolean;
  readonly timer: NodeJS.Timeout;
}

export class Places {
  readonly #limit: number;
  readonly #placeMs: number;
  readonly #onRoom: () => void;
  readonly #running = new Map<string, number>();
  #ordinary = 0;
  #overtime = 0;

  /** `limit` ordinary places; a job frees its place after `placeMs`, and `onRoom` is told when that makes room. */
  constructor(limit: number, placeMs: number, onRoom: () => void) {
    this.#limit = limit;
    this.#placeMs = placeMs;
    this.#onRoom = onRoom;
  }

  get taken(): number {
    return this.#ordinary + this.#overtime;
  }

  /** The index of the group that may start; undefined entries may not. Undefined when there is no room or nobody. */
  choose(groups: readonly (string | undefined)[]): number | undefined {
    if (this.#ordinary >= this.#limit) return undefined;
    let best: { readonly index: number; readonly load: number } | undefined;
    for (const [index, group] of groups.entries()) {
      const load = group === undefined ? this.#limit : (this.#running.get(group) ?? 0);
      if (load < Math.min(this.#limit, best?.load ?? this.#limit)) best = { index, load };
    }
    return best?.index;
  }

  take(group: string): Place {
    const timer = setTimeout(() => this.#long(place), this.#placeMs);
    timer.unref();
    const place: Place = { group, overtime: false, timer };
    this.#ordinary++;
    this.#running.set(group, (this.#running.get(group) ?? 0) + 1);
    return place;
  }

  give(place: Place): void {
    clearTimeout(place.timer);
    if (place.overtime) this.#overtime--;
    else this.#ordinary--;
    const left = (this.#running.get(place.group) ?? 1) - 1;
    if (left === 0) this.#running.delete(place.group);
    else this.#running.set(place.group, left);
  }

  #long(place: Place): void {
    if (this.#overtime >= this.#limit) return;
    place.overtime = true;
    this.#ordinary--;
    this.#overtime++;
    this.#onRoom();
  }
}
