/** What the text of a function says of locks: which it takes, and what it calls, while it holds which others. */
import type { CallExpr, CaseClause, CommClause, FuncDecl, Node, Stmt } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import type { Guard } from './guards.ts';

export type Held = ReadonlySet<Guard>;

export interface Taken {
  readonly guard: Guard;
  readonly held: Held;
}

export interface Call {
  readonly call: CallExpr;
  readonly callee: FuncDecl;
  readonly caller: FuncDecl;
  readonly held: Held;
}

export interface Facts {
  readonly func: FuncDecl;
  readonly taken: readonly Taken[];
  readonly calls: readonly Call[];
}

/** Calls of locks, and which lock each is of. */
export type LockCalls = ReadonlyMap<CallExpr, { readonly guard: Guard; readonly method: string }>;

export const nothing: Held = new Set();

/** Reads a function with a body. */
export function factsOf(pkg: GoPackage, locks: LockCalls, func: FuncDecl): Facts {
  return new LockText(pkg, locks, func).facts;
}

class LockText {
  readonly #pkg: GoPackage;
  readonly #at: LockCalls;
  readonly #facts: { readonly func: FuncDecl; readonly taken: Taken[]; readonly calls: Call[] };

  constructor(pkg: GoPackage, at: LockCalls, func: FuncDecl) {
    this.#pkg = pkg;
    this.#at = at;
    this.#facts = { func, taken: [], calls: [] };
    this.#list(func.body?.list ?? [], nothing);
  }

  get facts(): Facts {
    return this.#facts;
  }

  /** What is held after a list of statements; undefined when it is left before its end. */
  #list(list: readonly Stmt[], before: Held): Held | undefined {
    let held: Held | undefined = before;
    for (const stmt of list) {
      if (!held) return undefined;
      held = this.#statement(stmt, held);
    }
    return held;
  }

  #statement(stmt: Stmt, held: Held): Held | undefined {
    switch (stmt.kind) {
      case 'BlockStmt':
        return this.#list(stmt.list, held);
      case 'LabeledStmt':
        return this.#statement(stmt.stmt, held);
      case 'GoStmt':
      case 'DeferStmt':
        return held;
      case 'ReturnStmt':
      case 'BranchStmt':
        this.#calls(stmt, held);
        return undefined;
      case 'IfStmt': {
        const asked = this.#calls(stmt.cond, this.#head(stmt.init, held));
        const yes = this.#list(stmt.body.list, asked);
        return both(yes, stmt.els ? this.#statement(stmt.els, asked) : asked);
      }
      case 'ForStmt':
        this.#list(stmt.body.list, stmt.cond ? this.#calls(stmt.cond, held) : held);
        return held;
      case 'RangeStmt':
        this.#list(stmt.body.list, this.#calls(stmt.x, held));
        return held;
      case 'SwitchStmt':
      case 'TypeSwitchStmt': {
        const on = stmt.kind === 'SwitchStmt' ? stmt.tag : stmt.x;
        return this.#clauses(stmt.clauses, this.#head(on, this.#head(stmt.init, held)));
      }
      case 'SelectStmt':
        return this.#clauses(stmt.clauses, held);
      default:
        return this.#calls(stmt, held);
    }
  }

  #clauses(clauses: readonly (CaseClause | CommClause)[], held: Held): Held | undefined {
    const isWhole = clauses.some((clause) => clause.kind === 'CommClause' || clause.isDefault);
    const ends = clauses.map((clause) => this.#list(clause.body, held));
    return [...ends, ...(isWhole ? [] : [held])].reduce(both);
  }

  #head(node: Node | undefined, held: Held): Held {
    return node ? this.#calls(node, held) : held;
  }

  /** The calls of an expression or a simple statement, in the order of the text. */
  #calls(node: Node, before: Held): Held {
    let held = before;
    walk(node, (each) => {
      if (each.kind === 'FuncLit' || each.kind === 'GoStmt') return false;
      if (each.kind === 'CallExpr') held = this.#call(each, held);
      return true;
    });
    return held;
  }

  #call(call: CallExpr, held: Held): Held {
    const use = this.#at.get(call);
    if (use?.method === 'Lock' || use?.method === 'RLock') {
      this.#facts.taken.push({ guard: use.guard, held });
      return new Set([...held, use.guard]);
    }
    if (use?.method.startsWith('Try')) return held;
    if (use) return new Set([...held].filter((each) => each !== use.guard));
    const callee = this.#pkg.calleeOf(call);
    if ((callee.kind === 'func' || callee.kind === 'method') && !callee.home)
      this.#facts.calls.push({ call, callee: callee.decl, caller: this.#facts.func, held });
    return held;
  }
}

function both(a: Held | undefined, b: Held | undefined): Held | undefined {
  return a && b ? common(a, b) : (a ?? b);
}

export function common(a: Held, b: Held): Held {
  return new Set([...a].filter((each) => b.has(each)));
}
