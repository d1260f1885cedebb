import type { Expr } from '../../go/ast.ts';
import type { Site, Slot } from '../ir.ts';
import { unparen } from './captures.ts';
import type { FunctionLowering } from './function-lowering.ts';

/** Whether a value has a type, as a type switch or an assertion asks. Unknown for types of other packages. */
export function emitHasType(f: FunctionLowering, x: Slot, type: Expr, site: Site): Slot {
  const dst = f.b.slot();
  const written = unparen(type);
  if (written.kind === 'Ident' && written.name === 'nil') {
    f.b.emit({ op: 'binary', dst, operator: '==', x, y: f.b.constant(null, site) }, site);
    return dst;
  }
  const shape = f.lowering.shapes.structOf(f.pkg.typeOfTypeExpr(written));
  if (shape && shape.typeName !== '') f.b.emit({ op: 'hasType', dst, x, typeName: shape.typeName }, site);
  else f.b.emit({ op: 'unknown', dst, hint: 'bool' }, site);
  return dst;
}
