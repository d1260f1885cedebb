/** Types that were asked for: each question is answered once. */
import { work } from '../work/meter.ts';
import type { Expr } from './ast.ts';
import type { Binding } from './package.ts';
import { type GoType, unknownType } from './types.ts';

/** Nested type questions before the answer is `unknown`; reached only by chains of hundreds of variables. */
const maxTypeDepth = 250;

export class KnownTypes {
  readonly #exprs = new Map<Expr, GoType>();
  readonly #typeExprs = new Map<Expr, GoType>();
  readonly #bindings = new Map<Binding, GoType>();
  readonly #depth: { value: number };

  /** @param depth questions that are open at a time, over all packages that may ask each other */
  constructor(depth: { value: number }) {
    this.#depth = depth;
  }

  ofExpr(expr: Expr, compute: () => GoType): GoType {
    return this.#guarded(this.#exprs, expr, compute);
  }

  ofTypeExpr(expr: Expr, compute: () => GoType): GoType {
    return this.#guarded(this.#typeExprs, expr, compute);
  }

  ofBinding(binding: Binding, compute: () => GoType): GoType {
    return this.#guarded(this.#bindings, binding, compute);
  }

  /** Keeps answers; a question inside its own answer, or too deep, is `unknown`. */
  #guarded<K>(known: Map<K, GoType>, key: K, compute: () => GoType): GoType {
    const found = known.get(key);
    if (found) return found;
    if (this.#depth.value >= maxTypeDepth) return unknownType;
    work();
    known.set(key, unknownType);
    this.#depth.value++;
    try {
      const type = compute();
      known.set(key, type);
      return type;
    } catch (error) {
      // Ended in the middle: the answer is not known, and is not kept.
      known.delete(key);
      throw error;
    } finally {
      this.#depth.value--;
    }
  }
}
