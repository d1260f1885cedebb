/**
 * Paths on which a value is nil although its author knows that it is not: a method called on nil, a result that came
 * without an error, an argument that was used before. Go has no types for this, but everybody writes so.
 */
import type { TraceStep } from '../../concurrency/leak.ts';
import type { AssignStmt, CallExpr, FuncDecl, Node } from '../../go/ast.ts';
import { walk } from '../../go/walk.ts';
import { nodesAround, sourceText } from './operation.ts';
import type { Story } from './story.ts';

/** A condition that found a variable to be nil. */
interface NilCheck {
  readonly name: string;
  readonly decl: FuncDecl;
  readonly step: TraceStep;
}

/** Whether a path hangs on such a value. */
export function trustsNil({ leak }: Story): boolean {
  return leak.trace.some((step) => {
    if (isIgnoredError(step)) return true;
    const check = nilCheckOf(step);
    return check !== undefined && (isReceiver(check) || cameWithError(check) || isUsedArgument(check));
  });
}

function nilCheckOf(step: TraceStep): NilCheck | undefined {
  const { site, what } = step;
  if (what.kind !== 'branch' || !site.file) return undefined;
  const path = nodesAround(site.file, site.range);
  const [decl] = path;
  const asked = path.findLast((node) => node.kind === 'BinaryExpr');
  if (decl?.kind !== 'FuncDecl' || asked?.kind !== 'BinaryExpr' || asked.x.kind !== 'Ident') return undefined;
  if (asked.y.kind !== 'Ident' || asked.y.name !== 'nil' || asked.op !== (what.taken ? '==' : '!=')) return undefined;
  return { name: asked.x.name, decl, step };
}

/** `_ = f()`: who writes so knows that the function does not fail; here it found an error and left. */
function isIgnoredError({ site, callers, what }: TraceStep): boolean {
  const [caller] = callers;
  if (what.kind !== 'branch' || !site.file || !caller?.file) return false;
  const asked = nodesAround(site.file, site.range).findLast((node) => node.kind === 'BinaryExpr');
  if (asked?.kind !== 'BinaryExpr' || asked.op !== (what.taken ? '!=' : '==')) return false;
  const isError = asked.x.kind === 'Ident' && /^err|Err$/.test(asked.x.name);
  if (!isError || asked.y.kind !== 'Ident' || asked.y.name !== 'nil') return false;
  const call = nodesAround(caller.file, caller.range).findLast((node) => node.kind === 'AssignStmt');
  return call?.kind === 'AssignStmt' && call.lhs.length === 1 && assigns(call, '_');
}

/** A method that is called on nil says so itself: nobody relies on an answer then. */
function isReceiver({ name, decl }: NilCheck): boolean {
  return decl.recv?.names[0]?.name === name;
}

/** `value, err := f()`: a value that comes without an error is there. */
function cameWithError({ name, decl, step }: NilCheck): boolean {
  let found = false;
  walk(decl, (node) => {
    if (node.kind !== 'AssignStmt' || node.range.start >= step.site.range.start) return !found;
    found ||= name !== errorOf(node) && errorOf(node) !== undefined && assigns(node, name);
    return !found;
  });
  return found;
}

/** What an assignment from one call calls its error. */
function errorOf({ lhs, rhs }: AssignStmt): string | undefined {
  const last = lhs.at(-1);
  if (rhs.length !== 1 || rhs[0]?.kind !== 'CallExpr' || lhs.length < 2 || last?.kind !== 'Ident') return undefined;
  return /^err|Err$/.test(last.name) ? last.name : undefined;
}

function assigns({ lhs }: AssignStmt, name: string): boolean {
  return lhs.some((target) => target.kind === 'Ident' && target.name === name);
}

/** A parameter for which the caller gave what it had selected something from before. */
function isUsedArgument({ name, decl, step }: NilCheck): boolean {
  const at = decl.type.params.flatMap(({ names }) => names).findIndex((param) => param.name === name);
  const [caller] = step.callers;
  if (at < 0 || !caller?.file) return false;
  const path = nodesAround(caller.file, caller.range);
  const call = path.findLast((node): node is CallExpr => node.kind === 'CallExpr');
  const given = call?.args[at];
  const [around] = path;
  if (given?.kind !== 'Ident' || !around || !call) return false;
  return isSelectedFrom(around, given.name, call);
}

function isSelectedFrom(around: Node, name: string, before: Node): boolean {
  let found = false;
  walk(around, (node) => {
    if (node.range.start >= before.range.start) return false;
    found ||= node.kind === 'SelectorExpr' && node.x.kind === 'Ident' && node.x.name === name;
    return !found;
  });
  return found;
}

/** Whether what is waited for was put into a queue: when its turn comes is for those who take it out. */
export function isQueued({ root, operation, site }: Story): boolean {
  if (root.kind !== 'recv' || operation.target?.kind !== 'SelectorExpr' || operation.target.x.kind !== 'Ident')
    return false;
  const holder = operation.target.x.name;
  const [decl] = nodesAround(site.file, site.range);
  const text = decl ? sourceText(site.file, decl.range, Number.POSITIVE_INFINITY) : '';
  return new RegExp(`\\bappend\\([\\w.[\\]]+, ${holder}\\)|\\] = ${holder}\\b`).test(text);
}
