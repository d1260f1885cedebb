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
import { type Guard, guardsOf } from './guards.ts';

/** A lock asked for by a function, in its own text or by what it calls. */
export interface Asked {
  readonly guard: Guard;
  /** Locks that are held at that moment. */
  readonly held: ReadonlySet<Guard>;
}

type Held = ReadonlySet<Guard>;

interface Facts {
  readonly taken: Asked[];
  readonly calls: { readonly callee: FuncDecl; readonly held: Held }[];
}

const nothing: Held = new Set();
/** Callers of callers are looked at to this depth. */
const maxCallers = 3;

export class LockGraph {
  readonly pkg: GoPackage;
  readonly locks: readonly Guard[];
  readonly #at = new Map<CallExpr, { readonly guard: Guard; readonly method: string }>();
  readonly #facts = new Map<FuncDecl, Facts>();
  readonly #callers = new Map<FuncDecl, { readonly caller: FuncDecl; readonly held: Held }[]>();
  readonly #acquired = new Map<FuncDecl, ReadonlySet<Guard>>();

  constructor(pkg: GoPackage) {
    this.pkg = pkg;
    this.locks = [...guardsOf(pkg)].filter(({ kind, calls }) => kind === 'lock' && calls.length > 0);
    if (this.locks.length < 2) return;
    for (const guard of this.locks) for (const { call, method } of guard.calls) this.#at.set(call, { guard, method });
    for (const decl of pkg.funcDecls) if (decl.body && !isTestFile(decl.file.path)) this.#read(decl);
  }

  /** The functions that themselves take a lock and, while they hold it, ask for others. */
  *holders(): Iterable<{ readonly func: FuncDecl; readonly own: Guard; readonly asked: readonly Asked[] }> {
    for (const [func, { taken, calls }] of this.#facts) {
      const before = this.#heldByCallers(func, 0);
      const all = [
        ...taken,
        ...calls.flatMap(({ callee, held }) => [...this.acquired(callee)].map((guard) => ({ guard, held }))),
      ].map(({ guard, held }) => ({ guard, held: new Set([...before, ...held]) }));
      for (const own of new Set(taken.map(({ guard }) => guard))) {
        const asked = all.filter(({ guard, held }) => held.has(own) && guard !== own && !held.has(guard));
        if (asked.length > 0) yield { func, own, asked };
      }
    }
  }

  /** The locks that a function, or what it calls, asks for. */
  acquired(func: FuncDecl): ReadonlySet<Guard> {
    const known = this.#acquired.get(func);
    if (known) return known;
    const found = new Set<Guard>();
    this.#acquired.set(func, found);
    const facts = this.#facts.get(func);
    for (const { guard } of facts?.taken ?? []) found.add(guard);
    for (const { callee } of facts?.calls ?? []) for (const guard of this.acquired(callee)) found.add(guard);
    return found;
  }

  #heldByCallers(func: FuncDecl, depth: number): Held {
    const callers = this.#callers.get(func) ?? [];
    if (isExported(func.name.name) || callers.length === 0 || depth >= maxCallers) return nothing;
    return callers
      .map(({ caller, held }): Held => new Set([...held, ...this.#heldByCallers(caller, depth + 1)]))
      .reduce(common);
  }

  #read(decl: FuncDecl): void {
    const facts: Facts = { taken: [], calls: [] };
    this.#facts.set(decl, facts);
    this.#list(facts, decl.body?.list ?? [], nothing);
    for (const { callee, held } of facts.calls) {
      const known = this.#callers.get(callee);
      if (known) known.push({ caller: decl, held });
      else this.#callers.set(callee, [{ caller: decl, held }]);
    }
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
        return held;
      case 'DeferStmt':
        return held;
      case 'ReturnStmt':
      case 'BranchStmt':
        this.#calls(facts, stmt, held);
        return undefined;
      case 'IfStmt': {
        const asked = this.#calls(
          facts,
          stmt.cond,
          stmt.init ? (this.#statement(facts, stmt.init, held) ?? held) : held,
        );
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
      case 'TypeSwitchStmt':
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
      facts.calls.push({ callee: callee.decl, held });
    return held;
  }
}

function both(a: Held | undefined, b: Held | undefined): Held | undefined {
  return a && b ? common(a, b) : (a ?? b);
}

function common(a: Held, b: Held): Held {
  return new Set([...a].filter((each) => b.has(each)));
}
