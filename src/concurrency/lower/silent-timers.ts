/** Timers without a channel: those of `time.AfterFunc` call a function, and their `C` is nil (https://pkg.go.dev/time#AfterFunc). */
import type { Expr, SelectorExpr } from '../../go/ast.ts';
import { isNil } from '../../go/constants.ts';
import { isExported } from '../../go/exported.ts';
import type { FieldInfo, GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { isNamed } from '../../go/types.ts';

/** Whether an expression is `C` of a timer in a field that is only ever given timers of `time.AfterFunc`. */
export function isSilentTimer(pkg: GoPackage, { sel, x }: SelectorExpr): boolean {
  if (sel.name !== 'C') return false;
  const field = pkg.fieldOf(x);
  const type = pkg.typeOf(x);
  if (!field || !isNamed(type.kind === 'pointer' ? type.elem : type, 'time', 'Timer')) return false;
  return onlyCalls(pkg, field);
}

/** Assumed: other packages do not write a field of a type that they cannot name, or one without a capital letter. */
function onlyCalls(pkg: GoPackage, { name, owner, uses }: FieldInfo): boolean {
  if (isExported(name) && isExported(owner.name)) return false;
  const values = uses.filter(({ file, kind }) => !isTestFile(file.path) && (kind === 'assign' || kind === 'init'));
  const calls = values.filter(({ value }) => value !== undefined && isAfterFunc(pkg, value));
  return calls.length > 0 && values.every((use) => calls.includes(use) || isNil(use.value));
}

function isAfterFunc(pkg: GoPackage, value: Expr): boolean {
  const callee = value.kind === 'CallExpr' ? pkg.calleeOf(value) : undefined;
  return callee?.kind === 'external' && callee.path === 'time' && callee.name === 'AfterFunc';
}
