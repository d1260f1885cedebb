/** Command-line flags: their variables get a value once, before the program does its work. */
import type { CallExpr } from '../../go/ast.ts';

/** `IntVar`, `DurationVarP`, `Var`: the names that flag packages give to functions that take the address of a variable. */
const definitions = /^([A-Z]\w*)?VarP?F?$/;

/** Whether a call tells a flag package which variable to set: it takes an address, and writes to it at the start only. */
export function definesFlag({ fun, args }: CallExpr): boolean {
  return fun.kind === 'SelectorExpr' && args.length >= 2 && definitions.test(fun.sel.name);
}
