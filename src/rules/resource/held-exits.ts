/** Where a resource is left while it is held: what counts as an exit, and which of them are told. */
import type { Node } from '../../go/ast.ts';
import type { Acquisition } from './acquisition.ts';
import { absent, isSurelyHeld, live, type State, settled, stale } from './state.ts';

/** An exit that is reached while the resource is held. */
export interface HeldExit {
  readonly node: Node;
  /** `return`, the end of a block or function, a jump out of the block that declares the variable, or another value for it. */
  readonly kind: 'return' | 'end' | 'jump' | 'overwritten';
}

export class HeldExits {
  readonly #acquisition: Acquisition;
  readonly #found = new Map<Node, HeldExit>();
  #noted = false;

  constructor(acquisition: Acquisition) {
    this.#acquisition = acquisition;
  }

  /** In source order. */
  get all(): readonly HeldExit[] {
    return [...this.#found.values()]
      .filter(({ kind }) => kind !== 'overwritten' || !this.#noted)
      .sort((a, b) => a.node.range.start - b.node.range.start);
  }

  /** A variable may say from now on whether the resource is held: what is reached later is not told for sure. */
  note({ bits }: State): void {
    if ((bits & live) !== 0) this.#noted = true;
  }

  /**
   * Held for sure, or on one of the paths that this walk tells apart. What was settled on another branch may hang
   * together with the way to this exit; only a release that any reference counts for is judged as `go vet` does.
   */
  leave(node: Node, kind: HeldExit['kind'], state: State): void {
    const { bits } = state;
    if ((bits & live) === 0) return;
    const { resource, declares } = this.#acquisition;
    const own = declares || resource.value.kind !== 'result';
    if (own || resource.anyUse) {
      const doubtful = (own ? 0 : absent) | (resource.anyUse ? 0 : settled);
      if ((bits & doubtful) === 0) this.#found.set(node, { node, kind });
    } else if (isSurelyHeld(state) && !this.#noted) this.#found.set(node, { node, kind });
  }

  /** The variable gets another value. */
  overwrite(node: Node, state: State): void {
    if (isSurelyHeld(state)) this.#found.set(node, { node, kind: 'overwritten' });
  }

  /** The call that acquires it stands in a loop and comes again. */
  acquireAgain(node: Node, { bits }: State): void {
    if ((bits & stale) !== 0 && (bits & settled) === 0) this.#found.set(node, { node, kind: 'overwritten' });
  }
}
