/** What the type and the function around a place have at hand for a repair: names to use, never new ones. */
import { isContextLike } from '../../concurrency/open/stops.ts';
import type { Expr, FuncDecl, FuncLit, FuncType, Node } from '../../go/ast.ts';
import type { GoPackage, TypeInfo } from '../../go/package.ts';
import { type GoType, isNamed } from '../../go/types.ts';
import { walk } from '../../go/walk.ts';

/** The receiver of a method: its name and type. */
export interface Receiver {
  readonly name: string;
  readonly type: TypeInfo;
}

export function receiverOf(pkg: GoPackage, func: FuncDecl | undefined): Receiver | undefined {
  const name = func?.recv?.names[0]?.name;
  const type = func?.recv && pkg.typeInfoOf(pkg.typeOfTypeExpr(func.recv.type));
  return name && name !== '_' && type ? { name, type } : undefined;
}

/** `s.wg`: a WaitGroup field of the receiver that some method waits on. */
export function waitGroupOf(receiver: Receiver): string | undefined {
  for (const field of receiver.type.fields.values()) {
    if (isNamed(field.type, 'sync', 'WaitGroup') && field.uses.some((use) => use.method === 'Wait')) {
      return `${receiver.name}.${field.name}`;
    }
  }
  return undefined;
}

/**
 * The name of a method that runs a `func()` in a goroutine which is tracked: it has one parameter of that type and its
 * body starts a goroutine in which a deferred function recovers.
 */
export function spawnHelperOf(pkg: GoPackage, receiver: Receiver): string | undefined {
  for (const [name, method] of receiver.type.methods) {
    if (isSpawnHelper(pkg, method)) return `${receiver.name}.${name}`;
  }
  return undefined;
}

function isSpawnHelper(pkg: GoPackage, method: FuncDecl): boolean {
  const only = method.type.params.length === 1 ? method.type.params[0] : undefined;
  if (!only || only.names.length > 1 || method.type.results.length > 0 || !method.body) return false;
  const type = pkg.underlying(pkg.typeOfTypeExpr(only.type));
  if (type.kind !== 'func' || type.params.length > 0 || type.results.length > 0) return false;
  let starts = false;
  let recovers = false;
  walk(method.body, (node) => {
    if (node.kind === 'GoStmt') starts = true;
    if (node.kind === 'CallExpr' && node.fun.kind === 'Ident' && node.fun.name === 'recover') recovers = true;
    return true;
  });
  return starts && recovers;
}

/** An expression for a context at a place: a parameter, or a context field of the receiver. */
export function contextAt(pkg: GoPackage, func: FuncDecl | undefined, inner: FuncLit | undefined): string | undefined {
  return (
    (inner && contextParam(pkg, inner.type)) ?? (func && (contextParam(pkg, func.type) ?? contextField(pkg, func)))
  );
}

function contextParam(pkg: GoPackage, type: FuncType): string | undefined {
  for (const param of type.params) {
    const name = param.names[0]?.name;
    if (name && name !== '_' && isContextLike(pkg, pkg.typeOfTypeExpr(param.type))) return name;
  }
  return undefined;
}

/** A context field of the receiver whose cancel function the package calls. */
export function contextField(pkg: GoPackage, func: FuncDecl): string | undefined {
  const receiver = receiverOf(pkg, func);
  if (!receiver) return undefined;
  const fields = [...receiver.type.fields.values()];
  const cancelled = fields.some(
    (field) => /cancel|stop/i.test(field.name) && field.uses.some((use) => use.kind === 'call'),
  );
  const context = fields.find((field) => isContext(field.type));
  return cancelled && context ? `${receiver.name}.${context.name}` : undefined;
}

export function isContext(type: GoType): boolean {
  return isNamed(type, 'context', 'Context');
}

/** A local variable of the function that is declared before a place and holds a context. */
export function contextVariable(pkg: GoPackage, body: Node, before: Node): string | undefined {
  let name: string | undefined;
  walk(body, (node) => {
    if (node.kind === 'FuncLit' || node.range.start >= before.range.start) return false;
    if (node.kind === 'AssignStmt' && node.tok === ':=') {
      name =
        node.lhs.find(
          (each): each is Extract<Expr, { kind: 'Ident' }> => each.kind === 'Ident' && isContext(pkg.typeOf(each)),
        )?.name ?? name;
    }
    return true;
  });
  return name;
}

/** Whether the file imports a package under its own name. */
export function imports(pkg: GoPackage, node: Node, path: string): boolean {
  return pkg.fileOf(node).imports.some((spec) => spec.path === path && spec.name === undefined);
}

/** Whether the package's Go version is at least `1.minor`; an unknown version is the newest. */
export function atLeast(pkg: GoPackage, minor: number): boolean {
  const version = pkg.goVersion;
  return !version || version.major > 1 || version.minor >= minor;
}
