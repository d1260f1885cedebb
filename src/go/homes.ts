/** Which package of the repository a node belongs to: questions about it are answered there. */
import type { File, Node } from './ast.ts';
import type { Model } from './model.ts';
import type { Callee } from './package.ts';

/** What a package knows of the others around it. */
export interface Surroundings {
  /** Another package of the repository. */
  local(path: string): Model | undefined;
  /** The package that a file was loaded for. */
  ownerOf(file: File): Model | undefined;
  /** Packages of the repository that were asked about so far. */
  readonly asked: readonly Model[];
  /** Characters of all packages of the repository that are in sight. */
  readonly characters: number;
  /** Nested type questions, over all packages. */
  readonly depth: { value: number };
}

export class Homes {
  readonly #self: Model;
  readonly #ownFiles: ReadonlySet<File>;
  readonly #module: Surroundings | undefined;
  /** Who answered last: the next question is most often about the same package. */
  #last: Model | undefined;

  constructor(self: Model, files: readonly File[], module: Surroundings | undefined) {
    this.#self = self;
    this.#ownFiles = new Set(files);
    this.#module = module;
  }

  homeOf(node: Node): Model {
    return node.kind === 'FuncDecl' ? this.ofFile(node.file) : this.of(node);
  }

  ofFile(file: File | undefined): Model {
    if (!file || !this.#module || this.#ownFiles.has(file)) return this.#self;
    return this.#module.ownerOf(file) ?? this.#self;
  }

  /** Nodes do not know their file, so those who met it before are asked first. */
  of(node: Node): Model {
    if (!this.#module || this.#self.syntax.knows(node)) return this.#self;
    if (this.#last?.syntax.knows(node)) return this.#last;
    const others = this.#module.asked.filter((other) => other !== this.#self);
    const known = others.find((other) => other.syntax.knows(node));
    if (known) {
      this.#last = known;
      return known;
    }
    if (others.length === 0 || this.#self.syntax.holds(node)) return this.#self;
    return others.find((other) => other.syntax.holds(node)) ?? this.#self;
  }
}

/** What a call in another package reaches has its home there, unless it says otherwise. */
export function seenFrom(home: Model, callee: Callee): Callee {
  if ((callee.kind !== 'func' && callee.kind !== 'method') || callee.home) return callee;
  return { ...callee, home: { path: home.selfPath, pkg: home } };
}
