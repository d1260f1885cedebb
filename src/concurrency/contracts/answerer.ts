/**
 * Stands for the loop that serves a type, in a search about one of its requests: takes a message and answers on one of the
 * message's channels, or on none. What else the loop does plays no part, and is often too much for a search.
 */
import type { Node } from '../../go/ast.ts';
import type { FieldInfo, GoPackage } from '../../go/package.ts';
import type { Code, CodeRef, Site, Slot } from '../ir.ts';
import { CodeBuilder } from '../lower/code-builder.ts';
import { functionName, type PackageLowering } from '../lower/package-lowering.ts';
import type { Answering } from './requests.ts';

/** A function of one parameter, the value of the type. */
export function answererOf(lowering: PackageLowering, answering: Answering): CodeRef {
  const { file, func } = answering.taken;
  const site = lowering.site(file, func?.name ?? answering.taken.node);
  return lowering.lazy(func ? functionName(func) : 'the service', site, (self) => build(lowering, answering, self));
}

function build(lowering: PackageLowering, { queue, taken, sends }: Answering, ref: CodeRef): Code {
  const b = new CodeBuilder(1);
  const message = b.slot();
  const from = lowering.site(taken.file, statementAround(lowering.pkg, taken.node));
  b.emit({ op: 'recv', chan: fieldOf(lowering, b, 0, queue, from), dst: message, range: false }, from);
  const end = b.label();
  for (const { field, use } of sends) {
    const site = lowering.site(use.file, statementAround(lowering.pkg, use.node));
    const [chosen, value] = [b.slot(), b.slot()];
    const ways = { yes: b.label(), no: b.label() };
    b.emit({ op: 'unknown', dst: chosen, hint: 'bool' }, site);
    b.branch(chosen, ways, site);
    b.place(ways.yes);
    b.emit({ op: 'unknown', dst: value, hint: 'any' }, site);
    b.emit({ op: 'send', chan: fieldOf(lowering, b, message, field, site), value }, site);
    b.jump(end, site);
    b.place(ways.no);
  }
  b.place(end);
  b.emit({ op: 'return', values: [] }, from);
  return b.finish({ ref, captureCount: 0, paramCount: 1, resultCount: 0 });
}

function fieldOf(lowering: PackageLowering, b: CodeBuilder, object: Slot, field: FieldInfo, site: Site): Slot {
  const dst = b.slot();
  b.emit({ op: 'getField', dst, object, field: field.name, hint: lowering.shapes.hint(field.type) }, site);
  return dst;
}

/** The send or receive whose operand a field is. */
function statementAround(pkg: GoPackage, node: Node): Node {
  let at = pkg.parentOf(node);
  while (at?.kind === 'ParenExpr') at = pkg.parentOf(at);
  return at?.kind === 'SendStmt' || at?.kind === 'UnaryExpr' ? at : node;
}
