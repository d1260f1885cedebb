/**
 * Where a function literal goes. One that is only called where it stands, deferred, or started by a `go` is part of the
 * function around it; one that escapes (returned, stored, sent, or given to unseen code) is called by nobody
 * in sight, any number of times, with arguments of its caller's.
 */
import type { Expr, FuncLit, Node } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';

/** A literal in more variables than this, one after the other, counts as staying. */
const maxHops = 4;

/** Whether a literal leaves the function around it, as far as the text shows: what a callee in sight does is left open. */
export function escapes(pkg: GoPackage, lit: FuncLit): boolean {
  return leaves(pkg, lit, maxHops);
}

function leaves(pkg: GoPackage, value: Expr, hops: number): boolean {
  let below: Node = value;
  for (let at = pkg.parentOf(below); at; below = at, at = pkg.parentOf(at)) {
    switch (at.kind) {
      case 'ParenExpr':
      case 'KeyValueExpr':
      case 'CompositeLit':
      case 'UnaryExpr':
        continue;
      case 'ReturnStmt':
      case 'SendStmt':
        return true;
      case 'CallExpr':
        if (at.fun === below || isGroup(pkg, at)) return false;
        if (pkg.calleeOf(at).kind === 'conversion') continue;
        return isHandedOver(pkg, at);
      case 'AssignStmt':
        return at.lhs.some((target, index) => {
          const own = at.rhs.length === at.lhs.length ? at.rhs[index] === below : true;
          return own && isKeptBy(pkg, target, hops);
        });
      case 'ValueSpec':
        return at.names.some((name) => isKeptBy(pkg, name, hops));
      default:
        return false;
    }
  }
  return false;
}

/** Given to unseen code; `append` keeps it in a list. */
function isHandedOver(pkg: GoPackage, call: Node & { readonly kind: 'CallExpr' }): boolean {
  const callee = pkg.calleeOf(call);
  if (callee.kind === 'builtin') return callee.name === 'append';
  return callee.kind === 'external' || callee.kind === 'externalMethod' || callee.kind === 'dynamic';
}

/** Groups whose `Go` starts a goroutine, and `Once` which calls at once: the machine runs both. */
function isGroup(pkg: GoPackage, call: Node & { readonly kind: 'CallExpr' }): boolean {
  const callee = pkg.calleeOf(call);
  return (
    callee.kind === 'externalMethod' &&
    /^(Go|TryGo|Do)$/.test(callee.name) &&
    /(^|\/)(sync|errgroup)$/.test(callee.path)
  );
}

function isKeptBy(pkg: GoPackage, target: Expr, hops: number): boolean {
  if (target.kind !== 'Ident') return true;
  const binding = target.name === '_' ? undefined : pkg.bindingOf(target);
  if (!binding) return false;
  if (binding.global || binding.kind === 'result') return true;
  return hops > 0 && pkg.usesOf(binding).some((use) => use !== target && leaves(pkg, use, hops - 1));
}
