/** Further conditions under which a resource that is not released keeps a goroutine. */
import type { CallExpr, Expr } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import type { Acquisition } from './acquisition.ts';
import { calleeName } from './callee-name.ts';

export function holds(pkg: GoPackage, acquisition: Acquisition): boolean {
  switch (acquisition.resource.condition) {
    case 'keeps-goroutine':
      return keepsGoroutine(pkg, acquisition);
    case 'read-by-goroutine':
      return pkg.name !== 'main' && isReadByGoroutine(pkg, acquisition);
    case 'endless-context':
      return isEndless(pkg, acquisition.call.args[0], 0);
    default:
      return true;
  }
}

/**
 * A command with a context is watched by a goroutine, and one whose streams are no files has a goroutine for each
 * (https://pkg.go.dev/os/exec#Cmd). One that is detached on purpose (`SysProcAttr`) is left alone.
 */
function keepsGoroutine(pkg: GoPackage, { binding }: Acquisition): boolean {
  if (!binding) return false;
  const fields = pkg.usesOf(binding).flatMap((use) => {
    const parent = pkg.parentOf(use);
    const assignment = parent && pkg.parentOf(parent);
    if (parent?.kind !== 'SelectorExpr' || assignment?.kind !== 'AssignStmt') return [];
    const at = assignment.lhs.indexOf(parent);
    return at < 0 ? [] : [{ name: parent.sel.name, value: assignment.rhs[at] }];
  });
  if (fields.some(({ name }) => name === 'SysProcAttr')) return false;
  const decl = binding.decl?.kind === 'AssignStmt' ? binding.decl.rhs[0] : undefined;
  if (decl?.kind === 'CallExpr' && calleeName(pkg, decl) === 'os/exec.CommandContext') return true;
  return fields.some(({ name, value }) => /^(Stdin|Stdout|Stderr)$/.test(name) && value && !isFile(pkg, value));
}

function isFile(pkg: GoPackage, value: Expr): boolean {
  const type = pkg.typeOf(value);
  const base = type.kind === 'pointer' ? type.elem : type;
  if (base.kind === 'unknown' || base.kind === 'nil') return true;
  return base.kind === 'named' && base.path === 'os' && base.name === 'File';
}

/** A `go func() { ... }()` of the same function receives from the channel in a loop. */
function isReadByGoroutine(pkg: GoPackage, { binding, inside }: Acquisition): boolean {
  let read = false;
  if (!binding || !inside.body) return false;
  walk(inside.body, (node) => {
    if (node.kind === 'GoStmt' && node.call.kind === 'CallExpr') read ||= receivesInLoop(pkg, node.call, binding);
    return !read;
  });
  return read;
}

function receivesInLoop(pkg: GoPackage, { fun }: CallExpr, binding: Binding): boolean {
  let found = false;
  if (fun.kind !== 'FuncLit') return false;
  walk(fun.body, (node) => {
    const channel =
      node.kind === 'RangeStmt' ? node.x : node.kind === 'UnaryExpr' && node.op === '<-' ? node.x : undefined;
    if (channel?.kind === 'Ident' && pkg.bindingOf(channel) === binding) found = true;
    return !found;
  });
  return found;
}

/** `context.Background()`, or a variable that holds nothing else. */
function isEndless(pkg: GoPackage, context: Expr | undefined, depth: number): boolean {
  if (context?.kind === 'CallExpr') return /^context\.(Background|TODO)$/.test(calleeName(pkg, context) ?? '');
  const decl = context?.kind === 'Ident' ? pkg.bindingOf(context)?.decl : undefined;
  return decl?.kind === 'AssignStmt' && decl.tok === ':=' && decl.rhs.length === 1 && depth === 0
    ? isEndless(pkg, decl.rhs[0], depth + 1)
    : false;
}
