/** Methods by which the owner of a value ends what the value started. */
import type { FuncDecl } from '../../go/ast.ts';
import type { TypeInfo } from '../../go/package.ts';
import { isStopName } from '../../go/stop-names.ts';

/** The methods of a type named `Stop`, `Close`, `Shutdown` and so on, with at most one parameter (a context). */
export function stopMethods(type: TypeInfo): readonly FuncDecl[] {
  return [...type.methods.values()].filter((method) => isStopName(method.name.name) && method.type.params.length <= 1);
}
