/** What the callers in the package do with a channel that a function returns to them. */
import type { BlockStmt, CallExpr, FuncDecl, Ident, Node, RangeStmt } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { walk } from '../../go/walk.ts';
import { contains } from '../../text/offset.ts';
import type { Site } from '../ir.ts';
import { nodesAround } from './place.ts';
import { receivedFrom } from './stops.ts';

/** `drains`: reads to the end; `leaves`: visibly may stop before; `unknown`: hands it on, or reads in another way. */
export type Reading = 'drains' | 'leaves' | 'unknown';

/** The reading of all callers outside tests together: one that leaves is enough, and all must drain. */
export function readingOf(pkg: GoPackage, decl: FuncDecl): Reading {
  const calls = [...pkg.callersOf(decl), ...interfaceCalls(pkg, decl)].filter(
    (call) => !isTestFile(pkg.fileOf(call).path),
  );
  const readings = calls.map((call) => readingOfCall(pkg, call));
  if (readings.includes('leaves')) return 'leaves';
  return readings.length > 0 && readings.every((each) => each === 'drains') ? 'drains' : 'unknown';
}

/** Calls of a method of this name through an interface or a function value. */
function interfaceCalls(pkg: GoPackage, { recv, name, type }: FuncDecl): readonly CallExpr[] {
  const found: CallExpr[] = [];
  if (!recv) return found;
  for (const decl of pkg.funcDecls) {
    const text = decl.bodyRange ? decl.file.text.slice(decl.bodyRange.start, decl.bodyRange.end) : '';
    if (!text.includes(`.${name.name}(`)) continue;
    walk(decl, (node) => {
      if (node.kind !== 'CallExpr' || node.fun.kind !== 'SelectorExpr' || node.fun.sel.name !== name.name) return;
      const { kind } = pkg.calleeOf(node);
      if ((kind === 'dynamic' || kind === 'unknown') && node.args.length === type.params.length) found.push(node);
    });
  }
  return found;
}

/**
 * Whether a channel that a function keeps in a field of what it returns is waited for in the package by somebody who waits
 * for nothing else: a reader that does not leave.
 */
export function isAwaited(pkg: GoPackage, decl: FuncDecl, chan: Ident): boolean {
  const binding = pkg.bindingOf(chan);
  if (!binding || /^[A-Z]/.test(decl.name.name)) return false;
  return pkg.usesOf(binding).some((use) => {
    const pair = pkg.parentOf(use);
    if (pair?.kind !== 'KeyValueExpr' || pair.value !== use || pair.key.kind !== 'Ident') return false;
    const made = pkg.parentOf(pair);
    const type = made?.kind === 'CompositeLit' ? pkg.typeInfoOf(pkg.typeOf(made)) : undefined;
    const uses = type?.fields.get(pair.key.name)?.uses ?? [];
    return uses.some(
      ({ kind, node, file }) => kind === 'receive' && !isTestFile(file.path) && !standsInSelect(pkg, node),
    );
  });
}

/** Whether a channel, as the variable that it is made into, is an argument of a call that may read from it. */
export function isGivenToReader(pkg: GoPackage, { file, range }: Site): boolean {
  const holder =
    file && nodesAround(file, range).findLast((node) => node.kind === 'AssignStmt' || node.kind === 'ValueSpec');
  const names = holder?.kind === 'AssignStmt' ? holder.lhs : holder?.kind === 'ValueSpec' ? holder.names : [];
  const values = holder?.kind === 'AssignStmt' ? holder.rhs : holder?.kind === 'ValueSpec' ? holder.values : [];
  const target = names[values.findIndex((value) => contains(value.range, range))];
  const binding = target?.kind === 'Ident' ? pkg.bindingOf(target) : undefined;
  if (!binding) return true;
  return pkg.usesOf(binding).some((use) => {
    const call = pkg.parentOf(use);
    if (call?.kind !== 'CallExpr' || !call.args.includes(use)) return false;
    const name = call.fun.kind === 'SelectorExpr' ? call.fun.sel.name : call.fun.kind === 'Ident' ? call.fun.name : '';
    return !/close|^len$|^cap$/i.test(name);
  });
}

function standsInSelect(pkg: GoPackage, receive: Node): boolean {
  for (let node = pkg.parentOf(receive); node && node.kind !== 'BlockStmt'; node = pkg.parentOf(node))
    if (node.kind === 'CommClause') return node.comm !== undefined && contains(node.comm.range, receive.range);
  return false;
}

function readingOfCall(pkg: GoPackage, call: CallExpr): Reading {
  const parent = pkg.parentOf(call);
  switch (parent?.kind) {
    case 'RangeStmt':
      return leavesLoop(parent) ? 'leaves' : 'drains';
    case 'ExprStmt':
      return 'leaves';
    case 'AssignStmt':
      return together(parent.lhs.flatMap((target) => (target.kind === 'Ident' ? readingOfVariable(pkg, target) : [])));
    case 'ValueSpec':
      return together(parent.names.flatMap((name) => readingOfVariable(pkg, name)));
    default:
      return 'unknown';
  }
}

function together(readings: readonly Reading[]): Reading {
  if (readings.includes('drains')) return 'drains';
  return readings.includes('leaves') ? 'leaves' : 'unknown';
}

/** Nothing for a variable that is no channel. A loop that drains what is left makes good for all others. */
function readingOfVariable(pkg: GoPackage, name: Ident): readonly Reading[] {
  if (pkg.underlying(pkg.typeOf(name)).kind !== 'chan') return [];
  const binding = pkg.bindingOf(name);
  if (!binding) return ['unknown'];
  const uses = pkg.usesOf(binding).filter((use) => use !== name);
  const readings = uses.flatMap((use) => readingOfUse(pkg, use));
  if (uses.length === 0) return ['leaves'];
  if (uses.some((use) => isDrain(pkg.parentOf(use)))) return ['drains'];
  if (readings.includes('unknown')) return ['unknown'];
  return [together(readings.includes('leaves') ? ['leaves'] : readings)];
}

function isDrain(node: Node | undefined): boolean {
  return node?.kind === 'RangeStmt' && node.body.list.length === 0;
}

function readingOfUse(pkg: GoPackage, use: Ident): readonly Reading[] {
  const parent = pkg.parentOf(use);
  if (parent?.kind === 'RangeStmt' && parent.x === use) return [leavesLoop(parent) ? 'leaves' : 'drains'];
  if (parent?.kind !== 'UnaryExpr' || parent.op !== '<-') return ['unknown'];
  return [leavesBeside(pkg, parent) ? 'leaves' : 'unknown'];
}

/** A receive in a select that has another arm which returns. */
function leavesBeside(pkg: GoPackage, receive: Node): boolean {
  const statement = pkg.parentOf(receive);
  const clause = statement && pkg.parentOf(statement);
  const select = clause?.kind === 'CommClause' ? pkg.parentOf(clause) : undefined;
  if (select?.kind !== 'SelectStmt') return false;
  return select.clauses.some(
    (other) =>
      other !== clause &&
      other.comm !== undefined &&
      receivedFrom(other.comm) !== undefined &&
      other.body.at(-1)?.kind === 'ReturnStmt',
  );
}

/** Whether a loop over the channel may be left before the channel is closed. */
export function leavesLoop(loop: RangeStmt): boolean {
  return leavesBlock(loop.body);
}

function leavesBlock(body: BlockStmt): boolean {
  let leaves = false;
  walk(body, (node) => {
    if (leaves || node.kind === 'FuncLit') return false;
    if (node.kind === 'ReturnStmt' || (node.kind === 'BranchStmt' && (node.tok === 'goto' || isOuter(node))))
      leaves = true;
    if (node.kind === 'BranchStmt' && node.tok === 'break' && !node.label && !isInner(body, node)) leaves = true;
    return !leaves;
  });
  return leaves;
}

/** A labelled break most often leaves the loop around. */
function isOuter(node: Extract<Node, { kind: 'BranchStmt' }>): boolean {
  return node.tok === 'break' && node.label !== undefined;
}

/** Whether a break without label ends a statement inside the body only. */
function isInner(body: BlockStmt, branch: Node): boolean {
  let inner = false;
  walk(body, (node) => {
    if (inner || node.range.start > branch.range.start || node.range.end < branch.range.end) return false;
    inner = ['ForStmt', 'RangeStmt', 'SelectStmt', 'SwitchStmt', 'TypeSwitchStmt'].includes(node.kind);
    return !inner;
  });
  return inner;
}
