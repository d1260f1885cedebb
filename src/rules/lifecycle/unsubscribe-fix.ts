/** Defers the undo of a registration. */
import { fixOf, insertAfter, refuse } from '../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { CallExpr, Expr, Node } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { loopsAround } from '../ownership/loop.ts';
import type { Registration } from '../ownership/registration.ts';
import { whatItTakes } from './kept-after-stop.ts';

interface Open {
  readonly registration: Registration;
  readonly undo?: Binding;
}

export function unsubscribeFix(pkg: GoPackage, { registration, undo }: Open): readonly SuggestedFix[] | FixRefusal {
  const { call, inside } = registration;
  const stmt = pkg.parentOf(call);
  if (!stmt || !inside.body || loopsAround(pkg, call).length > 0) return refuse('a `defer` would be in a loop');
  if (registration.undo.kind === 'none') return refuse(whatItTakes(registration));
  if (registration.undo.kind === 'counterpart')
    return refuse(`the arguments of \`${registration.undo.name}\` are not known`);
  if (undo) return refuse('a deferred undo would run in addition to those that are called');
  if (stmt.kind !== 'ExprStmt') return refuse('the registration is part of a larger statement');
  if (registration.keeper.type.results.length !== 1) return refuse('the registration returns more than its undo');
  const method = registration.undo.kind === 'result-method' ? `.${registration.undo.name}` : '';
  const base = method ? 'subscription' : 'unsubscribe';
  const earlier = registrationsBefore(inside.body, call);
  const name = freeName(inside.body, earlier === 0 ? base : `${base}${earlier + 1}`);
  return [named(pkg, stmt, call, name, method)];
}

function named(pkg: GoPackage, stmt: Node, call: Node, name: string, method: string): SuggestedFix {
  const file = pkg.fileOf(stmt);
  const keep = { range: { start: call.range.start, end: call.range.start }, newText: `${name} := ` };
  return fixOf(file, 'Keep the returned unsubscribe function and defer it', [
    keep,
    insertAfter(file, stmt, [`defer ${name}${method}()`]),
  ]);
}

/** How many like calls stand before this one: the fixes of all of them may be applied together, so names must differ. */
function registrationsBefore(body: Node, call: CallExpr): number {
  const { fun } = call;
  let count = 0;
  walk(body, (node) => {
    if (node.kind !== 'CallExpr' || node.range.start >= call.range.start) return;
    if (nameOf(node.fun) === nameOf(fun)) count += 1;
  });
  return count;
}

function nameOf(fun: Expr): string | undefined {
  return fun.kind === 'SelectorExpr' ? fun.sel.name : fun.kind === 'Ident' ? fun.name : undefined;
}

/** `base`, or `base2`, `base3` when the function uses the name or it is one of `more`. */
export function freeName(body: Node, base: string, more: readonly string[] = []): string {
  const taken = new Set<string>(more);
  walk(body, (node) => {
    if (node.kind === 'Ident') taken.add(node.name);
  });
  let name = base;
  for (let n = 2; taken.has(name); n++) name = `${base}${n}`;
  return name;
}
