/**
 * Who runs next. Each group (an installation) gets its share: among what could start, the group that has least running
 * comes first, and of several such the one whose turn was longest ago. A job that runs for long frees its place for others and goes on beside them; there are as many such places
 * as ordinary ones, and no group ever has more running than there are ordinary places, so that slow work of one group
 * never takes all of them.
 */

/** A place that is taken; give it back once. */
export interface Place {
  readonly group: string;
  overtime: boolean;
  readonly timer: NodeJS.Timeout;
}

/** Groups whose last turn is remembered; who is forgotten comes first. */
const rememberedGroups = 10_000;

export class Places {
  readonly #limit: number;
  readonly #placeMs: number;
  readonly #onRoom: () => void;
  readonly #running = new Map<string, number>();
  /** By group, the number of its last turn, the latest last. */
  readonly #turns = new Map<string, number>();
  #turn = 0;
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

  /** Whether a job may start, whoever's it is. */
  get hasRoom(): boolean {
    return this.#ordinary < this.#limit;
  }

  /** The index of the group that may start; undefined entries may not. Undefined when there is no room or nobody. */
  choose(groups: readonly (string | undefined)[]): number | undefined {
    if (!this.hasRoom) return undefined;
    let best: { readonly index: number; readonly load: number; readonly turn: number } | undefined;
    for (const [index, group] of groups.entries()) {
      if (group === undefined) continue;
      const load = this.#running.get(group) ?? 0;
      if (load >= this.#limit) continue;
      const turn = this.#turns.get(group) ?? 0;
      if (!best || load < best.load || (load === best.load && turn < best.turn)) best = { index, load, turn };
    }
    return best?.index;
  }

  take(group: string): Place {
    const timer = setTimeout(() => this.#long(place), this.#placeMs);
    timer.unref();
    const place: Place = { group, overtime: false, timer };
    this.#ordinary++;
    this.#running.set(group, (this.#running.get(group) ?? 0) + 1);
    this.#tookTurn(group);
    return place;
  }

  #tookTurn(group: string): void {
    this.#turns.delete(group);
    this.#turns.set(group, ++this.#turn);
    for (const oldest of this.#turns.keys()) {
      if (this.#turns.size <= rememberedGroups) break;
      this.#turns.delete(oldest);
    }
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
