/** Lexical scopes (spec, "Declarations and scope") and the universe block. */
import type { Binding } from './package.ts';

export class Scope {
  readonly parent: Scope | undefined;
  readonly #names = new Map<string, Binding>();

  constructor(parent?: Scope) {
    this.parent = parent;
  }

  declare(binding: Binding): void {
    if (binding.name !== '_') this.#names.set(binding.name, binding);
  }

  /** The binding declared in this very block. */
  own(name: string): Binding | undefined {
    return this.#names.get(name);
  }

  lookup(name: string): Binding | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const found = scope.#names.get(name);
      if (found) return found;
    }
    return undefined;
  }
}

/** Spec, "Predeclared identifiers". */
const predeclared: ReadonlyArray<readonly [Binding['kind'], string]> = [
  [
    'builtin',
    'append cap clear close complex copy delete imag len make max min new panic print println real recover nil',
  ],
  ['const', 'true false iota'],
  [
    'type',
    'any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr',
  ],
];

export const universe: ReadonlyMap<string, Binding> = new Map(
  predeclared.flatMap(([kind, names]) => names.split(' ').map((name) => [name, { kind, name, global: true }] as const)),
);
