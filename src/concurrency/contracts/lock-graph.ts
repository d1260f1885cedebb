/**
 * Which locks of a package are asked for while others are held.
 *
 *  1. A lock is held from its `Lock` on, as far as the text of the function goes, until its `Unlock`; where branches meet,
 *     one that not all of them hold is not held. A deferred `Unlock` comes at the end.
 *  2. What a called function asks for counts at the call. Function literals and `go` statements begin with nothing held.
 *  3. A lock that all callers of a function hold is held in it.
 *  4. A value that a function hands on as receiver or argument is its own receiver or parameter, by name.
 */
import type { CallExpr, FuncDecl } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { work } from '../../work/meter.ts';
import { type Guard, guardsOf } from './guards.ts';
import { type Call, common, type Facts, factsOf, type Held, nothing } from './lock-facts.ts';

/** A function that takes a lock itself and, while it holds that, asks for another one. */
export interface Holder {
  readonly func: FuncDecl;
  /** All locks that it holds at that moment. */
  readonly held: ReadonlySet<Guard>;
}

/** A function that holds a lock and leads, by calls that hand the locked value on, to one that takes it again. */
export interface Reentry {
  readonly guard: Guard;
  /** The holder first, then those that it leads to. */
  readonly path: readonly FuncDecl[];
}

/** What callers hold is looked for so far up. */
const maxCallers = 3;

export class LockGraph {
  readonly pkg: GoPackage;
  readonly locks: readonly Guard[];
  readonly #facts = new Map<FuncDecl, Facts>();
  readonly #acquired = new Map<FuncDecl, ReadonlySet<Guard>>();
  readonly #holders = new Map<Guard, Map<Guard, Holder[]>>();
  readonly #reentries: Reentry[] = [];

  constructor(pkg: GoPackage) {
    this.pkg = pkg;
    this.locks = guardsOf(pkg).filter(({ kind, calls }) => kind === 'lock' && calls.length > 0);
    if (this.locks.length === 0) return;
    const at = new Map(this.locks.flatMap((guard) => guard.calls.map(({ call, method }) => [call, { guard, method }])));
    for (const decl of pkg.funcDecls)
      if (decl.body && !isTestFile(decl.file.path)) this.#facts.set(decl, factsOf(pkg, at, decl));
    const before = this.#heldByCallers();
    for (const facts of this.#facts.values()) {
      this.#hold(facts, before.get(facts.func) ?? nothing);
      this.#reenter(facts);
    }
  }

  /** The functions that take the one lock and then ask for the other, themselves or by what they call. */
  holders(own: Guard, asked: Guard): readonly Holder[] {
    return this.#holders.get(own)?.get(asked) ?? [];
  }

  /** In the order of the text; one for each function, lock and callee. */
  get reentries(): readonly Reentry[] {
    return this.#reentries;
  }

  #reenter({ func, taken, calls }: Facts): void {
    const own = new Set(taken.map(({ guard }) => guard));
    const seen = new Set<FuncDecl>();
    for (const { call, callee, held } of calls) {
      if (seen.has(callee) || callee === func || !handsOn(func, call)) continue;
      for (const guard of held) {
        const path = own.has(guard) ? this.#pathTo(callee, guard) : undefined;
        if (!path) continue;
        seen.add(callee);
        this.#reentries.push({ guard, path: [func, ...path] });
      }
    }
  }

  /** The shortest way to a function that takes the lock, by calls that hand on what they are given. */
  #pathTo(from: FuncDecl, guard: Guard): readonly FuncDecl[] | undefined {
    if (!this.#acquiredBy(from).has(guard)) return undefined;
    const before = new Map<FuncDecl, FuncDecl | undefined>([[from, undefined]]);
    for (const one of before.keys()) {
      work();
      const facts = this.#facts.get(one);
      if (facts?.taken.some((taken) => taken.guard === guard)) {
        const path: FuncDecl[] = [];
        for (let at: FuncDecl | undefined = one; at; at = before.get(at)) path.unshift(at);
        return path;
      }
      for (const { call, callee } of facts?.calls ?? [])
        if (!before.has(callee) && handsOn(one, call)) before.set(callee, one);
    }
    return undefined;
  }

  #hold({ func, taken, calls }: Facts, before: Held): void {
    const own = new Set(taken.map(({ guard }) => guard));
    const asked = [
      ...taken,
      ...calls.flatMap(({ callee, held }) => [...this.#acquiredBy(callee)].map((guard) => ({ guard, held }))),
    ];
    for (const { guard, held: here } of asked) {
      const held = new Set([...before, ...here]);
      if (held.has(guard)) continue;
      for (const outer of held) {
        work();
        if (!own.has(outer)) continue;
        const byAsked = this.#holders.get(outer) ?? new Map<Guard, Holder[]>();
        this.#holders.set(outer, byAsked.set(guard, [...(byAsked.get(guard) ?? []), { func, held }]));
      }
    }
  }

  /** The locks that a function, or what it calls, asks for. */
  #acquiredBy(func: FuncDecl): ReadonlySet<Guard> {
    const known = this.#acquired.get(func);
    if (known) return known;
    const found = new Set<Guard>();
    const reached = new Set([func]);
    for (const one of reached) {
      work();
      const facts = this.#facts.get(one);
      for (const { guard } of facts?.taken ?? []) found.add(guard);
      for (const { callee } of facts?.calls ?? []) reached.add(callee);
    }
    this.#acquired.set(func, found);
    return found;
  }

  /** What all callers of a function hold, as far as it is not exported. */
  #heldByCallers(): ReadonlyMap<FuncDecl, Held> {
    const calls = new Map<FuncDecl, Call[]>();
    for (const facts of this.#facts.values())
      for (const call of facts.calls) {
        const known = calls.get(call.callee);
        if (known) known.push(call);
        else calls.set(call.callee, [call]);
      }
    let known: ReadonlyMap<FuncDecl, Held> = new Map();
    for (let round = 0; round < maxCallers; round += 1) {
      const next = new Map<FuncDecl, Held>();
      for (const [func, all] of calls) {
        work(all.length);
        if (isExported(func.name.name)) continue;
        const held = all.map(({ caller, held: here }): Held => new Set([...here, ...(known.get(caller) ?? nothing)]));
        next.set(func, held.reduce(common));
      }
      known = next;
    }
    return known;
  }
}

/** Whether a call gets the receiver or a parameter of the function around it. */
function handsOn({ recv, type }: FuncDecl, { fun, args }: CallExpr): boolean {
  const own = new Set([...(recv ? [recv] : []), ...type.params].flatMap(({ names }) => names.map(({ name }) => name)));
  const given = [...(fun.kind === 'SelectorExpr' ? [fun.x] : []), ...args];
  return own.size === 0 || given.some((one) => one.kind === 'Ident' && own.has(one.name));
}

const graphs = new WeakMap<GoPackage, LockGraph>();

/** The graph of a package; one per package. */
export function lockGraphOf(pkg: GoPackage): LockGraph {
  const known = graphs.get(pkg) ?? new LockGraph(pkg);
  graphs.set(pkg, known);
  return known;
}
