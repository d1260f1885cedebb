/** for and range. */
import type { Expr, ForStmt, Ident, RangeStmt, Stmt } from '../../go/ast.ts';
import { goVersionOf } from '../../go/load.ts';
import type { Binding } from '../../go/package.ts';
import { type GoType, unknownType } from '../../go/types.ts';
import type { Label, Site, Slot } from '../ir.ts';
import { placeOf, writePlace } from './assignments.ts';
import { lowerCondition } from './conditions.ts';
import { lowerExpr } from './expressions.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { roundsOf } from './iterator-of.ts';
import { onlyPauses } from './pauses.ts';
import { lowerRangeBody } from './range-body.ts';
import { lowerRangeFunc } from './range-func.ts';
import { lowerBlock, lowerStmt, takeLabel } from './statements.ts';
import { resolveNamed } from './value-types.ts';
import { someNode } from './walk.ts';
import { countsWorkers } from './workers.ts';

/** Loop variables are new in each iteration from Go 1.22 on; a build constraint of the file counts. */
function freshVariables(f: FunctionLowering): boolean {
  const version = f.file ? goVersionOf(f.file, f.pkg.goVersion) : f.pkg.goVersion;
  return !version || version.major > 1 || version.minor >= 22;
}

function inLoop(
  f: FunctionLowering,
  label: string | undefined,
  breakTo: Label,
  continueTo: Label,
  body: () => void,
): void {
  f.targets.push({ label, breakTo, continueTo });
  body();
  f.targets.pop();
}

export function lowerFor(f: FunctionLowering, stmt: ForStmt): void {
  const label = takeLabel(f);
  const site = f.site(stmt);
  if (stmt.cond && onlyPauses(f, stmt.body)) {
    // A loop that only waits, such as ten calls of runtime.Gosched, is one wait.
    f.b.emit({ op: 'pause' }, site);
    return;
  }
  if (stmt.init) lowerStmt(f, stmt.init);
  const [head, body, post, end] = [f.b.label(), f.b.label(), f.b.label(), f.b.label()];
  const entered = countsWorkers(f, stmt) ? f.b.constant(false, site) : undefined;
  f.b.place(head);
  if (entered !== undefined && stmt.cond)
    f.b.branch(lowerExpr(f, stmt.cond), { yes: body, no: end, entered }, f.site(stmt.cond));
  else if (stmt.cond) lowerCondition(f, stmt.cond, body, end);
  f.b.place(body);
  if (entered !== undefined) f.b.emit({ op: 'const', dst: entered, value: true }, site);
  inLoop(f, label, end, post, () => lowerBlock(f, stmt.body));
  f.b.place(post);
  renewVariables(f, stmt.init, site);
  if (stmt.post) lowerStmt(f, stmt.post);
  f.b.jump(head, site);
  f.b.place(end);
}

/** From Go 1.22 on the next iteration has a copy of each captured loop variable. */
function renewVariables(f: FunctionLowering, init: Stmt | undefined, site: Site): void {
  if (!freshVariables(f) || init?.kind !== 'AssignStmt' || init.tok !== ':=') return;
  for (const target of init.lhs) {
    const binding = target.kind === 'Ident' ? f.pkg.bindingOf(target) : undefined;
    const storage = binding && f.storage.get(binding);
    if (!storage?.cell) continue;
    const value = f.read(storage, site);
    f.b.emit({ op: 'new', dst: storage.slot, object: { kind: 'cell' } }, site);
    f.b.emit({ op: 'store', cell: storage.slot, src: value }, site);
  }
}

export function lowerRange(f: FunctionLowering, stmt: RangeStmt): void {
  const label = takeLabel(f);
  const values = roundsOf(f.pkg, stmt);
  if (values !== undefined) {
    lowerRangeBody(f, stmt, values, label);
    return;
  }
  const type = resolveNamed(f.pkg, f.pkg.typeOf(stmt.x));
  if (type.kind !== 'chan' && onlyPauses(f, stmt.body)) {
    lowerExpr(f, stmt.x);
    f.b.emit({ op: 'pause' }, f.site(stmt));
    return;
  }
  switch (type.kind) {
    case 'chan':
      rangeChannel(f, stmt, label);
      return;
    case 'func':
      lowerRangeFunc(f, stmt, type, label);
      return;
    case 'map':
      rangeMap(f, stmt, type, label);
      return;
    case 'basic':
      /^u?int|byte|rune/.test(type.name) ? rangeInt(f, stmt, label) : rangeList(f, stmt, unknownType, label);
      return;
    case 'pointer':
      rangeList(f, stmt, type.elem.kind === 'array' ? type.elem.elem : unknownType, label);
      return;
    case 'slice':
    case 'array':
      rangeList(f, stmt, type.elem, label);
      return;
    default:
      // `for range n`, of something that has no elements to look at.
      if (!stmt.key && !stmt.value) rangeInt(f, stmt, label);
      else rangeUnknown(f, stmt, label);
      return;
  }
}

function rangeChannel(f: FunctionLowering, stmt: RangeStmt, label: string | undefined): void {
  const site = f.site(stmt.x);
  const chan = f.b.slot();
  f.b.emit({ op: 'move', dst: chan, src: lowerExpr(f, stmt.x) }, site);
  const [head, body, end] = [f.b.label(), f.b.label(), f.b.label()];
  const [dst, ok] = [f.b.slot(), f.b.slot()];
  f.b.place(head);
  f.b.emit({ op: 'recv', chan, dst, ok, range: true }, site);
  f.b.branch(ok, { yes: body, no: end }, site);
  f.b.place(body);
  bind(f, stmt, stmt.key, dst);
  inLoop(f, label, end, head, () => lowerBlock(f, stmt.body));
  f.b.jump(head, site);
  f.b.place(end);
}

/** Gives an iteration variable its value. Below Go 1.22 all iterations share one variable. */
function bind(f: FunctionLowering, stmt: RangeStmt, target: Expr | undefined, value: Slot): void {
  if (!target) return;
  if (stmt.tok !== ':=' || target.kind !== 'Ident') {
    writePlace(f, placeOf(f, target), value, stmt);
    return;
  }
  const binding = variableOf(f, target);
  if (!binding) return;
  const storage = f.storage.get(binding);
  if (storage && !freshVariables(f)) {
    f.write(storage, value, f.site(target));
    return;
  }
  f.declareBinding(binding, value, f.site(target));
}

function variableOf(f: FunctionLowering, ident: Ident): Binding | undefined {
  return ident.name === '_' ? undefined : f.pkg.bindingOf(ident);
}

/** Below Go 1.22 the shared variables exist before the first iteration. */
function declareShared(f: FunctionLowering, stmt: RangeStmt): void {
  if (freshVariables(f) || stmt.tok !== ':=') return;
  for (const target of [stmt.key, stmt.value]) {
    const binding = target?.kind === 'Ident' ? variableOf(f, target) : undefined;
    if (binding && target) f.declareBinding(binding, f.b.constant(null, f.site(target)), f.site(target));
  }
}

interface Counted {
  readonly stmt: RangeStmt;
  readonly label: string | undefined;
  readonly count: Slot;
  /** It runs at least once. */
  readonly countsWorkers?: boolean;
  /** Binds the variables of the iteration; may jump to `next` to leave it out. */
  readonly enter: (index: Slot, next: Label) => void;
}

/** The loop behind every range that runs a number of times known at its start. */
function countedLoop(f: FunctionLowering, loop: Counted): void {
  const { stmt } = loop;
  const site = f.site(stmt.x);
  declareShared(f, stmt);
  const index = f.b.slot();
  f.b.emit({ op: 'const', dst: index, value: 0 }, site);
  const entered = loop.countsWorkers === true ? f.b.constant(false, site) : undefined;
  const [head, body, next, end] = [f.b.label(), f.b.label(), f.b.label(), f.b.label()];
  f.b.place(head);
  const more = f.b.slot();
  f.b.emit({ op: 'binary', dst: more, operator: '<', x: index, y: loop.count }, site);
  f.b.branch(more, { yes: body, no: end, ...(entered === undefined ? {} : { entered }) }, site);
  f.b.place(body);
  if (entered !== undefined) f.b.emit({ op: 'const', dst: entered, value: true }, site);
  loop.enter(index, next);
  inLoop(f, loop.label, end, next, () => lowerBlock(f, stmt.body));
  f.b.place(next);
  f.b.emit({ op: 'binary', dst: index, operator: '+', x: index, y: f.b.constant(1, site) }, site);
  f.b.jump(head, site);
  f.b.place(end);
}

function rangeInt(f: FunctionLowering, stmt: RangeStmt, label: string | undefined): void {
  const count = f.b.slot();
  f.b.emit({ op: 'move', dst: count, src: lowerExpr(f, stmt.x) }, f.site(stmt.x));
  const enter = (index: Slot): void => bind(f, stmt, stmt.key, index);
  countedLoop(f, { stmt, label, count, countsWorkers: countsWorkers(f, stmt), enter });
}

function rangeList(f: FunctionLowering, stmt: RangeStmt, elem: GoType, label: string | undefined): void {
  const site = f.site(stmt.x);
  const list = f.b.slot();
  f.b.emit({ op: 'move', dst: list, src: lowerExpr(f, stmt.x) }, site);
  const count = f.b.slot();
  f.b.emit({ op: 'len', dst: count, of: list, what: 'len', rounds: true }, site);
  const enter = (index: Slot): void => {
    bind(f, stmt, stmt.key, index);
    if (!stmt.value || (stmt.value.kind === 'Ident' && stmt.value.name === '_')) return;
    const value = f.b.slot();
    f.b.emit({ op: 'getIndex', dst: value, list, index, hint: f.hint(elem) }, site);
    bind(f, stmt, stmt.value, copied(f, value, elem, site));
  };
  countedLoop(f, { stmt, label, count, enter });
}

/** Iteration values are copies. */
function copied(f: FunctionLowering, value: Slot, type: GoType, site: Site): Slot {
  const below = resolveNamed(f.pkg, type);
  if (below.kind !== 'struct' && below.kind !== 'array') return value;
  const dst = f.b.slot();
  f.b.emit({ op: 'copy', dst, src: value }, site);
  return dst;
}

function rangeMap(
  f: FunctionLowering,
  stmt: RangeStmt,
  type: GoType & { readonly kind: 'map' },
  label: string | undefined,
): void {
  const site = f.site(stmt.x);
  const map = f.b.slot();
  f.b.emit({ op: 'move', dst: map, src: lowerExpr(f, stmt.x) }, site);
  const keys = f.b.slot();
  f.b.emit({ op: 'keys', dst: keys, map, hint: f.hint(type.key) }, site);
  const count = f.b.slot();
  f.b.emit({ op: 'len', dst: count, of: keys, what: 'len', rounds: true }, site);
  const deletes = mayDelete(f, stmt);
  const enter = (index: Slot, next: Label): void => {
    const [key, value, ok] = [f.b.slot(), f.b.slot(), f.b.slot()];
    f.b.emit({ op: 'getIndex', dst: key, list: keys, index, hint: f.hint(type.key) }, site);
    f.b.emit({ op: 'getIndex', dst: value, ok, list: map, index: key, hint: f.hint(type.value), visits: true }, site);
    if (deletes) {
      // An entry that was deleted meanwhile is not visited.
      const present = f.b.label();
      f.b.branch(ok, { yes: present, no: next }, site);
      f.b.place(present);
    }
    bind(f, stmt, stmt.key, key);
    bind(f, stmt, stmt.value, copied(f, value, type.value, site));
  };
  countedLoop(f, { stmt, label, count, enter });
}

/** Something whose type is not known: any number of iterations over values that are not known. */
function rangeUnknown(f: FunctionLowering, stmt: RangeStmt, label: string | undefined): void {
  const site = f.site(stmt.x);
  const list = lowerExpr(f, stmt.x);
  const count = f.b.slot();
  f.b.emit({ op: 'len', dst: count, of: list, what: 'len', rounds: true }, site);
  f.b.emit({ op: 'escape', src: list }, site);
  const enter = (index: Slot): void => {
    const key = isIndex(f, stmt) ? index : f.unknown(stmt.key ? f.lowering.hintOf(stmt.key) : 'any', site);
    if (stmt.key) bind(f, stmt, stmt.key, key);
    if (stmt.value) bind(f, stmt, stmt.value, f.unknown(f.lowering.hintOf(stmt.value), site));
  };
  countedLoop(f, { stmt, label, count, enter });
}

/** Whether the first variable of a range counts elements, as its use as an index shows. */
function isIndex(f: FunctionLowering, stmt: RangeStmt): boolean {
  const binding = stmt.key?.kind === 'Ident' ? variableOf(f, stmt.key) : undefined;
  if (!binding) return false;
  return f.pkg.usesOf(binding).some((use) => {
    const parent = f.pkg.parentOf(use);
    return parent?.kind === 'IndexExpr' && parent.indices[0] === use;
  });
}

/** Whether the body of a loop deletes entries of a map, itself or in a function that it calls. */
function mayDelete(f: FunctionLowering, stmt: RangeStmt): boolean {
  return someNode(stmt.body, (node) => {
    if (node.kind !== 'CallExpr') return false;
    const callee = f.pkg.calleeOf(node);
    if (callee.kind === 'builtin') return callee.name === 'delete' || callee.name === 'clear';
    if (callee.kind !== 'func' && callee.kind !== 'method') return false;
    const { bodyRange, file } = callee.decl;
    return bodyRange !== undefined && /\b(delete|clear)\(/.test(file.text.slice(bodyRange.start, bodyRange.end));
  });
}
