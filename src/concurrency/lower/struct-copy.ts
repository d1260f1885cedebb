import type { GoType } from '../../go/types.ts';
import type { Site, Slot } from '../ir.ts';
import type { FunctionLowering } from './function-lowering.ts';

/**
 * Assigns a struct to a struct that other references share (`*p = v`): field by field, so that they see it. The value
 * is a copy already. A type whose fields are not known loses track: both values escape.
 */
export function copyInto(f: FunctionLowering, target: Slot, value: Slot, type: GoType, site: Site): void {
  const shape = f.lowering.shapes.structOf(type);
  if (!shape) {
    f.b.emit({ op: 'escape', src: value }, site);
    f.b.emit({ op: 'escape', src: target }, site);
    return;
  }
  for (const [field, { hint }] of shape.fields) {
    const item = f.b.slot();
    f.b.emit({ op: 'getField', dst: item, object: value, field, hint: hint() }, site);
    f.b.emit({ op: 'setField', object: target, field, src: item }, site);
  }
}
