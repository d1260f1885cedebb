/** Functions of sync/atomic on addresses: plain reads and writes of the variable or field behind the address. */
import type { CallExpr } from '../../go/ast.ts';
import type { Hint, Slot } from '../ir.ts';
import { type Place, placeOf, readPlace, writePlace } from './assignments.ts';
import { unparen } from './captures.ts';
import { lowerExpr, lowerValue } from './expressions.ts';
import type { FunctionLowering } from './function-lowering.ts';
import type { Emission } from './library/emission.ts';
import type { PreparedCall } from './prepared-call.ts';

const names = /^(Add|Load|Store|Swap|CompareAndSwap|And|Or)(Int32|Int64|Uint32|Uint64|Uintptr|Pointer)$/;

/** The call, prepared; undefined when the function is no such operation. */
export function atomicCall(
  f: FunctionLowering,
  call: CallExpr,
  name: string,
  hints: readonly Hint[],
): PreparedCall | undefined {
  const what = names.exec(name)?.[1];
  const [address, ...rest] = call.args;
  if (what === undefined || !address) return undefined;
  const target = unparen(address);
  const place: Place =
    target.kind === 'UnaryExpr' && target.op === '&'
      ? placeOf(f, target.x)
      : { kind: 'cell', cell: lowerExpr(f, address) };
  const values = rest.map((arg) => lowerValue(f, arg));
  const { place: moved, operands } = rebase(place);
  return {
    kind: 'emit',
    name: `atomic.${name}`,
    operands: [...operands, ...values],
    hints,
    emit: (e) => run(e, what, moved, operands.length, call, f),
  };
}

/** The place in terms of operand numbers, so that a deferred call can run in a frame of its own. */
function rebase(place: Place): { readonly place: (e: Emission) => Place; readonly operands: readonly Slot[] } {
  const at = (e: Emission, index: number): Slot => e.operands[index] ?? 0;
  switch (place.kind) {
    case 'storage':
      return {
        place: (e) => ({ kind: 'storage', storage: { slot: at(e, 0), cell: place.storage.cell } }),
        operands: [place.storage.slot],
      };
    case 'cell':
      return { place: (e) => ({ kind: 'cell', cell: at(e, 0) }), operands: [place.cell] };
    case 'object':
      return { place: (e) => ({ ...place, object: at(e, 0) }), operands: [place.object] };
    case 'field':
      return { place: (e) => ({ ...place, object: at(e, 0) }), operands: [place.object] };
    case 'index':
      return { place: (e) => ({ ...place, list: at(e, 0), index: at(e, 1) }), operands: [place.list, place.index] };
    default:
      return { place: () => place, operands: [] };
  }
}

function run(
  e: Emission,
  what: string,
  makePlace: (e: Emission) => Place,
  first: number,
  call: CallExpr,
  f: FunctionLowering,
): readonly Slot[] {
  // Places are read and written through the frame at hand, which may be a deferred one.
  const frame = Object.create(f, { b: { value: e.b } }) as FunctionLowering;
  const place = makePlace(e);
  const value = (index: number): Slot => e.operands[first + index] ?? e.b.constant(null, e.site);
  const write = (src: Slot): void => writePlace(frame, place, src, call);
  const old = readPlace(frame, place, call);
  switch (what) {
    case 'Load':
      return [old];
    case 'Store':
      write(value(0));
      return [];
    case 'Swap':
      write(value(0));
      return [old];
    case 'CompareAndSwap': {
      const same = e.b.slot();
      const [yes, end] = [e.b.label(), e.b.label()];
      e.b.emit({ op: 'binary', dst: same, operator: '==', x: old, y: value(0) }, e.site);
      e.b.branch(same, { yes: yes, no: end }, e.site);
      e.b.place(yes);
      write(value(1));
      e.b.place(end);
      return [same];
    }
    default: {
      const dst = e.b.slot();
      const operator = what === 'Add' ? '+' : what === 'And' ? '&' : '|';
      e.b.emit({ op: 'binary', dst, operator, x: old, y: value(0) }, e.site);
      write(dst);
      return [dst];
    }
  }
}
