/**
 * What one use of a variable does with the resource that it holds:
 *
 *  - `released`: one of the ways of the table, called or deferred.
 *  - `read`: somebody looks at it or reads from it, and has nothing left of it afterwards.
 *  - `handed`: returned, stored, sent, aliased, captured, or given to code that is not seen. Whoever has it then is
 *    assumed to release it.
 *
 * A function in sight does with its parameter what its body does, to a small depth; beyond it, it is handed on.
 */
import type { AssignStmt, CallExpr, Expr, FuncDecl, FuncLit, Ident, Node } from '../../go/ast.ts';
import { finalName } from '../../go/model.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { handsItselfOn } from '../ownership/handing.ts';
import { calleeName, visibleCallee } from './callee-name.ts';
import { consumers, drains, wrappers } from './readers.ts';
import type { Resource } from './resource.ts';

export type Fate = 'released' | 'read' | 'handed';

const maxDepth = 3;

/** What is asked: the package, the resource, and how many calls and aliases deep. */
interface Question {
  readonly pkg: GoPackage;
  readonly resource: Resource;
  readonly depth: number;
  /** How the value was selected from the resource: `Body` of `resp.Body`. */
  readonly prefix: readonly string[];
}

/** `use` must not lie in a function literal below the function that is judged; whoever asks looks at those. */
export function fateOf(pkg: GoPackage, resource: Resource, use: Ident): Fate {
  return resource.anyUse ? 'released' : fateOfValue({ pkg, resource, depth: 0, prefix: [] }, use);
}

function fateOfValue(question: Question, value: Expr): Fate {
  const { pkg } = question;
  const { node, path: selected } = selectedFrom(pkg, value);
  const path = [...question.prefix, ...selected];
  const parent = pkg.parentOf(node);
  if (parent?.kind === 'CallExpr' && parent.fun === node)
    return releases(question, `${path.join('.')}()`) ? 'released' : fateOfReceiver(question, parent, path);
  if (selected.length > 0 && !leadsToRelease(question, path)) return 'read';
  if (parent?.kind === 'CallExpr') return fateOfArgument({ ...question, prefix: path }, parent, node as Expr);
  return fateInPlace(parent, node);
}

/** A method in sight may give its receiver to somebody, and the result of another one may need it. */
function fateOfReceiver({ pkg, resource }: Question, call: CallExpr, path: readonly string[]): Fate {
  const [method, ...others] = path;
  if (method === undefined || others.length > 0) return 'read';
  if (resource.givesAccess?.includes(method)) return isNewVariable(pkg.parentOf(call)) ? 'read' : 'handed';
  const callee = visibleCallee(pkg, call);
  return callee?.decl.recv && handsItselfOn(callee.pkg, callee.decl) ? 'handed' : 'read';
}

/** `js, err := conn.JetStream()`: what becomes of the variable decides (see `holders.ts`). */
function isNewVariable(statement: Node | undefined): boolean {
  return statement?.kind === 'AssignStmt' && statement.tok === ':=' && statement.lhs[0]?.kind === 'Ident';
}

/** `resp.Body.Close` of `resp`, with what is selected; parentheses, `&` and `*` are passed over. */
function selectedFrom(pkg: GoPackage, value: Expr): { readonly node: Node; readonly path: readonly string[] } {
  const path: string[] = [];
  let node: Node = value;
  for (let parent = pkg.parentOf(node); parent; parent = pkg.parentOf(node)) {
    if (parent.kind === 'SelectorExpr' && parent.x === node) path.push(parent.sel.name);
    else if (parent.kind !== 'ParenExpr' && parent.kind !== 'StarExpr' && !isAddress(parent)) break;
    node = parent;
  }
  return { node, path };
}

function isAddress(node: Node): boolean {
  return node.kind === 'UnaryExpr' && node.op === '&';
}

function releases({ resource }: Question, way: string): boolean {
  return resource.releasedBy.includes(way);
}

/** `resp.Body` of `Body.Close()`, and `resp.Body.Close` as a value. */
function leadsToRelease({ resource }: Question, path: readonly string[]): boolean {
  const text = path.join('.');
  if (resource.parts?.includes(text)) return true;
  return resource.releasedBy.some((way) => way.startsWith(`${text}.`) || way === `${text}()`);
}

function fateInPlace(parent: Node | undefined, node: Node): Fate {
  switch (parent?.kind) {
    case 'BinaryExpr':
    case 'IncDecStmt':
      return 'read';
    case 'UnaryExpr':
      return parent.op === '<-' ? 'read' : 'handed';
    case 'RangeStmt':
      return parent.x === node ? 'read' : 'handed';
    case 'AssignStmt':
      return isDiscardedBy(parent, node) ? 'read' : 'handed';
    default:
      return 'handed';
  }
}

/** `_ = x`. */
export function isDiscarded(pkg: GoPackage, node: Node): boolean {
  const parent = pkg.parentOf(node);
  return parent?.kind === 'AssignStmt' && isDiscardedBy(parent, node);
}

function isDiscardedBy({ lhs, rhs }: AssignStmt, node: Node): boolean {
  const target = lhs[rhs.indexOf(node as Expr)];
  return target?.kind === 'Ident' && target.name === '_';
}

function fateOfArgument(question: Question, call: CallExpr, argument: Expr): Fate {
  const { pkg } = question;
  const name = calleeName(pkg, call) ?? builtinName(pkg, call);
  if (name !== undefined && releases(question, `${name}(x)`)) return 'released';
  if (name !== undefined && drains.has(name)) return 'released';
  if (name !== undefined && consumers.has(name)) return 'read';
  if (name !== undefined && wrappers.has(name)) return fateOfWrapper(question, call);
  // The call that acquires an argument, `signal.Notify(c)`, does not take it away.
  const { acquiredBy, value } = question.resource;
  if (value.kind === 'argument' && name !== undefined && acquiredBy.includes(name)) return 'read';
  if (question.resource.wrappedBy?.test(finalName(call.fun) ?? '')) return fateOfWrapper(question, call);
  if (pkg.parentOf(call)?.kind === 'GoStmt') return 'handed';
  if (question.resource.lent) return 'read';
  const index = call.args.indexOf(argument);
  // `defer func(body io.ReadCloser) { ... }(resp.Body)`.
  if (call.fun.kind === 'FuncLit') return fateOfParameter(question, call.fun, index);
  const callee = visibleCallee(pkg, call);
  return callee ? fateOfParameter({ ...question, pkg: callee.pkg }, callee.decl, index) : 'handed';
}

/** `close(stop)`. */
function builtinName(pkg: GoPackage, call: CallExpr): string | undefined {
  const callee = pkg.calleeOf(call);
  return callee.kind === 'builtin' ? callee.name : undefined;
}

/** `json.NewDecoder(resp.Body)`: what is done with the decoder is done with the body, but closing it. */
function fateOfWrapper(question: Question, call: CallExpr): Fate {
  const { pkg, depth } = question;
  const parent = pkg.parentOf(call);
  if (parent?.kind === 'SelectorExpr') return 'read';
  // A limited or buffered reader need not reach the end of what it reads from.
  if (parent?.kind === 'CallExpr' && drains.has(calleeName(pkg, parent) ?? '')) return 'read';
  if (parent?.kind === 'CallExpr') return fateOfArgument(question, parent, call);
  if (parent?.kind !== 'AssignStmt' || depth >= maxDepth) return 'handed';
  if (isDiscardedBy(parent, call)) return 'read';
  const target = parent.lhs[parent.rhs.indexOf(call)] ?? parent.lhs[0];
  const binding = target?.kind === 'Ident' && parent.tok === ':=' ? pkg.bindingOf(target) : undefined;
  return binding && target ? fateOfAll({ ...question, depth: depth + 1 }, binding, target) : 'handed';
}

/** The package of the question is the one of the function. */
function fateOfParameter(question: Question, func: FuncDecl | FuncLit, index: number): Fate {
  if (question.depth >= maxDepth || !func.body) return 'handed';
  const name = func.type.params.flatMap((param) => param.names)[index];
  if (name?.name === '_') return 'read';
  const binding = name && question.pkg.bindingOf(name);
  return binding ? fateOfAll({ ...question, depth: question.depth + 1 }, binding, name) : 'handed';
}

/** The strongest fate among the uses of a variable; what a literal does with it is not judged. */
function fateOfAll(question: Question, binding: Binding, declared: Node): Fate {
  const { pkg } = question;
  const home = pkg.enclosing(declared).inner;
  let fate: Fate = 'read';
  for (const use of pkg.usesOf(binding)) {
    const one = pkg.enclosing(use).inner === home ? fateOfValue(question, use) : 'handed';
    if (one === 'released') return one;
    if (one === 'handed') fate = one;
  }
  return fate;
}
