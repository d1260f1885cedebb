/** Whether syntax does what a stuck operation waits for, by the name of the channel or group: what a reader would look for. */
import type { StuckKind } from '../../../concurrency/leak.ts';
import { leavesLoop } from '../../../concurrency/open/readers.ts';
import type { CallExpr, Expr, Node } from '../../../go/ast.ts';
import { walk } from '../../../go/walk.ts';

/** What somebody waits for: the last name of the channel or group, and the operation. */
export interface Wait {
  readonly name: string;
  readonly kind: StuckKind;
}

/** The last name of an operand: `results` of `s.results`, `(s.results)`, `s.results[i]`; undefined for a call. */
export function lastNameOf(expr: Expr | undefined): string | undefined {
  switch (expr?.kind) {
    case 'Ident':
      return expr.name;
    case 'SelectorExpr':
      return expr.sel.name;
    case 'ParenExpr':
    case 'StarExpr':
    case 'IndexExpr':
      return lastNameOf(expr.x);
    case 'UnaryExpr':
      return expr.op === '&' ? lastNameOf(expr.x) : undefined;
    default:
      return undefined;
  }
}

/** Whether a name stands anywhere below a node. */
export function mentions(root: Node, names: readonly string[]): boolean {
  return some(root, (node) => node.kind === 'Ident' && names.includes(node.name));
}

/** Whether a goroutine is started below a node, by `go` or by a method `Go`. */
export function startsGoroutines(root: Node): boolean {
  return some(root, (node) => node.kind === 'GoStmt' || (node.kind === 'CallExpr' && methodOf(node) === 'Go'));
}

/** Whether some counter is lowered below a node, or a goroutine started for which one is. */
export function lowersCounters(root: Node): boolean {
  return some(root, (node) => node.kind === 'CallExpr' && ['Done', 'Go'].includes(methodOf(node) ?? ''));
}

/** Whether a node does what is waited for, or hands the object to somebody who may. `until`: of a range, its loop. */
export function answersIn(root: Node, { name, kind }: Wait, until?: Node): boolean {
  const wanted = answerTo(kind, until?.kind === 'RangeStmt' && leavesLoop(until));
  return wanted !== undefined && some(root, (node) => wanted(node, name) || hands(node, name));
}

type Answer = (node: Node, name: string) => boolean;

/** `isLeft`: the range ends by itself when it has got enough. */
function answerTo(kind: StuckKind, isLeft: boolean): Answer | undefined {
  switch (kind) {
    case 'send':
      return receives;
    case 'recv':
      return sends;
    case 'range':
      return isLeft ? sends : closes;
    case 'wait':
      return (node, name) =>
        node.kind === 'CallExpr' &&
        node.fun.kind === 'SelectorExpr' &&
        ['Done', 'Go'].includes(node.fun.sel.name) &&
        lastNameOf(node.fun.x) === name;
    case 'cond':
      return (node, name) =>
        node.kind === 'CallExpr' &&
        node.fun.kind === 'SelectorExpr' &&
        ['Signal', 'Broadcast'].includes(node.fun.sel.name) &&
        lastNameOf(node.fun.x) === name;
    default:
      return undefined;
  }
}

const receives: Answer = (node, name) =>
  (node.kind === 'UnaryExpr' && node.op === '<-' && lastNameOf(node.x) === name) ||
  (node.kind === 'RangeStmt' && lastNameOf(node.x) === name);

const closes: Answer = (node, name) =>
  node.kind === 'CallExpr' &&
  node.fun.kind === 'Ident' &&
  node.fun.name === 'close' &&
  lastNameOf(node.args[0]) === name;

const sends: Answer = (node, name) =>
  (node.kind === 'SendStmt' && lastNameOf(node.chan) === name) || closes(node, name);

const MEASURES: ReadonlySet<string> = new Set(['len', 'cap']);

/** The object is an argument of a call that may do anything with it. */
function hands(node: Node, name: string): boolean {
  if (node.kind !== 'CallExpr' || (node.fun.kind === 'Ident' && MEASURES.has(node.fun.name))) return false;
  return node.args.some((arg) => lastNameOf(arg) === name);
}

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);

/** Whether an expression compares numbers, as far as its text shows: not with nil, a truth value or a string. */
export function comparesNumbers(expr: Expr): boolean {
  return expr.kind === 'BinaryExpr' && COMPARISONS.has(expr.op) && !isNoNumber(expr.x) && !isNoNumber(expr.y);
}

function isNoNumber(node: Expr): boolean {
  if (node.kind === 'BasicLit') return node.tok === 'STRING';
  return node.kind === 'Ident' && ['nil', 'true', 'false'].includes(node.name);
}

function methodOf({ fun }: CallExpr): string | undefined {
  return fun.kind === 'SelectorExpr' ? fun.sel.name : undefined;
}

function some(root: Node, test: (node: Node) => boolean): boolean {
  let found = false;
  walk(root, (node) => {
    found ||= test(node);
    return !found;
  });
  return found;
}
