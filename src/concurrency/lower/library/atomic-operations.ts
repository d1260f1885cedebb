/** Types of sync/atomic as plain data: https://pkg.go.dev/sync/atomic#pkg-types. Functions on addresses: see atomic-calls. */
import type { BinaryOp, Slot } from '../../ir.ts';
import { type Emission, emitTo, type LibraryOp, operand } from './emission.ts';

function load(e: Emission): Slot {
  return emitTo(e, (dst) => ({ op: 'getField', dst, object: operand(e, 0), field: 'v', hint: e.hints[0] ?? 'any' }));
}

function store(e: Emission, src: Slot): void {
  e.b.emit({ op: 'setField', object: operand(e, 0), field: 'v', src }, e.site);
}

const loadOp: LibraryOp = { params: 0, emit: (e) => [load(e)] };

const storeOp: LibraryOp = {
  params: 1,
  emit: (e) => {
    store(e, operand(e, 1));
    return [];
  },
};

const swapOp: LibraryOp = {
  params: 1,
  emit: (e) => {
    const old = load(e);
    store(e, operand(e, 1));
    return [old];
  },
};

function combine(operator: BinaryOp): LibraryOp {
  return {
    params: 1,
    emit: (e) => {
      const sum = emitTo(e, (dst) => ({ op: 'binary', dst, operator, x: load(e), y: operand(e, 1) }));
      store(e, sum);
      return [sum];
    },
  };
}

const compareAndSwap: LibraryOp = {
  params: 2,
  emit: (e) => {
    const old = emitTo(e, (dst) => ({ op: 'getField', dst, object: operand(e, 0), field: 'v', hint: 'any' }));
    const same = emitTo(e, (dst) => ({ op: 'binary', dst, operator: '==', x: old, y: operand(e, 1) }));
    const [yes, end] = [e.b.label(), e.b.label()];
    e.b.branch(same, { yes: yes, no: end }, e.site);
    e.b.place(yes);
    store(e, operand(e, 2));
    e.b.place(end);
    return [same];
  },
};

const types = ['Bool', 'Int32', 'Int64', 'Uint32', 'Uint64', 'Uintptr', 'Pointer', 'Value'];
const methods: Readonly<Record<string, LibraryOp>> = {
  Load: loadOp,
  Store: storeOp,
  Swap: swapOp,
  Add: combine('+'),
  And: combine('&'),
  Or: combine('|'),
  CompareAndSwap: compareAndSwap,
};

export const atomicOperations: Readonly<Record<string, LibraryOp>> = Object.fromEntries(
  types.flatMap((type) => Object.entries(methods).map(([name, op]) => [`sync/atomic.${type}.${name}`, op])),
);
