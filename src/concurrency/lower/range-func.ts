/**
 * `for x := range seq` over an iterator that cannot be seen: the body runs any number of times on values that are not
 * known. One that the package shows is called with the body (`range-body.ts`).
 */
import type { RangeStmt } from '../../go/ast.ts';
import type { GoType } from '../../go/types.ts';
import { unknownType } from '../../go/types.ts';
import { placeOf, writePlace } from './assignments.ts';
import { lowerExpr } from './expressions.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { lowerBlock } from './statements.ts';

export function lowerRangeFunc(
  f: FunctionLowering,
  stmt: RangeStmt,
  type: GoType & { readonly kind: 'func' },
  label: string | undefined,
): void {
  const site = f.site(stmt.x);
  f.b.emit({ op: 'escape', src: lowerExpr(f, stmt.x) }, site);
  const yieldType = type.params[0]?.type;
  const params = yieldType?.kind === 'func' ? yieldType.params : [];
  const [head, body, end] = [f.b.label(), f.b.label(), f.b.label()];
  f.b.place(head);
  f.b.branch(f.unknown('bool', site), { yes: body, no: end }, site);
  f.b.place(body);
  [stmt.key, stmt.value].forEach((target, index) => {
    if (!target) return;
    const value = f.unknown(f.hint(params[index]?.type ?? unknownType), site);
    if (stmt.tok === ':=' && target.kind === 'Ident') f.declare(target, value);
    else writePlace(f, placeOf(f, target), value, stmt);
  });
  f.targets.push({ label, breakTo: end, continueTo: head });
  lowerBlock(f, stmt.body);
  f.targets.pop();
  f.b.jump(head, site);
  f.b.place(end);
}
