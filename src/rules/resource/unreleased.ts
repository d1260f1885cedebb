/** Resources that a function acquires and leaves unreleased on some exit: one analysis for every kind of resource. */
import type { Pass, SharedKey } from '../../analysis/rule.ts';
import type { CallExpr, FuncDecl, Node, ReturnStmt } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { isTestCode } from '../../go/test-code.ts';
import { walk } from '../../go/walk.ts';
import { walkOwn } from '../ownership/reach.ts';
import { isProcessEntry } from '../ownership/repetition.ts';
import { acquiringText } from './acquiring-text.ts';
import { type Acquisition, acquisitionAt } from './acquisition.ts';
import { calleeName } from './callee-name.ts';
import { holds } from './conditions.ts';
import { isCancelledBefore, isUnlikely } from './exits.ts';
import type { HeldExit } from './held-exits.ts';
import { heldExits } from './paths.ts';
import { type ResourceTable, resourceTable } from './resources.ts';
import { isSilencedElsewhere } from './silenced-elsewhere.ts';

export interface Unreleased extends Acquisition {
  /** The first exit that is reached while it is held; absent when it is dropped. */
  readonly exit?: HeldExit;
}

/** All of them in a package, in file and source order. */
export const unreleasedKey: SharedKey<readonly Unreleased[]> = { name: 'unreleased resources', compute: findAll };

function findAll(pass: Pass): readonly Unreleased[] {
  const { pkg } = pass;
  const table = resourceTable(pass.resources);
  const acquires = acquiringText(pkg, table);
  return pkg.funcDecls
    .filter((func) => pass.files.includes(func.file) && !isTestCode(func.file) && !isProcessEntry(pkg, func))
    .filter((func) => func.bodyRange && acquires(func.file.text.slice(func.bodyRange.start, func.bodyRange.end)))
    .flatMap((func) => callsOf(func).flatMap((call) => judge(pkg, call, table) ?? []));
}

function callsOf(func: FuncDecl): readonly CallExpr[] {
  const calls: CallExpr[] = [];
  if (func.body)
    walk(func.body, (node) => {
      if (node.kind === 'CallExpr') calls.push(node);
    });
  return calls;
}

function judge(pkg: GoPackage, call: CallExpr, table: ResourceTable): Unreleased | undefined {
  const acquisition = acquisitionAt(pkg, call, table);
  if (!acquisition || !holds(pkg, acquisition)) return undefined;
  if (isSilencedElsewhere(pkg, acquisition.resource.rule, acquisition.statement)) return undefined;
  const { binding } = acquisition;
  if (!binding) return isDropped(pkg, acquisition, table) ? acquisition : undefined;
  const exit = heldExits(pkg, { ...acquisition, binding }).find(
    (one) =>
      !isEndOfIterator(pkg, acquisition, one) &&
      !isAfterItsEnd(pkg, acquisition, one) &&
      !isUnlikely(pkg, one) &&
      !(acquisition.resource.condition === 'not-cancelled' && isCancelledBefore(pkg, one)),
  );
  return exit && { ...acquisition, exit };
}

/**
 * Assigned to `_`. Of a context, the context itself must be used, and its parent not be derived in the same function: it
 * is judged there, and when it ends so does the child.
 */
function isDropped(
  pkg: GoPackage,
  { resource, call, statement, inside }: Acquisition,
  { byCall }: ResourceTable,
): boolean {
  if (resource.rule === 'unclosed-body' || !resource.anyUse) return true;
  const other = statement.kind === 'AssignStmt' ? statement.lhs[0] : undefined;
  const used = other?.kind === 'Ident' && other.name !== '_' && pkg.bindingOf(other) !== undefined;
  return used && !hasDerivedParent(pkg, call, inside, byCall);
}

function hasDerivedParent(
  pkg: GoPackage,
  call: CallExpr,
  inside: Acquisition['inside'],
  byCall: ResourceTable['byCall'],
): boolean {
  const parent = call.args[0];
  if (parent?.kind !== 'Ident' || !inside.body) return false;
  let derived = false;
  walkOwn(inside.body, (node) => {
    if (derived || node.kind !== 'AssignStmt' || node.range.start >= call.range.start) return !derived;
    const [value] = node.rhs;
    const named = node.lhs.some((each) => each.kind === 'Ident' && each.name === parent.name);
    derived = named && value?.kind === 'CallExpr' && byCall.has(calleeName(pkg, value) ?? '');
    return !derived;
  });
  return derived;
}

/** `if !ok { return }`: the iterator is drained, and then there is nothing to stop. */
function isEndOfIterator(pkg: GoPackage, { resource }: Acquisition, { node }: HeldExit): boolean {
  if (resource.rule !== 'unstopped-iterator') return false;
  for (let at = pkg.parentOf(node as ReturnStmt); at; at = pkg.parentOf(at)) {
    if (at.kind === 'IfStmt' && at.cond.kind === 'UnaryExpr' && at.cond.op === '!') return true;
    if (at.kind === 'FuncLit' || at.kind === 'FuncDecl') return false;
  }
  return false;
}

/** `case err := <-failed: return err`, where the goroutine of the server sends on `failed` when it ends. */
function isAfterItsEnd(pkg: GoPackage, { resource, statement }: Acquisition, { node }: HeldExit): boolean {
  if (!resource.inGoroutine) return false;
  const answered = new Set<string>();
  walk(statement, (part) => {
    if (part.kind === 'SendStmt' && part.chan.kind === 'Ident') answered.add(part.chan.name);
    if (
      part.kind === 'CallExpr' &&
      part.fun.kind === 'Ident' &&
      part.fun.name === 'close' &&
      part.args[0]?.kind === 'Ident'
    )
      answered.add(part.args[0].name);
  });
  for (let at = pkg.parentOf(node); at; at = pkg.parentOf(at)) {
    const comm = at.kind === 'CommClause' ? at.comm : undefined;
    if (comm && receivesFrom(comm, answered)) return true;
  }
  return false;
}

function receivesFrom(comm: Node, channels: ReadonlySet<string>): boolean {
  let found = false;
  walk(comm, (part) => {
    if (part.kind === 'UnaryExpr' && part.op === '<-' && part.x.kind === 'Ident' && channels.has(part.x.name))
      found = true;
  });
  return found;
}
