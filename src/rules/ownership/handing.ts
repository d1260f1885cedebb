/**
 * What becomes of a local value that runs a goroutine, before an error is returned:
 *
 *  1. `released`: a method that ends the goroutine is called.
 *  2. `kept`: it is stored or returned, so that it can be ended later.
 *  3. `handed`: it is captured or given to somebody who may keep it. That counts as kept, unless another error return
 *     releases the value all the same.
 *  4. `used`: its methods are called, its fields are read and set; nobody but the function has it.
 */
import type { BlockStmt, CallExpr, FuncDecl, FuncLit, Ident, Node, ReturnStmt } from '../../go/ast.ts';
import type { Binding, GoPackage, TypeInfo } from '../../go/package.ts';
import { implementationsOf } from './implementations.ts';
import { isInside, lifted, precedes } from './precedence.ts';
import { type Func, walkReached } from './reach.ts';
import { meet, type Signals, signalsOf } from './stopped-by.ts';

export interface Held {
  readonly binding: Binding;
  /** The dynamic type, where the variable may be of an interface type. */
  readonly type: TypeInfo;
  readonly signals: Signals;
  readonly inside: FuncDecl | FuncLit;
  /** Exits before it do not count. */
  readonly from: number;
}

/** The error returns before which the value is neither released nor kept. */
export function droppingExits(pkg: GoPackage, held: Held, exits: readonly ReturnStmt[]): readonly ReturnStmt[] {
  const uses = pkg.usesOf(held.binding).map((use) => ({ use, fate: fateOf(pkg, held, use) }));
  const releasedElsewhere = uses.some(({ use, fate }) => fate === 'released' && endsWithReturn(blockAround(pkg, use)));
  return exits.filter((exit) => {
    if (exit.range.start < held.from || uses.some(({ use }) => isInside(use, exit) || decides(pkg, use, exit)))
      return false;
    return !uses.some(({ use, fate }) => {
      if (fate === 'released') return precedes(pkg, lifted(pkg, use, held.inside), exit);
      const keeps = fate === 'kept' || (fate === 'handed' && !releasedElsewhere);
      return keeps && use.range.start < exit.range.start && !leavesBefore(blockAround(pkg, use), exit);
    });
  });
}

/** The value itself is asked whether to go on: `if v.Closed() { return errClosed }`. */
export function decides(pkg: GoPackage, use: Node, exit: ReturnStmt): boolean {
  for (let at = pkg.parentOf(exit); at; at = pkg.parentOf(at))
    if (at.kind === 'IfStmt' && isInside(use, at.cond)) return true;
  return false;
}

export function blockAround(pkg: GoPackage, node: Node): BlockStmt | undefined {
  for (let at = pkg.parentOf(node); at; at = pkg.parentOf(at)) if (at.kind === 'BlockStmt') return at;
  return undefined;
}

export function endsWithReturn(block: BlockStmt | undefined): boolean {
  return block?.list.at(-1)?.kind === 'ReturnStmt';
}

/** The block is left by a return of its own, which is not the exit. */
function leavesBefore(block: BlockStmt | undefined, exit: ReturnStmt): boolean {
  return block !== undefined && endsWithReturn(block) && !isInside(exit, block);
}

type Fate = 'released' | 'kept' | 'handed' | 'used';

function fateOf(pkg: GoPackage, held: Held, use: Ident): Fate {
  if (lifted(pkg, use, held.inside) !== use) return 'handed';
  let node: Node = use;
  let parent = pkg.parentOf(node);
  if (parent?.kind === 'BinaryExpr') return 'used';
  if (parent?.kind === 'CallExpr') return 'handed';
  if (parent?.kind !== 'SelectorExpr' || parent.x !== use) return 'kept';
  while (parent?.kind === 'SelectorExpr' && parent.x === node) {
    node = parent;
    parent = pkg.parentOf(node);
  }
  if (parent?.kind === 'CallExpr' && parent.fun === node) return fateOfCall(pkg, held, parent, use);
  if (parent?.kind === 'AssignStmt') return parent.lhs.includes(node as Ident) ? 'used' : 'kept';
  return parent?.kind === 'BinaryExpr' || parent?.kind === 'IncDecStmt' ? 'used' : 'kept';
}

function fateOfCall(pkg: GoPackage, held: Held, call: CallExpr, use: Ident): Fate {
  const method = methodOf(pkg, held, call, use);
  if (!method) return pkg.parentOf(use) === call.fun ? 'handed' : 'used';
  if (meet(signalsOf(pkg, method), held.signals)) return 'released';
  return handsItselfOn(pkg, method) ? 'handed' : 'used';
}

function methodOf(pkg: GoPackage, held: Held, call: CallExpr, use: Ident): FuncDecl | undefined {
  if (call.fun.kind !== 'SelectorExpr') return undefined;
  if (call.fun.x === use) return held.type.methods.get(call.fun.sel.name);
  const callee = pkg.calleeOf(call);
  if (callee.kind === 'method') return callee.decl;
  const [only, ...others] = callee.kind === 'dynamic' ? implementationsOf(pkg, call) : [];
  return others.length === 0 ? only : undefined;
}

const handing = new WeakMap<FuncDecl, boolean>();

/** The method, or one of its type that it calls, gives its receiver to somebody. Computed once per method. */
export function handsItselfOn(pkg: GoPackage, method: FuncDecl): boolean {
  const answer = handing.get(method) ?? findHandingOn(pkg, method);
  handing.set(method, answer);
  return answer;
}

function findHandingOn(pkg: GoPackage, method: FuncDecl): boolean {
  const type = typeOfReceiver(pkg, method);
  const methods = new Set<Func>([method]);
  walkReached(pkg, method, (_, inside) => {
    methods.add(inside);
    return true;
  });
  return [...methods].some(
    (each) => each.kind === 'FuncDecl' && typeOfReceiver(pkg, each) === type && leaksReceiver(pkg, each),
  );
}

function typeOfReceiver(pkg: GoPackage, { recv }: FuncDecl): TypeInfo | undefined {
  return recv && pkg.typeInfoOf(pkg.typeOfTypeExpr(recv.type));
}

function leaksReceiver(pkg: GoPackage, { recv }: FuncDecl): boolean {
  const name = recv?.names[0];
  const binding = name && pkg.bindingOf(name);
  return (
    binding !== undefined &&
    pkg.usesOf(binding).some((use) => {
      const parent = pkg.parentOf(use);
      if (parent?.kind !== 'SelectorExpr' && parent?.kind !== 'BinaryExpr') return true;
      const { inner } = pkg.enclosing(use);
      return inner !== undefined && !isLocalHelper(pkg, inner);
    })
  );
}

/** A literal in a local variable, or one that is called or deferred on the spot. */
function isLocalHelper(pkg: GoPackage, lit: FuncLit): boolean {
  const parent = pkg.parentOf(lit);
  if (parent?.kind === 'AssignStmt') return parent.tok === ':=';
  return parent?.kind === 'CallExpr' && parent.fun === lit && pkg.parentOf(parent)?.kind !== 'GoStmt';
}
