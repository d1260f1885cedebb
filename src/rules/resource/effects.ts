/** What expressions and conditions do to the state of a resource. */
import type { CallExpr, Expr, Ident, Node, SelectStmt, Stmt } from '../../go/ast.ts';
import { finalName } from '../../go/model.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import type { Acquisition } from './acquisition.ts';
import { assertsSuccess } from './callee-name.ts';
import { fateOf, isDiscarded } from './fate.ts';
import { type Holding, holdingOf } from './holders.ts';
import type { Resource } from './resource.ts';
import { checked, join, live, none, over, type State, settled, turned, withBits, without } from './state.ts';

type Branches = readonly [yes: State | undefined, no: State | undefined];

export class Effects {
  readonly #pkg: GoPackage;
  readonly #acquisition: Acquisition & { readonly binding: Binding };
  readonly #holding: Holding;
  #undone = false;

  constructor(pkg: GoPackage, acquisition: Acquisition & { readonly binding: Binding }) {
    this.#pkg = pkg;
    this.#acquisition = acquisition;
    this.#holding = holdingOf(pkg, acquisition);
  }

  /** A deferred function has the variable. Assumed: it knows at which exits it has to release it. */
  get isUndone(): boolean {
    return this.#undone;
  }

  /** What the cases of a `select` send is evaluated before one of them is taken: there any use counts, as for `go vet`. */
  sentBy({ clauses }: SelectStmt, before: State): State {
    const sends = this.#acquisition.resource.anyUse ? clauses.map(({ comm }) => comm) : [];
    return sends.reduce((state, comm) => (comm?.kind === 'SendStmt' ? this.of(comm.value, state) : state), before);
  }

  /** After a node has been evaluated. */
  of(node: Node, before: State): State {
    let state = before;
    if (node.kind === 'DeferStmt' && node.call.kind === 'CallExpr' && node.call.fun.kind === 'FuncLit')
      this.#undone ||= this.#isTakenBy(node.call.fun);
    walk(node, (part) => {
      if (part.kind === 'FuncLit') {
        if (this.#isTakenBy(part)) state = this.#settle(state);
        return false;
      }
      if (part.kind === 'Ident') state = this.#mention(part, state);
      return true;
    });
    return node.kind === 'AssignStmt' ? this.#assigned(node.lhs, node.rhs, state) : state;
  }

  /** Handed on before it is acquired counts as well: `s.cmd = cmd; cmd.Start()`. */
  #settle(state: State): State {
    const early = this.#acquisition.resource.value.kind !== 'result';
    return early && (state.bits & live) === 0 ? withBits(state, settled) : turned(state, settled);
  }

  #mention(ident: Ident, state: State): State {
    const { binding, target } = this.#acquisition;
    if (ident === target || ident === binding.ident || this.#holding.stores.has(ident)) return state;
    const resource = this.#heldBy(ident);
    return !resource || fateOf(this.#pkg, resource, ident) === 'read' ? state : this.#settle(state);
  }

  /** The resource as a variable has it: itself, or in a field of a value that nobody else has. */
  #heldBy(ident: Ident): Resource | undefined {
    const { resource, binding } = this.#acquisition;
    if (this.#is(ident, binding)) return resource;
    const holder = this.#holding.holders.find(([each]) => each.ident !== ident && this.#is(ident, each));
    return holder?.[1];
  }

  #is(ident: Ident, binding: Binding): boolean {
    return ident.name === binding.name && this.#pkg.bindingOf(ident) === binding;
  }

  #isTakenBy(literal: Node): boolean {
    let taken = false;
    if (isDiscarded(this.#pkg, literal)) return false;
    walk(literal, (part) => {
      const resource = part.kind === 'Ident' && !taken ? this.#heldBy(part) : undefined;
      if (!resource || part.kind !== 'Ident') return !taken;
      const looks = resource.readByGoroutines || resource.lent;
      taken = !looks || fateOf(this.#pkg, resource, part) !== 'read';
      return !taken;
    });
    return taken;
  }

  /** Another value in the error variable says nothing of the resource any more, unless it comes from its ending. */
  #assigned(lhs: readonly Expr[], rhs: readonly Expr[], state: State): State {
    const { resource, binding } = this.#acquisition;
    const last = lhs.at(-1);
    const call = rhs.length === 1 && rhs[0]?.kind === 'CallExpr' ? rhs[0] : undefined;
    const says = call && (this.#isCallOf(call, resource.overWith) || this.#isEnding(call, 'error'));
    if (says && last?.kind === 'Ident') {
      const error = this.#pkg.bindingOf(last);
      if (error) return { bits: state.bits, link: { error, says: 'ended' } };
    }
    const { link } = state;
    const sets = (one: Binding) => lhs.some((target) => target.kind === 'Ident' && this.#is(target, one));
    if (link && sets(link.error)) return { bits: state.bits };
    return sets(binding) ? turned(state, settled) : state;
  }

  /** Another value for the variable, such as `resp, err = client.Do(retry)`. */
  overwrites(stmt: Stmt): boolean {
    const { binding } = this.#acquisition;
    return (
      stmt.kind === 'AssignStmt' && stmt.lhs.some((target) => target.kind === 'Ident' && this.#is(target, binding))
    );
  }

  /** `ok = true`: a variable may say from now on what the walk knows here, so later conditions may hang together. */
  isNote(stmt: Stmt): boolean {
    const [value] = stmt.kind === 'AssignStmt' && stmt.rhs.length === 1 ? stmt.rhs : [];
    return value !== undefined && typeof this.#pkg.constantOf(value) === 'boolean';
  }

  #isEnding(call: CallExpr, when: 'false' | 'error'): boolean {
    const { ends } = this.#acquisition.resource;
    return ends?.when === when && this.#isCallOf(call, ends.method);
  }

  /** A call of the method of this name on the resource. */
  #isCallOf(call: CallExpr, method: string | undefined): boolean {
    const { binding } = this.#acquisition;
    return (
      call.fun.kind === 'SelectorExpr' &&
      call.fun.sel.name === method &&
      call.fun.x.kind === 'Ident' &&
      this.#is(call.fun.x, binding)
    );
  }

  /** `ticker.C`: never closed, so a range over it never ends. */
  isPart(expr: Expr): boolean {
    const { resource, binding } = this.#acquisition;
    return (
      expr.kind === 'SelectorExpr' &&
      resource.parts?.includes(expr.sel.name) === true &&
      expr.x.kind === 'Ident' &&
      this.#is(expr.x, binding)
    );
  }

  // ---- Conditions ------------------------------------------------------------------------------------------------

  branch(cond: Expr, state: State): Branches {
    switch (cond.kind) {
      case 'ParenExpr':
        return this.branch(cond.x, state);
      case 'UnaryExpr': {
        if (cond.op !== '!') break;
        const [yes, no] = this.branch(cond.x, state);
        return [no, yes];
      }
      case 'BinaryExpr':
        return this.#binary(cond.op, cond.x, cond.y, state) ?? same(this.of(cond, state));
      case 'CallExpr':
        return this.#call(cond, state);
      default:
        break;
    }
    return same(this.of(cond, state));
  }

  #binary(op: string, x: Expr, y: Expr, state: State): Branches | undefined {
    if (op === '&&' || op === '||') return this.#both(op, x, y, state);
    if (op !== '==' && op !== '!=') return undefined;
    const equal = this.#equal(x, y, state) ?? this.#equal(y, x, state);
    if (!equal) return undefined;
    return op === '==' ? equal : [equal[1], equal[0]];
  }

  #both(op: '&&' | '||', x: Expr, y: Expr, state: State): Branches {
    const [yes, no] = this.branch(x, state);
    const first = op === '&&' ? yes : no;
    const [laterYes, laterNo] = first ? this.branch(y, first) : [undefined, undefined];
    return op === '&&' ? [laterYes, join(no, laterNo)] : [join(yes, laterYes), laterNo];
  }

  /** `x == y`, seen from `x`: an error, the resource, or one of its fields against nil. */
  #equal(x: Expr, y: Expr, state: State): Branches | undefined {
    const isNil = y.kind === 'Ident' && y.name === 'nil';
    if (x.kind === 'Ident' && state.link && this.#is(x, state.link.error)) {
      const failed = this.#failed(state);
      return isNil ? [this.#succeeded(state), failed] : [failed, state];
    }
    if (this.#saysEmpty(x, y)) return [turned(state, over), state];
    if (isNil && x.kind === 'CallExpr' && this.#isCallOf(x, this.#acquisition.resource.overWith))
      return [state, turned(state, over)];
    if (!isNil || !this.#isResource(x)) return undefined;
    return this.#acquisition.resource.anyUse ? same(this.#settle(state)) : [without(state, live), without(state, none)];
  }

  /** `resp.StatusCode == http.StatusNoContent`. */
  #saysEmpty(x: Expr, y: Expr): boolean {
    const { emptyWhen } = this.#acquisition.resource;
    if (!emptyWhen || x.kind !== 'SelectorExpr' || x.sel.name !== emptyWhen.field || !this.#isResource(x)) return false;
    return this.#pkg.constantOf(y) === emptyWhen.value || finalName(y) === 'StatusNoContent';
  }

  #isResource(expr: Expr): boolean {
    if (expr.kind === 'SelectorExpr') return this.#isResource(expr.x);
    return expr.kind === 'Ident' && this.#is(expr, this.#acquisition.binding);
  }

  /** The error variable holds an error. */
  #failed(state: State): State | undefined {
    return state.link?.says === 'acquired' ? without(state, live) : turned(state, over);
  }

  #succeeded(state: State): State | undefined {
    if (state.link?.says !== 'acquired') return state;
    const left = without(state, none);
    return left && withBits(left, left.bits | checked);
  }

  /** `rows.Next()`; and a question about the error, like `errors.Is(err, x)`, which is answered yes for errors only. */
  #call(call: CallExpr, state: State): Branches {
    const after = this.of(call, state);
    if (this.#isEnding(call, 'false')) return [after, turned(after, over)];
    const { link } = after;
    const asks = link && call.args.some((arg) => arg.kind === 'Ident' && this.#is(arg, link.error));
    if (!asks) return same(after);
    return assertsSuccess(call) ? [this.#succeeded(after), this.#failed(after)] : [this.#failed(after), after];
  }

  /** The clause of a `switch`: with a tag its values, without one its conditions. */
  cases(list: readonly Expr[], tag: Expr | undefined, state: State): Branches {
    let enter: State | undefined;
    let rest: State | undefined = state;
    for (const value of list) {
      if (!rest) break;
      const [yes, no]: Branches = tag
        ? (this.#equal(tag, value, rest) ?? same(this.of(value, rest)))
        : this.branch(value, rest);
      enter = join(enter, yes);
      rest = no;
    }
    return [enter, rest];
  }
}

function same(state: State): Branches {
  return [state, state];
}
