/**
 * Values of the machine: concrete ones, references into the heap, symbols, and expressions over symbols.
 *
 * Expressions are hash-consed below the symbol they speak of, so that the same question asked twice is the same object
 * and gets the same answer, and so that they go when the symbol goes.
 */
import type { Hint } from '../ir.ts';
import type { OutsideRole } from '../leak.ts';
import { roleBit } from './outside.ts';

/** A heap object by its index; interned, so that identity is equality. */
export interface Ref {
  readonly tag: 'ref';
  readonly id: number;
}

/** A value nobody knows. `hint` tells which choices it has. */
export interface Sym {
  readonly tag: 'sym';
  readonly id: number;
  readonly hint: Hint;
  /** How it came from outside, as a bit of `outside.ts`. */
  readonly origin: number;
  readonly derived: Map<string, Symbolic>;
  /** The same for the whole search, such as a package-level variable that nothing assigns, of this name: what is known of it stays. */
  readonly lasting?: string;
}

/** An operation over at least one symbol. `y` is null for the unary ones: `not`, `len`, `type:<name>`. */
export interface Expr {
  readonly tag: 'expr';
  readonly operator: string;
  readonly x: Value;
  readonly y: Value;
  readonly size: number;
  /** The symbols that it is made of. */
  readonly symbols: readonly Sym[];
  readonly derived: Map<string, Symbolic>;
}

/** A number too large to count, or a term too large to keep: a branch on it ends the path as not explored. */
export interface Cut {
  readonly tag: 'cut';
}

export type Primitive = null | number | boolean | string;
export type Symbolic = Sym | Expr;
export type Value = Primitive | Ref | Sym | Expr | Cut;

export const CUT: Cut = { tag: 'cut' };

/** Terms with more leaves and operators than this are not kept as such. */
const MAX_TERM = 10;

const refs: Ref[] = [];

/** The reference to heap index `id`. */
export function refTo(id: number): Ref {
  for (let next = refs.length; next <= id; next += 1) refs.push({ tag: 'ref', id: next });
  return refs[id] as Ref;
}

export function isRef(value: Value | undefined): value is Ref {
  return typeof value === 'object' && value !== null && value.tag === 'ref';
}

export function isSymbolic(value: Value | undefined): value is Symbolic {
  return typeof value === 'object' && value !== null && (value.tag === 'sym' || value.tag === 'expr');
}

export function isCut(value: Value): value is Cut {
  return value === CUT;
}

let symbolCount = 0;

/** A fresh symbol. Its id only tells symbols apart; nothing is decided by its size. */
export function newSymbol(hint: Hint, role: OutsideRole = 'result'): Sym {
  symbolCount += 1;
  return { tag: 'sym', id: symbolCount, hint, origin: roleBit(role), derived: new Map() };
}

/** A symbol that means the same wherever it is asked for. */
export function lastingSymbol(hint: Hint, key: string): Sym {
  return { ...newSymbol(hint), lasting: key };
}

/**
 * The term `operator(x, y)`, always the same object for the same operands. One that would become too large is a symbol of
 * its own, as what it is made of plays no part any more; where lengths are counted it is cut.
 */
export function term(operator: string, x: Value, y: Value): Value {
  if (x === CUT || y === CUT) return CUT;
  const home = isSymbolic(x) ? x : isSymbolic(y) ? y : undefined;
  if (home === undefined) return CUT;
  const key = home === x ? `${operator} ${keyOf(y)}` : `${keyOf(x)} ${operator}`;
  const known = home.derived.get(key);
  if (known !== undefined) return known;
  const size = 1 + sizeOf(x) + sizeOf(y);
  if (size > MAX_TERM && [...leavesOf(x), ...leavesOf(y)].some(isLength)) return CUT;
  const made: Symbolic =
    size > MAX_TERM
      ? newSymbol('any')
      : { tag: 'expr', operator, x, y, size, symbols: symbolsOf(x, y), derived: new Map() };
  home.derived.set(key, made);
  return made;
}

/** Whether an unknown is the length of something, which what was added to it bounds. */
export function isLength(leaf: Symbolic): boolean {
  return leaf.tag === 'expr' || leaf.hint === 'len';
}

function sizeOf(value: Value): number {
  return isSymbolic(value) ? (value.tag === 'expr' ? value.size : 1) : 0;
}

function keyOf(value: Value): string {
  if (value === null) return 'nil';
  if (typeof value !== 'object') return typeof value === 'string' ? JSON.stringify(value) : String(value);
  switch (value.tag) {
    case 'ref':
      return `r${value.id}`;
    case 'sym':
      return `s${value.id}`;
    case 'expr':
      return `(${keyOf(value.x)} ${value.operator} ${keyOf(value.y)})`;
    case 'cut':
      return 'cut';
  }
}

function symbolsOf(x: Value, y: Value): readonly Sym[] {
  const symbols = new Set<Sym>();
  for (const value of [x, y]) {
    if (!isSymbolic(value)) continue;
    if (value.tag === 'sym') symbols.add(value);
    else for (const symbol of value.symbols) symbols.add(symbol);
  }
  return [...symbols];
}

/** The unknowns a term is made of: symbols, and lengths of symbols. */
export function leavesOf(value: Value, into: Symbolic[] = []): readonly Symbolic[] {
  if (!isSymbolic(value)) return into;
  if (value.tag === 'sym' || value.operator === 'len') {
    if (!into.includes(value)) into.push(value);
    return into;
  }
  leavesOf(value.x, into);
  return leavesOf(value.y, into);
}
