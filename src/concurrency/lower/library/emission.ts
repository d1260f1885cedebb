/** What a library operation gets to emit its instructions: operands are evaluated already. */
import type { Code, CodeRef, Hint, Instruction, Site, Slot } from '../../ir.ts';
import { CodeBuilder } from '../code-builder.ts';

/** Makes CodeRefs; `PackageLowering` is one. */
export interface CodeSource {
  lazy(name: string, site: Site, compile: (self: CodeRef) => Code | undefined): CodeRef;
}

export interface Emission {
  readonly b: CodeBuilder;
  readonly codes: CodeSource;
  /** Receiver first (for a method), then the arguments as written. */
  readonly operands: readonly Slot[];
  readonly site: Site;
  /** Hints of the results. */
  readonly hints: readonly Hint[];
  /** Go 1.23 and later: timers have no buffer and a stopped timer never fires. */
  readonly newTimers: boolean;
}

/** Emits an operation and gives its results. */
export type Emit = (e: Emission) => readonly Slot[];

export interface LibraryOp {
  /** Parameters beside the receiver, for the operation as a function value. */
  readonly params: number;
  readonly emit: Emit;
}

export function operand(e: Emission, index: number): Slot {
  return e.operands[index] ?? e.b.constant(null, e.site);
}

/** Emits an instruction that writes a slot of its own. */
export function emitTo(e: Emission, make: (dst: Slot) => Instruction): Slot {
  const dst = e.b.slot();
  e.b.emit(make(dst), e.site);
  return dst;
}

export function unknown(e: Emission, hint: Hint): Slot {
  return emitTo(e, (dst) => ({ op: 'unknown', dst, hint }));
}

/** One unknown value per result. */
export function unknownResults(e: Emission): readonly Slot[] {
  return e.hints.map((hint) => unknown(e, hint));
}

/** A function of `params` parameters (after `captures`) whose body is an operation: for `defer`, `go` and values. */
export function thunk(
  source: CodeSource,
  name: string,
  from: Omit<Emission, 'b' | 'operands' | 'codes'>,
  count: { readonly captures: number; readonly params: number },
  emit: Emit,
): CodeRef {
  return source.lazy(name, from.site, (self) => {
    const total = count.captures + count.params;
    const b = new CodeBuilder(total);
    const operands = Array.from({ length: total }, (_, index) => index);
    const values = emit({ ...from, codes: source, b, operands });
    b.emit({ op: 'return', values }, from.site);
    return b.finish({ ref: self, captureCount: count.captures, paramCount: count.params, resultCount: values.length });
  });
}
