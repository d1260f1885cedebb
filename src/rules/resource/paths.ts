/**
 * The exits of a function at which a resource is held: a walk over the statements with what may be true of it.
 *
 * A state is the set of what it may be: absent (not acquired, or acquired with an error), held, over (its ending said
 * so, like `rows.Next()` that returned false) and settled (released or handed on). Conditions on the error and on the
 * resource itself narrow the state on either branch. Loops are walked until the state settles; it has four bits.
 */
import type { BlockStmt, CaseClause, CommClause, Expr, ReturnStmt, Stmt } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { contains } from '../../text/offset.ts';
import { neverReturns } from '../ownership/loop.ts';
import type { Acquisition } from './acquisition.ts';
import { Effects } from './effects.ts';
import { type HeldExit, HeldExits } from './held-exits.ts';
import { endsInFallthrough, isFallthrough, type Target } from './jump-target.ts';
import { absent, failed, held, join, nextRound, type State, settled, withBits } from './state.ts';

const maxRounds = 8;

/** In source order; undefined when the function cannot be walked (`goto`). */
export function heldExits(
  pkg: GoPackage,
  acquisition: Acquisition & { readonly binding: Binding },
): readonly HeldExit[] {
  const walk = new PathWalk(pkg, acquisition);
  const body = acquisition.inside.body;
  return body ? walk.run(body) : [];
}

/** A `return` with what may be true of the resource before its values are evaluated. */
export interface ReturnState {
  readonly stmt: ReturnStmt;
  readonly bits: number;
}

/** In source order; empty when the function cannot be walked (`goto`). */
export function returnStates(
  pkg: GoPackage,
  acquisition: Acquisition & { readonly binding: Binding },
): readonly ReturnState[] {
  const { body } = acquisition.inside;
  return body ? new PathWalk(pkg, acquisition).returns(body) : [];
}

class PathWalk {
  readonly #acquisition: Acquisition;
  readonly #pkg: GoPackage;
  readonly #effects: Effects;
  readonly #exits: HeldExits;
  readonly #returns = new Map<ReturnStmt, number>();
  readonly #targets: Target[] = [];
  #inScope = false;
  #lost = false;

  constructor(pkg: GoPackage, acquisition: Acquisition & { readonly binding: Binding }) {
    this.#pkg = pkg;
    this.#acquisition = acquisition;
    this.#effects = new Effects(pkg, acquisition);
    this.#exits = new HeldExits(acquisition);
  }

  run(body: BlockStmt): readonly HeldExit[] {
    const end = this.#list(body.list, { bits: absent });
    if (end) this.#exits.leave(body.list.at(-1) ?? body, 'end', end);
    return this.#lost ? [] : this.#exits.all;
  }

  returns(body: BlockStmt): readonly ReturnState[] {
    this.run(body);
    return this.#lost ? [] : [...this.#returns].map(([stmt, bits]) => ({ stmt, bits }));
  }

  // ---- Statements ------------------------------------------------------------------------------------------------

  #list(list: readonly Stmt[], start: State): State | undefined {
    let state: State | undefined = start;
    for (const stmt of list) {
      if (!state) break;
      state = this.#stmt(stmt, state);
    }
    return this.#leaveScope(list, state);
  }

  /** The end of the block that declares the variable. */
  #leaveScope(list: readonly Stmt[], state: State | undefined): State | undefined {
    const { statement, declares } = this.#acquisition;
    if (!declares || !list.includes(statement)) return state;
    this.#inScope = false;
    if (state) this.#exits.leave(list.at(-1) ?? statement, 'end', state);
    return state && withBits(state, absent);
  }

  #stmt(stmt: Stmt, state: State, label?: string): State | undefined {
    const acquires = stmt === this.#acquisition.statement;
    if (acquires && stmt.kind !== 'ReturnStmt') return this.#acquire(stmt, state);
    switch (stmt.kind) {
      case 'ReturnStmt':
        this.#returns.set(stmt, (this.#returns.get(stmt) ?? 0) | state.bits);
        this.#exits.leave(stmt, 'return', acquires ? this.#acquire(stmt, state) : this.#effects.of(stmt, state));
        return undefined;
      case 'BranchStmt':
        return this.#jump(stmt, state);
      case 'BlockStmt':
        return this.#list(stmt.list, state);
      case 'LabeledStmt':
        return this.#stmt(stmt.stmt, state, stmt.label.name);
      case 'IfStmt':
        return this.#if(stmt, state);
      case 'ForStmt':
      case 'RangeStmt':
        return this.#loop(stmt, state, label);
      case 'SwitchStmt':
      case 'TypeSwitchStmt':
      case 'SelectStmt':
        return this.#clauses(stmt, state, label);
      case 'ExprStmt':
        if (stmt.x.kind === 'CallExpr' && neverReturns(this.#pkg, stmt.x)) return undefined;
        return this.#effects.of(stmt, state);
      default:
        return this.#plain(stmt, state);
    }
  }

  #plain(stmt: Stmt, state: State): State {
    if (this.#effects.isNote(stmt)) this.#exits.note(state);
    if (this.#effects.overwrites(stmt)) this.#exits.overwrite(stmt, this.#beforeAssignment(stmt, state));
    return this.#effects.of(stmt, state);
  }

  #beforeAssignment(stmt: Stmt, state: State): State {
    return stmt.kind === 'AssignStmt'
      ? stmt.rhs.reduce((before, value) => this.#effects.of(value, before), state)
      : state;
  }

  #acquire(stmt: Stmt, state: State): State {
    this.#inScope = true;
    const { resource, error } = this.#acquisition;
    // The goroutine that serves has the server; that is no hand-over.
    const before = resource.inGoroutine ? state : this.#effects.of(stmt, state);
    // Somebody else has it already: whoever that is waits for it.
    if (resource.value.kind !== 'result' && before.bits & settled) return before;
    this.#exits.acquireAgain(stmt, this.#beforeAssignment(stmt, state));
    if (this.#effects.isUndone) return { bits: settled };
    return error ? { bits: held | failed, link: { error, says: 'acquired' } } : { bits: held };
  }

  #if(stmt: Extract<Stmt, { kind: 'IfStmt' }>, before: State): State | undefined {
    const state = stmt.init ? this.#stmt(stmt.init, before) : before;
    if (!state) return undefined;
    const [yes, no] = this.#effects.branch(stmt.cond, state);
    const after = join(yes && this.#list(stmt.body.list, yes), no && (stmt.els ? this.#stmt(stmt.els, no) : no));
    return stmt.init ? this.#leaveScope([stmt.init], after) : after;
  }

  #loop(stmt: Extract<Stmt, { kind: 'ForStmt' | 'RangeStmt' }>, before: State, label?: string): State | undefined {
    let head = this.#loopStart(stmt, before);
    let after: State | undefined;
    for (let round = 0; head && round < maxRounds; round++) {
      const [enter, leave] = this.#heads(stmt, head);
      const target = this.#enter(label, stmt);
      const end = enter && this.#list(stmt.body.list, enter);
      this.#targets.pop();
      after = join(leave, target.breaks);
      const back = join(end && target.repeats ? nextRound(end) : end, target.continues);
      const next: State | undefined = join(
        head,
        stmt.kind === 'ForStmt' && stmt.post && back ? this.#stmt(stmt.post, back) : back,
      );
      if (next && next.bits === head.bits && next.link === head.link) break;
      head = next;
    }
    return after;
  }

  #loopStart(stmt: Extract<Stmt, { kind: 'ForStmt' | 'RangeStmt' }>, before: State): State | undefined {
    if (stmt.kind === 'RangeStmt') return this.#effects.of(stmt.x, before);
    return stmt.init ? this.#stmt(stmt.init, before) : before;
  }

  #heads(
    stmt: Extract<Stmt, { kind: 'ForStmt' | 'RangeStmt' }>,
    head: State,
  ): readonly [State | undefined, State | undefined] {
    if (stmt.kind === 'RangeStmt') return [head, this.#effects.isPart(stmt.x) ? undefined : head];
    return stmt.cond ? this.#effects.branch(stmt.cond, head) : [head, undefined];
  }

  #clauses(
    stmt: Extract<Stmt, { kind: 'SwitchStmt' | 'TypeSwitchStmt' | 'SelectStmt' }>,
    before: State,
    label?: string,
  ): State | undefined {
    const init = stmt.kind === 'SelectStmt' ? undefined : stmt.init;
    let state = init ? this.#stmt(init, before) : before;
    const tag = stmt.kind === 'SwitchStmt' ? stmt.tag : stmt.kind === 'TypeSwitchStmt' ? stmt.x : undefined;
    if (state && tag) state = this.#effects.of(tag, state);
    if (state && stmt.kind === 'SelectStmt') state = this.#effects.sentBy(stmt, state);
    const target = this.#enter(label);
    let after: State | undefined;
    let others: State | undefined = state;
    let fallen: State | undefined;
    for (const clause of stmt.clauses) {
      const [enter, rest] = others ? this.#case(clause, others, tag) : [undefined, undefined];
      others = rest;
      const end = this.#clauseBody(clause.body, join(enter, fallen));
      fallen = endsInFallthrough(clause.body) ? end : undefined;
      after = join(after, fallen ? undefined : end);
    }
    this.#targets.pop();
    const total =
      stmt.kind === 'SelectStmt' || stmt.clauses.some((clause) => 'isDefault' in clause && clause.isDefault);
    return join(join(after, target.breaks), total ? undefined : others);
  }

  #clauseBody(body: readonly Stmt[], state: State | undefined): State | undefined {
    return (
      state &&
      this.#list(
        body.filter((stmt) => !isFallthrough(stmt)),
        state,
      )
    );
  }

  /** The state in which a clause is entered, and the one in which the next is looked at. */
  #case(
    clause: CaseClause | CommClause,
    state: State,
    tag: Expr | undefined,
  ): readonly [State | undefined, State | undefined] {
    if (clause.kind === 'CommClause') return [clause.comm ? this.#stmt(clause.comm, state) : state, state];
    if (clause.isDefault) return [state, state];
    return this.#effects.cases(clause.list, tag, state);
  }

  // ---- Jumps -----------------------------------------------------------------------------------------------------

  #enter(label: string | undefined, loop?: Stmt): Target {
    const { statement, declares, resource } = this.#acquisition;
    const target: Target = {
      ...(label === undefined ? {} : { label }),
      loop: loop !== undefined,
      outside: !this.#inScope,
      repeats:
        !declares && resource.value.kind === 'result' && loop !== undefined && contains(loop.range, statement.range),
      breaks: undefined,
      continues: undefined,
    };
    this.#targets.push(target);
    return target;
  }

  #jump(stmt: Extract<Stmt, { kind: 'BranchStmt' }>, state: State): undefined {
    const target = this.#targets.findLast((one) =>
      stmt.label ? one.label === stmt.label.name : stmt.tok === 'break' || one.loop,
    );
    if (!target || stmt.tok === 'goto') {
      this.#lost = true;
      return undefined;
    }
    const leaves = target.outside && this.#inScope && this.#acquisition.declares;
    if (leaves) this.#exits.leave(stmt, 'jump', state);
    const after = leaves ? withBits(state, absent) : state;
    if (stmt.tok === 'continue') target.continues = join(target.continues, target.repeats ? nextRound(after) : after);
    else target.breaks = join(target.breaks, after);
    return undefined;
  }
}
