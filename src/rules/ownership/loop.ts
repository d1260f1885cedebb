/** How a loop can be left. */
import type { CallExpr, CommClause, ForStmt, LabeledStmt, Node, RangeStmt, SelectStmt, Stmt } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { receivedFrom } from './channel.ts';

export type Loop = ForStmt | RangeStmt;

/** `for { }` or `for true { }` (with or without init and post): left only from inside. */
export function isEndless(pkg: GoPackage, loop: Loop): boolean {
  return loop.kind === 'ForStmt' && (loop.cond === undefined || pkg.constantOf(loop.cond) === true);
}

export interface LoopExit {
  /** The `return`, `break`, `goto`, `continue outer` or the call that never returns. */
  readonly node: Node;
  /** The innermost arm of a select inside the loop that holds the exit. */
  readonly arm?: CommClause;
  /** An `if`, `switch` or inner loop stands between the loop (or the arm) and the exit. */
  readonly conditional: boolean;
}

/** Every way out of the loop's body. Literals inside are not part of the loop. */
export function exitsOf(pkg: GoPackage, loop: Loop): readonly LoopExit[] {
  const exits: LoopExit[] = [];
  const label = labelOf(pkg, loop);
  walk(loop.body, (node) => {
    if (node.kind === 'FuncLit' || node.kind === 'GoStmt' || node.kind === 'DeferStmt') return false;
    if (leaves(pkg, node, loop, label)) exits.push({ node, ...surroundings(pkg, node, loop) });
    return true;
  });
  return exits;
}

function leaves(pkg: GoPackage, node: Node, loop: Loop, label: string | undefined): boolean {
  if (node.kind === 'ReturnStmt' || node.kind === 'BadStmt' || node.kind === 'BadExpr') return true;
  if (node.kind === 'CallExpr') return neverReturns(pkg, node);
  if (node.kind !== 'BranchStmt' || node.tok === 'fallthrough') return false;
  if (node.tok === 'goto') return true;
  if (node.label)
    return node.tok === 'break'
      ? node.label.name === label || !labelInside(pkg, node, loop)
      : leavesByContinue(pkg, node, loop, label);
  return node.tok === 'break' && breakTarget(pkg, node) === loop;
}

function leavesByContinue(
  pkg: GoPackage,
  node: Extract<Stmt, { kind: 'BranchStmt' }>,
  loop: Loop,
  label: string | undefined,
): boolean {
  return node.label?.name !== label && !labelInside(pkg, node, loop);
}

/** Whether the label of a labelled branch stands inside the loop. */
function labelInside(pkg: GoPackage, branch: Extract<Stmt, { kind: 'BranchStmt' }>, loop: Loop): boolean {
  for (let at = pkg.parentOf(branch); at && at !== loop; at = pkg.parentOf(at)) {
    if (at.kind === 'LabeledStmt' && at.label.name === branch.label?.name) return true;
  }
  return false;
}

/** What an unlabelled `break` leaves. */
export function breakTarget(pkg: GoPackage, node: Node): Node | undefined {
  for (let at = pkg.parentOf(node); at; at = pkg.parentOf(at)) {
    if (at.kind === 'ForStmt' || at.kind === 'RangeStmt' || at.kind === 'SelectStmt') return at;
    if (at.kind === 'SwitchStmt' || at.kind === 'TypeSwitchStmt') return at;
    if (at.kind === 'FuncLit' || at.kind === 'FuncDecl') return undefined;
  }
  return undefined;
}

/** The label of a loop, if it has one. */
export function labelOf(pkg: GoPackage, loop: Node): string | undefined {
  const parent = pkg.parentOf(loop);
  return parent?.kind === 'LabeledStmt' ? (parent satisfies LabeledStmt).label.name : undefined;
}

function surroundings(pkg: GoPackage, node: Node, loop: Loop): Pick<LoopExit, 'arm' | 'conditional'> {
  let conditional = false;
  for (let at = pkg.parentOf(node); at && at !== loop; at = pkg.parentOf(at)) {
    if (at.kind === 'CommClause') return { arm: at, conditional };
    if (at.kind === 'IfStmt' || at.kind === 'CaseClause' || at.kind === 'ForStmt' || at.kind === 'RangeStmt')
      conditional = true;
  }
  return { conditional };
}

const fatalNames: ReadonlySet<string> = new Set([
  'Fatal',
  'Fatalf',
  'Fatalln',
  'FailNow',
  'Skip',
  'Skipf',
  'SkipNow',
  'Panic',
  'Panicf',
  'Panicln',
  'Goexit',
]);

/** `panic`, `os.Exit`, `runtime.Goexit`, `log.Fatal`, `t.FailNow` and methods of any logger with such a name. */
export function neverReturns(pkg: GoPackage, call: CallExpr): boolean {
  const callee = pkg.calleeOf(call);
  if (callee.kind === 'builtin') return callee.name === 'panic';
  if (callee.kind === 'external')
    return (callee.path === 'os' && callee.name === 'Exit') || fatalNames.has(callee.name);
  if (callee.kind === 'externalMethod') return fatalNames.has(callee.name);
  return call.fun.kind === 'SelectorExpr' && fatalNames.has(call.fun.sel.name);
}

/** The channel expression that an arm receives from; undefined for a send or `default`. */
export function armReceive(arm: CommClause) {
  const comm = arm.comm;
  if (comm?.kind === 'ExprStmt') return receivedFrom(comm.x);
  const value = comm?.kind === 'AssignStmt' ? comm.rhs[0] : undefined;
  return value && receivedFrom(value);
}

export function hasDefault(select: SelectStmt): boolean {
  return select.clauses.some((clause) => clause.comm === undefined);
}

/** The loops around a node, innermost first, up to the innermost function. */
export function loopsAround(pkg: GoPackage, node: Node): readonly Loop[] {
  const loops: Loop[] = [];
  let below: Node = node;
  for (let at = pkg.parentOf(node); at && at.kind !== 'FuncLit' && at.kind !== 'FuncDecl'; at = pkg.parentOf(at)) {
    if ((at.kind === 'ForStmt' || at.kind === 'RangeStmt') && at.body === below) loops.push(at);
    below = at;
  }
  return loops;
}
