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

/** Answers for one package; computed when asked and kept. */
export class CallGraph {
  readonly #pkg: GoPackage;
  readonly #mentions = new Map<FuncDecl, Mentions>();
  readonly #reached = new Map<FuncDecl, ReadonlySet<FuncDecl>>();
  readonly #typeParts = new Map<string, readonly string[]>();
  #methods: ReadonlyMap<string, readonly FuncDecl[]> | undefined;

  constructor(pkg: GoPackage) {
    this.#pkg = pkg;
  }

  /** All declared functions that a run of `from` may enter, `from` included, those that it starts as goroutines, too. */
  reachedFrom(from: FuncDecl): ReadonlySet<FuncDecl> {
    const known = this.#reached.get(from);
    if (known) return known;
    const reached = this.#search(from);
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
      for (const method of called) this.#methodsOf(name, method).forEach(enter);
      this.#partsOf(name).forEach(addType);
    };
    for (let next = queue.pop(); next; next = queue.pop()) {
      const mentions = this.#mentionsOf(next);
      mentions.functions.forEach(enter);
      mentions.types.forEach(addType);
      for (const method of mentions.methods) {
        if (called.has(method)) continue;
        called.add(method);
        for (const type of types) this.#methodsOf(type, method).forEach(enter);
      }
    }
    return reached;
  }

  #methodsOf(type: string, method: string): readonly FuncDecl[] {
    const decl = this.#pkg.types.get(type)?.methods.get(method);
    return decl ? [decl] : [];
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
    if ([...words].some((word) => this.#byName().has(word))) this.#addMethods(decl, functions, methods);
    const mentions: Mentions = { functions, methods, types };
    this.#mentions.set(decl, mentions);
    return mentions;
  }

  #addMethods(decl: FuncDecl, functions: Set<FuncDecl>, methods: Set<string>): void {
    walk(decl, (node) => {
      if (node.kind !== 'SelectorExpr' || !this.#byName().has(node.sel.name)) return;
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

  #byName(): ReadonlyMap<string, readonly FuncDecl[]> {
    if (!this.#methods) {
      const byName = new Map<string, FuncDecl[]>();
      for (const decl of this.#pkg.funcDecls) {
        if (!decl.recv) continue;
        const same = byName.get(decl.name.name);
        if (same) same.push(decl);
        else byName.set(decl.name.name, [decl]);
      }
      this.#methods = byName;
    }
    return this.#methods;
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
