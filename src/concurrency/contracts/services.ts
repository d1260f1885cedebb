/**
 * Which functions of a package run only in goroutines that the package starts: those that a `go` names, literals behind
 * `go`, and what only such functions call. Whoever else calls such a function may answer, too, so it is none then.
 */
import type { FuncDecl, FuncLit, Node } from '../../go/ast.ts';
import type { FieldUse, GoPackage, GoroutineStart } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';

export type Func = FuncDecl | FuncLit;

const maxDepth = 4;

export class Services {
  readonly #pkg: GoPackage;
  readonly #byFunc = new Map<Func, GoroutineStart[]>();
  readonly #startCalls = new Set<Node>();
  readonly #roots = new Map<Func, readonly GoroutineStart[]>();

  constructor(pkg: GoPackage) {
    this.#pkg = pkg;
    for (const start of pkg.goroutineStarts) {
      const { callee } = start;
      const func = callee.kind === 'lit' ? callee.lit : 'decl' in callee ? callee.decl : undefined;
      if (!func || start.kind === 'afterfunc' || isTestFile(start.file.path)) continue;
      this.#startCalls.add(start.call);
      this.#byFunc.set(func, [...(this.#byFunc.get(func) ?? []), start]);
    }
  }

  /** The function that a node runs in: a literal behind `go`, else the declared function around it. */
  ownerOf(node: Node): Func | undefined {
    for (let at = this.#pkg.parentOf(node); at; at = this.#pkg.parentOf(at)) {
      if (at.kind === 'FuncLit' && this.#byFunc.has(at)) return at;
      if (at.kind === 'FuncDecl') return at;
    }
    return this.#pkg.enclosing(node).func;
  }

  /** Whether a `go` statement names the function. */
  isStarted(func: Func): boolean {
    return this.#byFunc.has(func);
  }

  /** The `go` statements below which alone a function runs; empty when others may call it. */
  startsOf(func: Func): readonly GoroutineStart[] {
    return this.#startsOf(func, 0, new Set());
  }

  #startsOf(func: Func, depth: number, seen: Set<Func>): readonly GoroutineStart[] {
    const known = this.#roots.get(func);
    if (known) return known;
    if (depth > maxDepth || seen.has(func)) return [];
    seen.add(func);
    const found = this.#collect(func, depth, seen);
    if (depth === 0) this.#roots.set(func, found);
    return found;
  }

  #collect(func: Func, depth: number, seen: Set<Func>): readonly GoroutineStart[] {
    const own = this.#byFunc.get(func) ?? [];
    if (func.kind === 'FuncLit') return own;
    const found = new Set(own);
    for (const call of this.#pkg.callersOf(func)) {
      if (this.#startCalls.has(call) || isTestFile(this.#pkg.fileOf(call).path)) continue;
      const caller = this.ownerOf(call);
      if (caller === func) continue;
      const above = caller ? this.#startsOf(caller, depth + 1, seen) : [];
      if (above.length === 0) return [];
      for (const start of above) found.add(start);
    }
    return [...found];
  }
}

/** The `go` statements below which alone an operation runs. */
export function startsOfUse(services: Services, use: FieldUse): readonly GoroutineStart[] {
  const owner = services.ownerOf(use.node);
  return owner ? services.startsOf(owner) : [];
}
