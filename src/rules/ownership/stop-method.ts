/** Methods by which the owner of a value ends what the value started. */
import type { FuncDecl } from '../../go/ast.ts';
import type { TypeInfo } from '../../go/package.ts';

const stopNames: ReadonlySet<string> = new Set([
  'stop',
  'close',
  'shutdown',
  'gracefulstop',
  'terminate',
  'destroy',
  'teardown',
  'halt',
  'dispose',
  'quit',
  'kill',
]);

/** The methods of a type named `Stop`, `Close`, `Shutdown` and so on, with at most one parameter (a context). */
export function stopMethods(type: TypeInfo): readonly FuncDecl[] {
  return [...type.methods.values()].filter(
    (method) => stopNames.has(method.name.name.toLowerCase()) && method.type.params.length <= 1,
  );
}
