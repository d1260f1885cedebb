/** Statements other than loops and branches. */
import type { BlockStmt, BranchStmt, DeclStmt, Node, ReturnStmt, Stmt, ValueSpec } from '../../go/ast.ts';
import type { Slot } from '../ir.ts';
import { lowerAssign, lowerIncDec } from './assignments.ts';
import { lowerIf, lowerSelect, lowerSwitch, lowerTypeSwitch } from './branches.ts';
import { lowerCall, lowerSpawn } from './calls.ts';
import { unparen } from './captures.ts';
import { Unsupported } from './code-builder.ts';
import { lowerExpr, lowerValue, lowerValues } from './expressions.ts';
import type { FunctionLowering, LoopBody } from './function-lowering.ts';
import { lowerFor, lowerRange } from './loops.ts';
import { someNode } from './walk.ts';

export function lowerBlock(f: FunctionLowering, block: BlockStmt): void {
  lowerList(f, block.list);
}

export function lowerList(f: FunctionLowering, list: readonly Stmt[]): void {
  for (const stmt of list) lowerStmt(f, stmt);
}

export function lowerStmt(f: FunctionLowering, stmt: Stmt): void {
  f.nested(() => lower(f, stmt));
}

function lower(f: FunctionLowering, stmt: Stmt): void {
  switch (stmt.kind) {
    case 'BadStmt':
      throw new Unsupported('a statement does not parse');
    case 'EmptyStmt':
      return;
    case 'DeclStmt':
      lowerDecl(f, stmt);
      return;
    case 'LabeledStmt':
      f.b.place(gotoLabel(f, stmt.label.name));
      f.pendingLabel = stmt.label.name;
      lowerStmt(f, stmt.stmt);
      f.pendingLabel = undefined;
      return;
    case 'ExprStmt': {
      const x = unparen(stmt.x);
      if (x.kind === 'CallExpr') lowerCall(f, x, 0);
      else if (x.kind === 'UnaryExpr' && x.op === '<-') {
        f.b.emit({ op: 'recv', chan: lowerExpr(f, x.x), range: false }, f.site(x));
      } else lowerExpr(f, x);
      return;
    }
    case 'SendStmt': {
      const chan = lowerExpr(f, stmt.chan);
      f.b.emit({ op: 'send', chan, value: lowerValue(f, stmt.value) }, f.site(stmt));
      return;
    }
    case 'IncDecStmt':
      lowerIncDec(f, stmt);
      return;
    case 'AssignStmt':
      lowerAssign(f, stmt);
      return;
    case 'GoStmt':
    case 'DeferStmt':
      if (stmt.call.kind === 'CallExpr')
        lowerSpawn(f, stmt.call, stmt.kind === 'GoStmt' ? 'go' : 'defer', f.site(stmt));
      return;
    case 'ReturnStmt':
      lowerReturn(f, stmt);
      return;
    case 'BranchStmt':
      lowerBranch(f, stmt);
      return;
    case 'BlockStmt': {
      // A labelled block can be left with `break`.
      const label = takeLabel(f);
      if (label === undefined) {
        lowerBlock(f, stmt);
        return;
      }
      const end = f.b.label();
      f.targets.push({ label, breakTo: end, breakable: false });
      lowerBlock(f, stmt);
      f.targets.pop();
      f.b.place(end);
      return;
    }
    case 'IfStmt':
      lowerIf(f, stmt);
      return;
    case 'SwitchStmt':
      lowerSwitch(f, stmt);
      return;
    case 'TypeSwitchStmt':
      lowerTypeSwitch(f, stmt);
      return;
    case 'SelectStmt':
      lowerSelect(f, stmt);
      return;
    case 'ForStmt':
      lowerFor(f, stmt);
      return;
    case 'RangeStmt':
      lowerRange(f, stmt);
      return;
  }
}

/** The label written before the statement that is being lowered; it belongs to that statement only. */
export function takeLabel(f: FunctionLowering): string | undefined {
  const label = f.pendingLabel;
  f.pendingLabel = undefined;
  return label;
}

function gotoLabel(f: FunctionLowering, name: string): number {
  const known = f.gotoLabels.get(name);
  if (known !== undefined) return known;
  const label = f.b.label();
  f.gotoLabels.set(name, label);
  return label;
}

function lowerDecl(f: FunctionLowering, stmt: DeclStmt): void {
  if (stmt.decl.tok !== 'var') return;
  for (const spec of stmt.decl.specs) if (spec.kind === 'ValueSpec') lowerValueSpec(f, spec);
}

function lowerValueSpec(f: FunctionLowering, spec: ValueSpec): void {
  if (spec.values.length > 0) {
    const values = lowerValues(f, spec.values, spec.names.length);
    spec.names.forEach((name, index) => {
      const value = values[index];
      if (value !== undefined) f.declare(name, value);
    });
    return;
  }
  if (!spec.type) return;
  const type = f.pkg.typeOfTypeExpr(spec.type);
  const length = spec.type.kind === 'ArrayType' && spec.type.len ? f.pkg.constantOf(spec.type.len) : undefined;
  for (const name of spec.names) {
    const site = f.site(name);
    const zero = f.lowering.shapes.zero(type);
    const isArray = type.kind === 'array' && typeof length === 'number';
    const value = f.zero(
      isArray ? { kind: 'object', object: f.lowering.shapes.arrayObject(type.elem, length) } : zero,
      site,
    );
    f.declare(name, value);
  }
}

function lowerReturn(f: FunctionLowering, stmt: ReturnStmt): void {
  const { length } = stmt.results;
  const known = f.namedResults?.length ?? f.loopBody?.results.length;
  const wanted = known ?? (length === 1 ? resultCountOf(f, stmt) : length);
  returnValues(f, stmt, length > 0 ? lowerValues(f, stmt.results, wanted) : []);
}

/** Ends the function with its results: none for a plain `return`. */
export function returnValues(f: FunctionLowering, stmt: ReturnStmt, values: readonly Slot[]): void {
  const site = f.site(stmt);
  const named = f.namedResults;
  if (f.loopBody) leaveBody(f, f.loopBody, stmt, values);
  else if (!named) f.b.emit({ op: 'return', values }, site);
  else {
    const kept = values.map((value) => temporary(f, value, stmt));
    named.forEach((storage, index) => {
      const value = kept[index];
      if (value !== undefined) f.write(storage, value, site);
    });
    f.b.emit({ op: 'return', values: [] }, site);
  }
}

/** Leaves the body of a loop that an iterator calls, by a statement that the function around it has to end. */
function leaveBody(f: FunctionLowering, body: LoopBody, stmt: ReturnStmt | BranchStmt, values: readonly Slot[]): void {
  const site = f.site(stmt);
  body.results.forEach((cell, index) => {
    const value = values[index];
    if (value !== undefined) f.b.emit({ op: 'store', cell, src: value }, site);
  });
  f.b.emit({ op: 'store', cell: body.outcome, src: f.b.constant(body.exits.push(stmt), site) }, site);
  f.b.emit({ op: 'return', values: [f.b.constant(false, site)] }, site);
}

/** `return f()` may return several values. */
function resultCountOf(f: FunctionLowering, stmt: ReturnStmt): number {
  const only = stmt.results[0];
  if (!only || unparen(only).kind !== 'CallExpr') return 1;
  const type = f.pkg.typeOf(only);
  return type.kind === 'tuple' ? type.elems.length : f.resultCount;
}

/** A slot of its own, so that later assignments do not change the value. */
export function temporary(f: FunctionLowering, value: Slot, at: Stmt): Slot {
  const dst = f.b.slot();
  f.b.emit({ op: 'move', dst, src: value }, f.site(at));
  return dst;
}

export function lowerBranch(f: FunctionLowering, stmt: BranchStmt): void {
  const site = f.site(stmt);
  if (stmt.tok === 'goto') {
    if (f.loopBody && !someNode(f.loopBody.stmt.body, (node) => isLabel(node, stmt)))
      leaveBody(f, f.loopBody, stmt, []);
    else if (stmt.label) f.b.jump(gotoLabel(f, stmt.label.name), site);
    return;
  }
  if (stmt.tok === 'fallthrough') {
    if (f.fallthroughTo !== undefined) f.b.jump(f.fallthroughTo, site);
    return;
  }
  for (let i = f.targets.length - 1; i >= 0; i--) {
    const target = f.targets[i];
    if (!target || (stmt.label && stmt.label.name !== target.label)) continue;
    const to =
      stmt.tok === 'break'
        ? stmt.label || target.breakable !== false
          ? target.breakTo
          : undefined
        : target.continueTo;
    if (to === undefined) continue;
    f.b.jump(to, site);
    return;
  }
  if (!f.loopBody) throw new Unsupported(`${stmt.tok} leads nowhere`);
  leaveBody(f, f.loopBody, stmt, []);
}

function isLabel(node: Node, { label }: BranchStmt): boolean {
  return node.kind === 'LabeledStmt' && node.label.name === label?.name;
}
