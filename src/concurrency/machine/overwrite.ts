/**
 * What unseen code may write: `json.Unmarshal(b, &c)`, `rows.Scan(&n)`, an option `o(&opts)`. All data that
 * its arguments reach becomes unknown; synchronisation objects stay what they are, as nobody replaces those.
 */
import type { Hint } from '../ir.ts';
import { surelyWrites } from '../unseen-writes.ts';
import { type HeapObject, isHidden, type ListObject, type StructObject } from './object.ts';
import { objectAt, ownObject, type State, type Target } from './state.ts';
import { resolve } from './symbolic.ts';
import { isCut, isRef, isSymbolic, newSymbol, type Ref, type Value } from './value.ts';

/** How far the writer reaches and how sure the writing is. */
export interface Writer {
  /** It belongs to another package: it reaches exported fields, and others by the methods of their type only. */
  readonly foreign: boolean;
  /** It writes for sure; else what was set to something is taken to stay, and only what is zero is taken to be filled. */
  readonly sure: boolean;
}

/** Objects that one call may reach: the rest of a larger structure stays as it is. */
const MAX_REACHED = 64;

/** What kind of writer the callee of a call is; undefined for functions of the program itself, which are not seen here. */
export function writerOf({ code, method }: Target): Writer | undefined {
  // Who sees only some bodies of the program takes the others to leave alone what they are given.
  if (code?.site.file !== undefined) return undefined;
  const name = code?.name ?? method;
  return { foreign: code !== undefined, sure: name === undefined || surelyWrites(name) };
}

/** A writer gets to know a value. */
export function overwrite(state: State, value: Value, writer: Writer): void {
  new Overwriting(state, writer).value(value);
}

class Overwriting {
  readonly #state: State;
  readonly #writer: Writer;
  readonly #seen = new Set<Ref>();

  constructor(state: State, writer: Writer) {
    this.#state = state;
    this.#writer = writer;
  }

  /** @param isPlace whether the writer may put another value in the place of this one */
  value(value: Value, isPlace = false): void {
    const known = resolve(this.#state, value);
    const object = isRef(known) ? objectAt(this.#state, known) : undefined;
    if (!isRef(known) || object === undefined || this.#seen.size >= MAX_REACHED) return;
    if (this.#seen.has(known)) return;
    this.#seen.add(known);
    if (object.kind === 'cell') this.#cell(known, object);
    else if (object.kind === 'struct') this.#struct(known, object);
    else if (object.kind === 'list') this.#list(known, object, isPlace);
  }

  #cell(ref: Ref, { value }: HeapObject & { readonly kind: 'cell' }): void {
    const after = this.#after(value, undefined);
    const own = after === value ? undefined : ownObject(this.#state, ref, 'cell');
    if (own !== undefined) own.value = after;
    this.value(value, true);
  }

  #struct(ref: Ref, object: StructObject): void {
    const target = object.shape?.typeName.startsWith('&') ? object.fields.get('target') : undefined;
    if (object.shape !== undefined && target !== undefined) {
      this.#field(target, object.shape.typeName.slice(1));
      return;
    }
    if (object.shape?.variables) return;
    for (const name of [...object.fields.keys()]) if (this.#reaches(object, name)) this.#fieldOf(ref, object, name);
    const own = object.outside ? undefined : ownObject(this.#state, ref, 'struct');
    if (own === undefined) return;
    own.filled = this.#writer.foreign ? (own.filled ?? 'exported') : 'all';
  }

  /** The writer has the address of a field, whoever may reach the others. */
  #field(target: Value, name: string): void {
    const ref = resolve(this.#state, target);
    const object = isRef(ref) ? objectAt(this.#state, ref) : undefined;
    if (!isRef(ref) || object?.kind !== 'struct') return;
    if (object.fields.has(name)) this.#fieldOf(ref, object, name);
    else if (!object.outside) {
      const hint = object.shape?.fields.get(name)?.hint() ?? 'any';
      ownObject(this.#state, ref, 'struct')?.fields.set(name, newSymbol(hint));
    }
  }

  #fieldOf(ref: Ref, object: StructObject, name: string): void {
    const value = object.fields.get(name) ?? null;
    const after = this.#after(value, object.shape?.fields.get(name)?.hint());
    if (after !== value) ownObject(this.#state, ref, 'struct')?.fields.set(name, after);
    this.value(value, true);
  }

  #reaches({ shape }: StructObject, name: string): boolean {
    if (isHidden(name)) return false;
    return !this.#writer.foreign || isReachable(shape, name);
  }

  #list(ref: Ref, object: ListObject, isPlace: boolean): void {
    for (const [key, value] of [...object.entries]) {
      const after = this.#after(value, object.hint);
      if (after !== value) ownObject(this.#state, ref, 'list')?.entries.set(key, after);
      this.value(value, true);
    }
    if (object.outside) {
      this.#unknownContainer(ref, object);
      return;
    }
    const own = ownObject(this.#state, ref, 'list');
    if (own === undefined) return;
    own.filled = true;
    // A slice that is given away by value keeps its length.
    if ((own.map || isPlace) && this.#after(own.length, 'len') !== own.length) own.length = newSymbol('len');
  }

  /** What has a length and is of a type that nobody sees changes it by its methods. */
  #unknownContainer(ref: Ref, { hint }: ListObject): void {
    const own = hint === 'any' ? ownObject(this.#state, ref, 'list') : undefined;
    if (own !== undefined) own.length = newSymbol('len');
  }

  /** What stands in the place of a value afterwards. */
  #after(value: Value, hint: Hint | undefined): Value {
    const known = resolve(this.#state, value);
    if (isRef(known) || isSymbolic(known) || isCut(known)) return value;
    const isZero = known === null || known === 0 || known === '' || known === false;
    if (!isZero && !this.#writer.sure) return value;
    return newSymbol(hint ?? hintOf(known));
  }
}

function hintOf(value: Value): 'int' | 'string' | 'bool' | 'any' {
  if (typeof value === 'number') return 'int';
  if (typeof value === 'string') return 'string';
  return typeof value === 'boolean' ? 'bool' : 'any';
}

/** Whether another package can change a field: it is exported, or the type has a method that does it. */
export function isReachable(shape: StructObject['shape'], field: string): boolean {
  return /^\p{Lu}/u.test(field) || shape?.changes?.(field) === true;
}
