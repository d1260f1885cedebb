/** Through which methods of a type others come to an operation inside it. */

import type { FuncDecl } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { FieldUse, GoPackage, TypeInfo } from '../../go/package.ts';
import { constructorsOf } from './maker.ts';
import type { Func, Services } from './services.ts';

/** How far above an unexported function the methods that call it are looked for. */
export const maxCallers = 3;

/** The methods through which others come to an operation; `undefined` stands for a goroutine of the type. */
export function methodsLeadingTo(
  pkg: GoPackage,
  type: TypeInfo,
  services: Services,
  use: FieldUse,
): readonly (FuncDecl | undefined)[] {
  const owner = services.ownerOf(use.node);
  if (!owner) return [];
  if (runsItself(pkg, type, services, owner)) return [undefined];
  if (owner.kind === 'FuncLit') return [];
  return entrancesOf(pkg, type, services, owner, 0);
}

/** Whether a function runs in goroutines that the type itself starts, alone. */
export function runsItself(pkg: GoPackage, type: TypeInfo, services: Services, func: Func): boolean {
  const starts = services.startsOf(func);
  const ofType = (decl: FuncDecl | undefined) => decl !== undefined && isMethodOf(pkg, decl, type);
  return (
    starts.length > 0 &&
    starts.every(
      ({ callee, func: starter }) =>
        (callee.kind === 'method' && ofType(callee.decl)) ||
        ofType(starter) ||
        (starter !== undefined && constructorsOf(pkg, type).includes(starter)),
    )
  );
}

function entrancesOf(
  pkg: GoPackage,
  type: TypeInfo,
  services: Services,
  decl: FuncDecl,
  depth: number,
): readonly (FuncDecl | undefined)[] {
  const own = isMethodOf(pkg, decl, type);
  if (own && isExported(decl.name.name)) return [decl];
  const callers = new Set(pkg.callersOf(decl).flatMap((call) => services.ownerOf(call) ?? []));
  if (callers.size === 0 || depth >= maxCallers) return own ? [decl] : [];
  const above = [...callers].flatMap((caller): readonly (FuncDecl | undefined)[] => {
    if (runsItself(pkg, type, services, caller)) return [undefined];
    if (caller.kind === 'FuncLit' || caller === decl) return [];
    return isMethodOf(pkg, caller, type) ? entrancesOf(pkg, type, services, caller, depth + 1) : own ? [decl] : [];
  });
  return [...new Set(above)].slice(0, maxCallers);
}

export function isMethodOf(pkg: GoPackage, decl: FuncDecl, type: TypeInfo): boolean {
  return decl.recv !== undefined && pkg.typeInfoOf(pkg.typeOfTypeExpr(decl.recv.type)) === type;
}
