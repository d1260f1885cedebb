/** Which declared methods a call through an interface of the package may reach. */
import type { CallExpr, FuncDecl } from '../../go/ast.ts';
import type { GoPackage, GoroutineStart, TypeInfo } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { isEndless } from './loop.ts';
import { walkOwn } from './reach.ts';

/** More implementations than this in sight, and which one runs says little. */
const maxImplementations = 4;

/**
 * The method that a goroutine runs which is started through an interface: the only one in sight, or the first that stays in
 * a loop, as the others end by themselves.
 */
export function startedImplementation(pkg: GoPackage, { callee, call }: GoroutineStart): FuncDecl | undefined {
  if (callee.kind !== 'dynamic') return undefined;
  const found = implementationsOf(pkg, call);
  return found.find((decl) => staysInLoop(pkg, decl)) ?? (found.length === 1 ? found[0] : undefined);
}

/** The methods of the package that a call through one of its interfaces may run. */
export function implementationsOf(pkg: GoPackage, { fun }: CallExpr): readonly FuncDecl[] {
  if (fun.kind !== 'SelectorExpr') return [];
  const spec = pkg.typeInfoOf(pkg.typeOf(fun.x))?.spec.type;
  if (spec?.kind !== 'InterfaceType') return [];
  const names = spec.methods.flatMap((method) => method.names.map(({ name }) => name));
  const found = [...pkg.types.values()].flatMap((type) => {
    const method = type.methods.get(fun.sel.name);
    return method && !isTestFile(method.file.path) && implementsAll(type, names) ? [method] : [];
  });
  return found.length > maxImplementations ? [] : found;
}

function implementsAll({ methods }: TypeInfo, names: readonly string[]): boolean {
  return names.every((name) => methods.has(name));
}

function staysInLoop(pkg: GoPackage, { body }: FuncDecl): boolean {
  let stays = false;
  if (body)
    walkOwn(body, (node) => {
      stays ||= node.kind === 'ForStmt' && isEndless(pkg, node);
      stays ||= node.kind === 'RangeStmt' && pkg.underlying(pkg.typeOf(node.x)).kind === 'chan';
      return !stays;
    });
  return stays;
}
