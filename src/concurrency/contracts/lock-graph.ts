/**
 * Which locks of a package are asked for while others are held.
 *
 *  1. A lock is held from its `Lock` on, as far as the text of the function goes, until its `Unlock`; where branches meet,
 *     one that not all of them hold is not held. A deferred `Unlock` comes at the end.
 *  2. What a called function asks for counts at the call. Function literals and `go` statements begin with nothing held.
 *  3. A lock that all callers of a function hold is held in it.
 */
import type { CallExpr, CaseClause, CommClause, FuncDecl, Node, Stmt } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { walk } from '../../go/walk.ts';
import { work } from '../../work/meter.ts';
import { type Guard, guardsOf } from './guards.ts';

/** A function that takes a lock itself and, while it holds that, asks for another one. */
export interface Holder {
  readonly func: FuncDecl;
  /** All locks that it holds at that moment. */
  readonly held: ReadonlySet<Guard>;
}

type Held = ReadonlySet<Guard>;

interface Taken {
  readonly guard: Guard;
  readonly held: Held;
}

interface Call {
  readonly callee: FuncDecl;
  readonly caller: FuncDecl;
  readonly held: Held;
}

interface Facts {
  readonly func: FuncDecl;
  readonly taken: Taken[];
  readonly calls: Call[];
}

const nothing: Held = new Set();
/** What callers hold is looked for so far up. */
const maxCallers = 3;

export class LockGraph {
  readonly pkg: GoPackage;
  readonly locks: readonly Guard[];
  readonly #at = new Map<CallExpr, { readonly guard: Guard; readonly method: string }>();
  readonly #facts = new Map<FuncDecl, Facts>();
  readonly #acquired = new Map<FuncDecl, ReadonlySet<Guard>>();
  readonly #holders = new Map<Guard, Map<Guard, Holder[]>>();

  constructor(pkg: GoPackage) {
    this.pkg = pkg;
    this.locks = [...guardsOf(pkg)].filter(({ kind, calls }) => kind === 'lock' && calls.length > 0);
    if (this.locks.length < 2) return;
    for (const guard of this.locks) for (const { call, method } of guard.calls) this.#at.set(call, { guard, method });
    for (const decl of pkg.funcDecls) if (decl.body && !isTestFile(decl.file.path)) this.#read(decl);
    const before = this.#heldByCallers();
    for (const facts of this.#facts.values()) this.#hold(facts, before.get(facts.func) ?? nothing);
  }

  /** The functions that take the one lock and then ask for the other, themselves or by what they call. */
  holders(own: Guard, asked: Guard): readonly Holder[] {
    return this.#holders.get(own)?.get(asked) ?? [];
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

  #read(func: FuncDecl): void {
    const facts: Facts = { func, taken: [], calls: [] };
    this.#facts.set(func, facts);
    this.#list(facts, func.body?.list ?? [], nothing);
  }

  /** What is held after a list of statements; undefined when it is left before its end. */
  #list(facts: Facts, list: readonly Stmt[], before: Held): Held | undefined {
    let held: Held | undefined = before;
    for (const stmt of list) {
      if (!held) return undefined;
      held = this.#statement(facts, stmt, held);
    }
    return held;
  }

  #statement(facts: Facts, stmt: Stmt, held: Held): Held | undefined {
    switch (stmt.kind) {
      case 'BlockStmt':
        return this.#list(facts, stmt.list, held);
      case 'LabeledStmt':
        return this.#statement(facts, stmt.stmt, held);
      case 'GoStmt':
      case 'DeferStmt':
        return held;
      case 'ReturnStmt':
      case 'BranchStmt':
        this.#calls(facts, stmt, held);
        return undefined;
      case 'IfStmt': {
        const asked = this.#calls(facts, stmt.cond, this.#head(facts, stmt.init, held));
        const yes = this.#list(facts, stmt.body.list, asked);
        return both(yes, stmt.els ? this.#statement(facts, stmt.els, asked) : asked);
      }
      case 'ForStmt':
        this.#list(facts, stmt.body.list, stmt.cond ? this.#calls(facts, stmt.cond, held) : held);
        return held;
      case 'RangeStmt':
        this.#list(facts, stmt.body.list, this.#calls(facts, stmt.x, held));
        return held;
      case 'SwitchStmt':
      case 'TypeSwitchStmt': {
        const on = stmt.kind === 'SwitchStmt' ? stmt.tag : stmt.x;
        return this.#clauses(facts, stmt.clauses, this.#head(facts, on, this.#head(facts, stmt.init, held)));
      }
      case 'SelectStmt':
        return this.#clauses(facts, stmt.clauses, held);
      default:
        return this.#calls(facts, stmt, held);
    }
  }

  #clauses(facts: Facts, clauses: readonly (CaseClause | CommClause)[], held: Held): Held | undefined {
    const isWhole = clauses.some((clause) => clause.kind === 'CommClause' || clause.isDefault);
    const ends = clauses.map((clause) => this.#list(facts, clause.body, held));
    return [...ends, ...(isWhole ? [] : [held])].reduce(both);
  }

  #head(facts: Facts, node: Node | undefined, held: Held): Held {
    return node ? this.#calls(facts, node, held) : held;
  }

  /** The calls of an expression or a simple statement, in the order of the text. */
  #calls(facts: Facts, node: Node, before: Held): Held {
    let held = before;
    walk(node, (each) => {
      if (each.kind === 'FuncLit' || each.kind === 'GoStmt') return false;
      if (each.kind === 'CallExpr') held = this.#call(facts, each, held);
      return true;
    });
    return held;
  }

  #call(facts: Facts, call: CallExpr, held: Held): Held {
    const use = this.#at.get(call);
    if (use?.method === 'Lock' || use?.method === 'RLock') {
      facts.taken.push({ guard: use.guard, held });
      return new Set([...held, use.guard]);
    }
    if (use?.method.startsWith('Try')) return held;
    if (use) return new Set([...held].filter((each) => each !== use.guard));
    const callee = this.pkg.calleeOf(call);
    if ((callee.kind === 'func' || callee.kind === 'method') && !callee.home)
      facts.calls.push({ callee: callee.decl, caller: facts.func, held });
    return held;
  }
}

function both(a: Held | undefined, b: Held | undefined): Held | undefined {
  return a && b ? common(a, b) : (a ?? b);
}

function common(a: Held, b: Held): Held {
  return new Set([...a].filter((each) => b.has(each)));
}
