/** Where the package shows that a channel which is handed out needs no reader, or is sure to have one. */
import type { FuncDecl } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import type { Func } from './place.ts';

const obligation =
  /\b(must|should|ha(s|ve) to|needs? to|required? to|expected to|responsib)\b[^.]{0,120}\b(read|drain|consum|receiv|exhaust|empt)|\bdrain(s|ed|ing)?\b|\buntil (it|the (returned )?channel|they)('s| is| are|) closed\b/i;

/** Whether the documentation says that the channel must be read to its end. */
export function asksToRead({ doc }: FuncDecl): boolean {
  return doc !== undefined && obligation.test(doc.slice(0, 2_000).replace(/\s+/g, ' '));
}

/** Whether a function returns a channel of errors: the one answer that its caller waits for. */
export function returnsErrors(pkg: GoPackage, { type }: Func): boolean {
  return type.results.some((result) => {
    const of = pkg.underlying(pkg.typeOfTypeExpr(result.type));
    return of.kind === 'chan' && of.elem.kind === 'basic' && of.elem.name === 'error';
  });
}
