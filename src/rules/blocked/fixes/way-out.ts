/** The `return` of a function that gives up: a bare one, or with the error of a context. */
import type { Expr, FuncType } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import type { End } from './ends.ts';

/**
 * The statement that leaves a function: empty when it ends anyway, undefined when none can be written. A function without
 * results has nothing to say to its caller; one with results says why by an error.
 */
export function wayOut(pkg: GoPackage, type: FuncType, end: End, last: boolean): string | undefined {
  if (type.results.length === 0) return last ? '' : 'return';
  return end.context === undefined ? undefined : givingUp(pkg, type, end.context);
}

/** `return nil, ctx.Err()`; undefined when the last result is no error or a zero value cannot be written. */
export function givingUp(pkg: GoPackage, type: FuncType, context: string): string | undefined {
  const results = type.results.flatMap((field) =>
    field.names.length > 0 ? field.names.map(() => field.type) : [field.type],
  );
  const last = results.at(-1);
  if (last?.kind !== 'Ident' || last.name !== 'error') return undefined;
  const zeros = results.slice(0, -1).map((one) => zeroOf(pkg, one));
  return zeros.includes(undefined) ? undefined : `return ${[...zeros, `${context}.Err()`].join(', ')}`;
}

const NUMBER = /^(u?int(8|16|32|64)?|uintptr|float(32|64)|complex(64|128)|byte|rune)$/;

/** The zero value of a type as source; undefined when it is not known or takes more than a word. */
function zeroOf(pkg: GoPackage, type: Expr): string | undefined {
  const known = pkg.underlying(pkg.typeOfTypeExpr(type));
  switch (known.kind) {
    case 'pointer':
    case 'slice':
    case 'map':
    case 'chan':
    case 'func':
    case 'interface':
      return 'nil';
    case 'basic':
      if (known.name === 'string') return '""';
      if (known.name === 'bool') return 'false';
      if (known.name === 'error' || known.name === 'any') return 'nil';
      return NUMBER.test(known.name) ? '0' : undefined;
    default:
      return undefined;
  }
}
