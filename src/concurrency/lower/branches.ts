/** if, switch, type switch and select. */
import type {
  CaseClause,
  CommClause,
  Expr,
  IfStmt,
  SelectStmt,
  Stmt,
  SwitchStmt,
  TypeSwitchStmt,
} from '../../go/ast.ts';
import type { Label, SelectCase } from '../ir.ts';
import { assignTo } from './assignments.ts';
import { unparen } from './captures.ts';
import { Unsupported } from './code-builder.ts';
import { lowerCondition } from './conditions.ts';
import { lowerExpr, lowerValue } from './expressions.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { lowerBlock, lowerList, lowerStmt, takeLabel } from './statements.ts';
import { emitHasType } from './type-tests.ts';

export function lowerIf(f: FunctionLowering, stmt: IfStmt): void {
  takeLabel(f);
  if (stmt.init) lowerStmt(f, stmt.init);
  const then = f.b.label();
  const els = f.b.label();
  lowerCondition(f, stmt.cond, then, els);
  f.b.place(then);
  lowerBlock(f, stmt.body);
  if (!stmt.els) {
    f.b.place(els);
    return;
  }
  const end = f.b.label();
  f.b.jump(end, f.site(stmt));
  f.b.place(els);
  lowerStmt(f, stmt.els);
  f.b.place(end);
}

/** Bodies in source order; each ends with a jump out unless it falls through. */
function lowerClauses(
  f: FunctionLowering,
  clauses: readonly CaseClause[],
  starts: readonly Label[],
  end: Label,
  enter: (clause: CaseClause) => void,
): void {
  const outer = f.fallthroughTo;
  clauses.forEach((clause, index) => {
    const start = starts[index];
    if (start !== undefined) f.b.place(start);
    f.fallthroughTo = starts[index + 1];
    enter(clause);
    lowerList(f, clause.body);
    f.b.jump(end, f.site(clause));
  });
  f.fallthroughTo = outer;
}

export function lowerSwitch(f: FunctionLowering, stmt: SwitchStmt): void {
  const label = takeLabel(f);
  if (stmt.init) lowerStmt(f, stmt.init);
  const tag = stmt.tag ? lowerValue(f, stmt.tag) : undefined;
  const test = (expr: Expr, start: Label, next: Label): void => {
    if (tag === undefined) {
      lowerCondition(f, expr, start, next);
      return;
    }
    const equal = f.b.slot();
    f.b.emit({ op: 'binary', dst: equal, operator: '==', x: tag, y: lowerExpr(f, expr) }, f.site(expr));
    f.b.branch(equal, { yes: start, no: next }, f.site(expr));
  };
  lowerCases(f, stmt, label, test, () => {});
}

export function lowerTypeSwitch(f: FunctionLowering, stmt: TypeSwitchStmt): void {
  const label = takeLabel(f);
  if (stmt.init) lowerStmt(f, stmt.init);
  const value = lowerValue(f, stmt.x);
  const test = (type: Expr, start: Label, next: Label): void => {
    const is = emitHasType(f, value, type, f.site(type));
    f.b.branch(is, { yes: start, no: next }, f.site(type));
  };
  lowerCases(f, stmt, label, test, (clause) => f.clauseVariables.set(clause, { slot: value, cell: false }));
}

/** The tests of all cases in order, then the clauses; without one that holds, the default or the way past. */
function lowerCases(
  f: FunctionLowering,
  stmt: SwitchStmt | TypeSwitchStmt,
  label: string | undefined,
  test: (expr: Expr, start: Label, next: Label) => void,
  enter: (clause: CaseClause) => void,
): void {
  const end = f.b.label();
  const starts = stmt.clauses.map(() => f.b.label());
  let otherwise = end;
  stmt.clauses.forEach((clause, index) => {
    const start = starts[index] ?? end;
    if (clause.isDefault) otherwise = start;
    for (const expr of clause.list) {
      const next = f.b.label();
      test(expr, start, next);
      f.b.place(next);
    }
  });
  f.b.jump(otherwise, f.site(stmt));
  f.targets.push({ label, breakTo: end });
  lowerClauses(f, stmt.clauses, starts, end, enter);
  f.targets.pop();
  f.b.place(end);
}

interface Arm {
  readonly clause: CommClause;
  readonly start: Label;
  /** What runs first in the arm: assignment of the received value. */
  readonly enter: () => void;
}

export function lowerSelect(f: FunctionLowering, stmt: SelectStmt): void {
  const label = takeLabel(f);
  const end = f.b.label();
  const cases: SelectCase[] = [];
  const arms: Arm[] = [];
  let otherwise: Label | undefined;
  for (const clause of stmt.clauses) {
    const start = f.b.label();
    if (clause.comm) {
      const { arm, enter } = lowerComm(f, clause.comm, start);
      cases.push(arm);
      arms.push({ clause, start, enter });
    } else {
      otherwise = start;
      arms.push({ clause, start, enter: () => {} });
    }
  }
  emitSelect(f, stmt, cases, otherwise);
  f.targets.push({ label, breakTo: end });
  for (const { clause, start, enter } of arms) {
    f.b.place(start);
    enter();
    lowerList(f, clause.body);
    f.b.jump(end, f.site(clause));
  }
  f.targets.pop();
  f.b.place(end);
}

/** A select of one arm is the plain operation, as for Go's compiler. */
function emitSelect(
  f: FunctionLowering,
  stmt: SelectStmt,
  cases: readonly SelectCase[],
  otherwise: Label | undefined,
): void {
  const site = f.site(stmt);
  const [only] = cases;
  if (only && cases.length === 1 && otherwise === undefined) {
    const { chan, value, dst, ok } = only;
    if (only.kind === 'send') f.b.emit({ op: 'send', chan, value: value ?? chan }, only.site);
    else
      f.b.emit(
        { op: 'recv', chan, range: false, ...(dst === undefined ? {} : { dst }), ...(ok === undefined ? {} : { ok }) },
        only.site,
      );
    f.b.jump(only.target, site);
    return;
  }
  f.b.emit(otherwise === undefined ? { op: 'select', cases } : { op: 'select', cases, default: otherwise }, site);
}

function lowerComm(
  f: FunctionLowering,
  comm: Stmt,
  target: Label,
): { readonly arm: SelectCase; readonly enter: () => void } {
  const site = f.site(comm);
  if (comm.kind === 'SendStmt') {
    const chan = lowerExpr(f, comm.chan);
    return { arm: { kind: 'send', chan, value: lowerValue(f, comm.value), target, site }, enter: () => {} };
  }
  const receive = receiveOf(comm);
  if (!receive) throw new Unsupported('a case of a select is not a communication');
  const chan = lowerExpr(f, receive);
  const [value, ok] = comm.kind === 'AssignStmt' ? comm.lhs : [];
  const dst = value ? f.b.slot() : undefined;
  const okSlot = ok ? f.b.slot() : undefined;
  const arm: SelectCase = {
    kind: 'recv',
    chan,
    target,
    site,
    ...(dst === undefined ? {} : { dst }),
    ...(okSlot === undefined ? {} : { ok: okSlot }),
  };
  const enter = (): void => {
    if (comm.kind !== 'AssignStmt') return;
    if (value && dst !== undefined) assignTo(f, value, dst, comm);
    if (ok && okSlot !== undefined) assignTo(f, ok, okSlot, comm);
  };
  return { arm, enter };
}

/** The channel of `<-ch`, `v := <-ch`, `v, ok = <-ch`. */
function receiveOf(comm: Stmt): Expr | undefined {
  const x = comm.kind === 'ExprStmt' ? comm.x : comm.kind === 'AssignStmt' ? comm.rhs[0] : undefined;
  const inner = x && unparen(x);
  return inner?.kind === 'UnaryExpr' && inner.op === '<-' ? inner.x : undefined;
}
