/** Fields that other packages change by calling methods of their type. */
import type { Expr, FuncDecl, Node } from '../../go/ast.ts';
import type { TypeInfo } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';

const known = new WeakMap<TypeInfo, ReadonlySet<string>>();

/** Names of fields that methods of the type which others can call write, or methods that those call. */
export function changedFields(info: TypeInfo): ReadonlySet<string> {
  let names = known.get(info);
  if (!names) {
    names = computeFields(info);
    known.set(info, names);
  }
  return names;
}

function computeFields({ methods }: TypeInfo): ReadonlySet<string> {
  const fields = new Set<string>();
  const seen = new Set<string>();
  const work = [...methods.keys()].filter((name) => /^\p{Lu}/u.test(name));
  for (let name = work.pop(); name !== undefined; name = work.pop()) {
    const decl = seen.has(name) ? undefined : methods.get(name);
    seen.add(name);
    if (decl) for (const called of changesOf(decl, fields)) work.push(called);
  }
  return fields;
}

/** Adds the fields that a method writes, and gives the names of what it calls. */
function changesOf(decl: FuncDecl, fields: Set<string>): readonly string[] {
  const called: string[] = [];
  walk(decl, (node) => {
    for (const place of placesWritten(node)) addNames(place, fields);
    if (node.kind === 'CallExpr' && node.fun.kind === 'SelectorExpr') called.push(node.fun.sel.name);
    return true;
  });
  return called;
}

function placesWritten(node: Node): readonly Expr[] {
  if (node.kind === 'AssignStmt') return node.lhs;
  if (node.kind === 'IncDecStmt') return [node.x];
  return node.kind === 'UnaryExpr' && node.op === '&' ? [node.x] : [];
}

/** `s.a.b[i]`: the names on the way to a place. */
function addNames(place: Expr, fields: Set<string>): void {
  for (let at: Expr = place; ; ) {
    if (at.kind === 'SelectorExpr') {
      fields.add(at.sel.name);
      at = at.x;
    } else if (at.kind === 'IndexExpr' || at.kind === 'StarExpr' || at.kind === 'ParenExpr') at = at.x;
    else return;
  }
}
