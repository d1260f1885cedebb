/** Built-in functions: https://go.dev/ref/spec#Built-in_functions */
import type { CallExpr } from '../../go/ast.ts';
import { type GoType, unknownType } from '../../go/types.ts';
import type { Hint, Slot } from '../ir.ts';
import { lowerExpr, lowerValue } from './expressions.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { type Emission, type Emit, emitTo, operand, unknownResults } from './library/emission.ts';
import { type PreparedCall, resultHints } from './prepared-call.ts';
import { isValueObject, resolveNamed } from './value-types.ts';

export function builtinCall(f: FunctionLowering, call: CallExpr, name: string): PreparedCall {
  const hints = resultHints(f, call, 1);
  switch (name) {
    case 'make':
      return make(f, call, hints);
    case 'new':
      return allocate(f, call, hints);
    case 'append':
      return append(f, call, hints);
    default: {
      const operands = call.args.map((arg) =>
        name === 'len' || name === 'cap' ? lowerExpr(f, arg) : lowerValue(f, arg),
      );
      return { kind: 'emit', name, operands, hints, emit: simple[name] ?? unknownResults };
    }
  }
}

const simple: Readonly<Record<string, Emit>> = {
  close: (e) => {
    e.b.emit({ op: 'close', chan: operand(e, 0) }, e.site);
    return [];
  },
  panic: (e) => {
    e.b.emit({ op: 'panic', value: operand(e, 0) }, e.site);
    return [];
  },
  recover: (e) => [emitTo(e, (dst) => ({ op: 'recover', dst }))],
  len: (e) => [emitTo(e, (dst) => ({ op: 'len', dst, of: operand(e, 0), what: 'len' }))],
  cap: (e) => [emitTo(e, (dst) => ({ op: 'len', dst, of: operand(e, 0), what: 'cap' }))],
  min: (e) => [extreme(e, '<')],
  max: (e) => [extreme(e, '>')],
  delete: (e) => {
    e.b.emit({ op: 'deleteKey', map: operand(e, 0), key: operand(e, 1) }, e.site);
    return [];
  },
  copy: (e) => {
    const count = emitTo(e, (dst) => ({ op: 'len', dst, of: operand(e, 1), what: 'len' }));
    eachElement(e, operand(e, 1), count, 'any', (index, value) => {
      e.b.emit({ op: 'setIndex', list: operand(e, 0), index, src: value }, e.site);
    });
    return [count];
  },
};

/** The operand that comes first in an order. */
function extreme(e: Emission, operator: '<' | '>'): Slot {
  const { b, site } = e;
  const best = b.slot();
  b.emit({ op: 'move', dst: best, src: operand(e, 0) }, site);
  for (const other of e.operands.slice(1)) {
    const [better, end] = [b.label(), b.label()];
    const isBetter = emitTo(e, (dst) => ({ op: 'binary', dst, operator, x: other, y: best }));
    b.branch(isBetter, { yes: better, no: end }, site);
    b.place(better);
    b.emit({ op: 'move', dst: best, src: other }, site);
    b.place(end);
  }
  return best;
}

/** Runs over the elements of a list. */
function eachElement(
  e: Emission,
  list: Slot,
  count: Slot,
  hint: Hint,
  visit: (index: Slot, value: Slot) => void,
): void {
  const { b, site } = e;
  const [head, body, end] = [b.label(), b.label(), b.label()];
  const [index, more] = [b.slot(), b.slot()];
  b.emit({ op: 'const', dst: index, value: 0 }, site);
  b.place(head);
  b.emit({ op: 'binary', dst: more, operator: '<', x: index, y: count }, site);
  b.branch(more, { yes: body, no: end }, site);
  b.place(body);
  visit(
    index,
    emitTo(e, (dst) => ({ op: 'getIndex', dst, list, index, hint })),
  );
  b.emit({ op: 'binary', dst: index, operator: '+', x: index, y: b.constant(1, site) }, site);
  b.jump(head, site);
  b.place(end);
}

function make(f: FunctionLowering, call: CallExpr, hints: readonly Hint[]): PreparedCall {
  const [typeExpr, size] = call.args;
  const type: GoType = typeExpr ? resolveNamed(f.pkg, f.pkg.typeOfTypeExpr(typeExpr)) : unknownType;
  const operands = size ? [lowerExpr(f, size)] : [];
  const constant = size && f.pkg.constantOf(size);
  const emit: Emit = (e) => {
    if (type.kind === 'chan') {
      const elem = f.hint(type.elem);
      const cap = e.operands[0];
      return [
        emitTo(e, (dst) => (cap === undefined ? { op: 'makeChan', dst, elem } : { op: 'makeChan', dst, cap, elem })),
      ];
    }
    if (type.kind === 'map') return [emitTo(e, (dst) => ({ op: 'new', dst, object: { kind: 'list', map: true } }))];
    if (type.kind !== 'slice') return unknownResults(e);
    if (constant === undefined && e.operands[0] !== undefined) {
      const object = f.lowering.shapes.arrayObject(type.elem);
      const length = e.operands[0];
      return [emitTo(e, (dst) => ({ op: 'new', dst, object, length }))];
    }
    const length = typeof constant === 'number' ? constant : 0;
    return [emitTo(e, (dst) => ({ op: 'new', dst, object: f.lowering.shapes.arrayObject(type.elem, length) }))];
  };
  return { kind: 'emit', name: 'make', operands, hints, emit };
}

function allocate(f: FunctionLowering, call: CallExpr, hints: readonly Hint[]): PreparedCall {
  const [typeExpr] = call.args;
  const type = typeExpr ? f.pkg.typeOfTypeExpr(typeExpr) : unknownType;
  const zero = f.lowering.shapes.zero(type);
  const emit: Emit = (e) => {
    if (zero.kind === 'object' && isValueObject(f.pkg, type))
      return [emitTo(e, (dst) => ({ op: 'new', dst, object: zero.object }))];
    if (type.kind === 'unknown' || zero.kind === 'object') return unknownResults(e);
    const cell = emitTo(e, (dst) => ({ op: 'new', dst, object: { kind: 'cell' } }));
    const value = e.b.constant(zero.kind === 'nil' ? null : zero.value, e.site);
    e.b.emit({ op: 'store', cell, src: value }, e.site);
    return [cell];
  };
  return { kind: 'emit', name: 'new', operands: [], hints, emit };
}

function append(f: FunctionLowering, call: CallExpr, hints: readonly Hint[]): PreparedCall {
  const operands = call.args.map((arg) => lowerValue(f, arg));
  const listType = call.args[0] ? resolveNamed(f.pkg, f.pkg.typeOf(call.args[0])) : unknownType;
  const hint = listType.kind === 'slice' ? f.hint(listType.elem) : 'any';
  const emit: Emit = (e) => {
    const [list, ...values] = e.operands;
    if (list === undefined) return unknownResults(e);
    const dst = e.b.slot();
    if (!call.ellipsis) {
      e.b.emit({ op: 'append', dst, list, values }, e.site);
      return [dst];
    }
    const source = operand(e, 1);
    e.b.emit({ op: 'append', dst, list, values: [] }, e.site);
    const count = emitTo(e, (made) => ({ op: 'len', dst: made, of: source, what: 'len' }));
    eachElement(e, source, count, hint, (_index, value) =>
      e.b.emit({ op: 'append', dst, list: dst, values: [value] }, e.site),
    );
    return [dst];
  };
  return { kind: 'emit', name: 'append', operands, hints, emit };
}
