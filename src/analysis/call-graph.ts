/**
 * Which declared functions of a package a function may run, seen from above: never too few, sometimes too many.
 *
 * 1. A function whose name is mentioned may be called. 2. A call of a method of this package reaches that method. 3. A
 * call through an interface, or of something unknown, reaches every method of that name whose type is mentioned in code
 * that is reached, in a signature, or in a type that is.
 */
import type { CallExpr, FuncDecl, SelectorExpr } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { walk } from '../go/walk.ts';

/** What one function mentions. */
interface Mentions {
  readonly functions: ReadonlySet<FuncDecl>;
  /** Names of methods that are called, or taken as values, on something whose type is not known to be of this package. */
  readonly methods: ReadonlySet<string>;
  /** Defined types of this package by name. */
  readonly types: ReadonlySet<string>;
}

interface Method {
  readonly type: string;
  readonly decl: FuncDecl;
}

/** A set of the functions of a package, as bits: a package of thousands has a set for each of them. */
export class Reached {
  readonly #bits: Uint8Array;
  readonly #numbers: ReadonlyMap<FuncDecl, number>;

  constructor(decls: ReadonlySet<FuncDecl>, numbers: ReadonlyMap<FuncDecl, number>) {
    this.#numbers = numbers;
    this.#bits = new Uint8Array((numbers.size >> 3) + 1);
    for (const decl of decls) {
      const at = numbers.get(decl);
      if (at !== undefined) this.#bits[at >> 3] = (this.#bits[at >> 3] as number) | (1 << (at & 7));
    }
  }

  has(decl: FuncDecl): boolean {
    const at = this.#numbers.get(decl);
    return at !== undefined && ((this.#bits[at >> 3] as number) & (1 << (at & 7))) !== 0;
  }
}

/** Answers for one package; computed when asked and kept. */
export class CallGraph {
  readonly #pkg: GoPackage;
  readonly #mentions = new Map<FuncDecl, Mentions>();
  readonly #reached = new Map<FuncDecl, Reached>();
  readonly #typeParts = new Map<string, readonly string[]>();
  readonly #numbers: ReadonlyMap<FuncDecl, number>;
  readonly #methodNames: ReadonlySet<string>;
  #methods: ReadonlyMap<string, readonly Method[]> | undefined;

  constructor(pkg: GoPackage) {
    this.#pkg = pkg;
    this.#methodNames = new Set(pkg.funcDecls.flatMap((decl) => (decl.recv ? [decl.name.name] : [])));
    this.#numbers = new Map(pkg.funcDecls.map((decl, at) => [decl, at]));
  }

  /** All declared functions that a run of `from` may enter, `from` included, those that it starts as goroutines, too. */
  reachedFrom(from: FuncDecl): Reached {
    const known = this.#reached.get(from);
    if (known) return known;
    const reached = new Reached(this.#search(from), this.#numbers);
    this.#reached.set(from, reached);
    return reached;
  }

  #search(from: FuncDecl): ReadonlySet<FuncDecl> {
    const reached = new Set<FuncDecl>([from]);
    const types = new Set<string>();
    const called = new Set<string>();
    const queue: FuncDecl[] = [from];
    const enter = (decl: FuncDecl) => {
      if (reached.has(decl)) return;
      reached.add(decl);
      queue.push(decl);
    };
    const addType = (name: string) => {
      if (types.has(name)) return;
      types.add(name);
      for (const [method, decl] of this.#pkg.types.get(name)?.methods ?? []) if (called.has(method)) enter(decl);
      this.#partsOf(name).forEach(addType);
    };
    for (let next = queue.pop(); next; next = queue.pop()) {
      const mentions = this.#mentionsOf(next);
      mentions.functions.forEach(enter);
      mentions.types.forEach(addType);
      for (const method of mentions.methods) {
        if (called.has(method)) continue;
        called.add(method);
        for (const { type, decl } of this.#byName().get(method) ?? []) if (types.has(type)) enter(decl);
      }
    }
    return reached;
  }

  /** Types that the declaration of a type mentions: its fields, its elements. */
  #partsOf(name: string): readonly string[] {
    let parts = this.#typeParts.get(name);
    if (!parts) {
      const info = this.#pkg.types.get(name);
      const text = info ? info.file.text.slice(info.spec.range.start, info.spec.range.end) : '';
      parts = wordsOf(text).filter((word) => this.#pkg.types.has(word));
      this.#typeParts.set(name, parts);
    }
    return parts;
  }

  #mentionsOf(decl: FuncDecl): Mentions {
    const known = this.#mentions.get(decl);
    if (known) return known;
    const functions = new Set<FuncDecl>();
    const methods = new Set<string>();
    const types = new Set<string>();
    const words = new Set(wordsOf(decl.file.text.slice(decl.range.start, decl.range.end)));
    for (const word of words) {
      const named = this.#pkg.funcs.get(word);
      if (named) functions.add(named);
      if (this.#pkg.types.has(word)) types.add(word);
    }
    if ([...words].some((word) => this.#methodNames.has(word))) this.#addMethods(decl, functions, methods);
    const mentions: Mentions = { functions, methods, types };
    this.#mentions.set(decl, mentions);
    return mentions;
  }

  #addMethods(decl: FuncDecl, functions: Set<FuncDecl>, methods: Set<string>): void {
    walk(decl, (node) => {
      if (node.kind !== 'SelectorExpr' || !this.#methodNames.has(node.sel.name)) return;
      const target = this.#targetOf(node);
      if (target === 'open') methods.add(node.sel.name);
      else if (target) functions.add(target);
    });
  }

  /** The method that a selector names; `open` when it may be any of its name. */
  #targetOf(selector: SelectorExpr): FuncDecl | 'open' | undefined {
    const parent = this.#pkg.parentOf(selector);
    if (parent?.kind === 'CallExpr' && parent.fun === selector) return this.#calledBy(parent);
    if (this.#pkg.fieldOf(selector)) return undefined;
    return this.#pkg.methodOf(this.#pkg.typeOf(selector.x), selector.sel.name) ?? 'open';
  }

  #calledBy(call: CallExpr): FuncDecl | 'open' | undefined {
    const callee = this.#pkg.calleeOf(call);
    switch (callee.kind) {
      case 'func':
      case 'method':
        return callee.decl;
      case 'external':
      case 'builtin':
      case 'conversion':
        return undefined;
      case 'externalMethod':
        return callee.path === 'sync' || callee.path === 'sync/atomic' ? undefined : 'open';
      default:
        return 'open';
    }
  }

  #byName(): ReadonlyMap<string, readonly Method[]> {
    this.#methods ??= this.#collectMethods();
    return this.#methods;
  }

  #collectMethods(): ReadonlyMap<string, readonly Method[]> {
    const byName = new Map<string, Method[]>();
    for (const [type, { methods }] of this.#pkg.types) {
      for (const [name, decl] of methods) {
        const same = byName.get(name) ?? [];
        same.push({ type, decl });
        byName.set(name, same);
      }
    }
    return byName;
  }
}

const graphs = new WeakMap<GoPackage, CallGraph>();

/** The call graph of a package; one per package. */
export function callGraphOf(pkg: GoPackage): CallGraph {
  const known = graphs.get(pkg) ?? new CallGraph(pkg);
  graphs.set(pkg, known);
  return known;
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
}
