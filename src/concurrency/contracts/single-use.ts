/**
 * Values that are made for one call: `receive(conn).read()`. What such a call leaves locked, nobody can ask for again.
 * Assumed: a type that is not exported is used in its own package alone.
 */
import type { CallExpr, FuncDecl } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { GoPackage, TypeInfo } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { constructorsOf } from './maker.ts';

/** Whether every call of a method is made on a value that its receiver has just made. */
export function isSingleUse(pkg: GoPackage, type: TypeInfo, method: FuncDecl): boolean {
  if (isExported(type.name)) return false;
  const calls = pkg.callersOf(method).filter((call) => !isTestFile(pkg.fileOf(call).path));
  if (calls.length === 0) return false;
  const makers = constructorsOf(pkg, type);
  return calls.every((call) => isMade(pkg, call, makers));
}

function isMade(pkg: GoPackage, { fun }: CallExpr, makers: readonly FuncDecl[]): boolean {
  if (fun.kind !== 'SelectorExpr' || fun.x.kind !== 'CallExpr') return false;
  const callee = pkg.calleeOf(fun.x);
  return callee.kind === 'func' && makers.includes(callee.decl);
}
