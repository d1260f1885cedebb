/** What is in sight while a declaration is resolved: the blocks around, the function around, its labels. */
import type { File, FuncDecl, FuncLit, Ident, Node } from './ast.ts';
import type { Binding } from './package.ts';
import { Scope } from './scope.ts';

/** Where the resolver reports; `outer` finds what is declared outside the declaration. */
export interface ResolveSink {
  outer(name: string): Binding | undefined;
  /** A declaration or a use, the declaration's own identifier included. */
  bound(ident: Ident, binding: Binding, declares: boolean): void;
  /** A composite literal's key, which may be a field name instead of a use of `candidate`. */
  key(ident: Ident, candidate: Binding | undefined): void;
}

type Func = FuncDecl | FuncLit;

interface FuncState {
  readonly func: Func | undefined;
  readonly labels: Map<string, Binding>;
  readonly gotos: Ident[];
}

/** Declares and finds names as Go's blocks do, and reports each of them. */
export class Sight {
  readonly #file: File;
  readonly #sink: ResolveSink;
  #scope = new Scope();
  #state: FuncState = { func: undefined, labels: new Map(), gotos: [] };

  constructor(file: File, sink: ResolveSink) {
    this.#file = file;
    this.#sink = sink;
  }

  inFunc(func: Func, run: () => void): void {
    const outer = this.#state;
    this.#state = { func, labels: new Map(), gotos: [] };
    this.inBlock(run);
    for (const ident of this.#state.gotos) {
      const label = this.#state.labels.get(ident.name);
      if (label) this.#sink.bound(ident, label, false);
    }
    this.#state = outer;
  }

  inBlock(run: () => void): void {
    const outer = this.#scope;
    this.#scope = new Scope(outer);
    run();
    this.#scope = outer;
  }

  declare(kind: Binding['kind'], ident: Ident, decl: Node): void {
    const binding = this.#bindingFor(kind, ident, decl);
    this.#scope.declare(binding);
    this.#sink.bound(ident, binding, true);
  }

  /** `:=` declares what the same block has not declared yet. */
  define(ident: Ident, decl: Node): void {
    if (ident.name === '_') return;
    const known = this.#scope.own(ident.name);
    if (known) this.#sink.bound(ident, known, false);
    else this.declare('var', ident, decl);
  }

  /** Labels live in a name space of their own, and in the whole function. */
  label(ident: Ident, decl: Node): void {
    const binding = this.#bindingFor('label', ident, decl);
    this.#sink.bound(ident, binding, true);
    this.#state.labels.set(ident.name, binding);
  }

  /** A jump may name a label that follows. */
  jump(label: Ident): void {
    this.#state.gotos.push(label);
  }

  use(ident: Ident): void {
    const binding = this.find(ident.name);
    if (binding) this.#sink.bound(ident, binding, false);
  }

  find(name: string): Binding | undefined {
    return name === '_' ? undefined : (this.#scope.lookup(name) ?? this.#sink.outer(name));
  }

  #bindingFor(kind: Binding['kind'], ident: Ident, decl: Node): Binding {
    const { func } = this.#state;
    return { kind, name: ident.name, ident, decl, file: this.#file, global: false, ...(func ? { func } : {}) };
  }
}
