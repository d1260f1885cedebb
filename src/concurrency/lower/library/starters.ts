/**
 * Package functions that run their only argument in a goroutine of its own, whatever package they belong to: `safe.Go(f)`,
 * `threading.GoSafe(f)`. Told by the name, which nobody gives to anything else. Methods are left out, since a group or
 * pool with a `Go` mostly has a `Wait`, too, which would go unseen.
 */
import type { CallExpr } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import { type Emission, operand } from './emission.ts';

const names: ReadonlySet<string> = new Set(['Go', 'GoSafe', 'SafeGo']);

/** Whether a call of an unseen function starts its argument: one literal or function `func()`, and no result in use. */
export function startsArgument(pkg: GoPackage, call: CallExpr, name: string): boolean {
  const [argument] = call.args;
  if (!names.has(name) || call.args.length !== 1 || !argument || pkg.parentOf(call)?.kind !== 'ExprStmt') return false;
  const type = pkg.typeOf(argument);
  return type.kind === 'func' && type.params.length === 0 && type.results.length === 0;
}

export function emitStart(e: Emission): readonly never[] {
  e.b.emit({ op: 'go', callee: { kind: 'value', slot: operand(e, 0) }, args: [] }, e.site);
  return [];
}
