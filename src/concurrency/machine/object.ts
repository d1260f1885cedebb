/** What lives in the machine's heap. Objects are copied before the first write in a state (`epoch` tells whose they are). */
import type { CodeRef, Hint, Site, StructShape, Zero } from '../ir.ts';
import type { Ref, Sym, Value } from './value.ts';

interface ObjectBase {
  readonly epoch: number;
  /** Birth number along the path: names the object in traces; no part of the state's identity. */
  readonly serial: number;
  /** Came from outside: others that cannot be seen own it, too. */
  outside: boolean;
  /** Made here, but now known to unseen code. */
  escaped: boolean;
  /** Bits of the ways in which the outside knows it. */
  known: number;
  /** What the outside can do with it by closures that it was handed, as bits of `effects.ts`; of a cell: with its
   *  content. Only channels and cells; anything else escapes as a whole. */
  can: number;
  readonly site?: Site | undefined;
}

export interface ChanObject extends ObjectBase {
  readonly kind: 'chan';
  cap: number;
  buffer: Value[];
  closed: boolean;
  /** Closed by a choice of the outside: what would crash afterwards is not explored, since the choice was not ours. */
  closedOutside: boolean;
  readonly elem: Hint;
  /** `signals`: given to signal.Notify, so the runtime may send on it again and again, and never closes it. */
  timer: 'no' | 'once' | 'repeats' | 'signals' | 'over';
  /** The context whose `Done` this is. */
  readonly context?: Ref;
}

export interface ContextObject extends ObjectBase {
  readonly kind: 'context';
  readonly parent: Ref | null;
  readonly timer: boolean;
  cancelled: boolean;
  done: Ref | null;
  /** Its cancel function is known to unseen code. */
  handed: boolean;
  /** Asked by `ctx.Err()` and not yet answered. */
  question: Sym | undefined;
}

export interface CellObject extends ObjectBase {
  readonly kind: 'cell';
  value: Value;
}

export interface StructObject extends ObjectBase {
  readonly kind: 'struct';
  readonly shape?: StructShape | undefined;
  fields: Map<string, Value>;
  /** Made here, and filled by unseen code: which fields that nobody read yet are unknown and not zero. */
  filled?: 'exported' | 'all';
}

export interface ListObject extends ObjectBase {
  readonly kind: 'list';
  readonly map: boolean;
  /** Keys are values; elements never read nor written are absent. */
  entries: Map<Value, Value>;
  length: Value;
  readonly element?: Zero | undefined;
  readonly hint?: Hint | undefined;
  /** Made here, and filled by unseen code: elements that nobody read yet are unknown. */
  filled?: true;
}

export interface MutexObject extends ObjectBase {
  readonly kind: 'mutex';
  writer: boolean;
  readers: number;
  readonly shared: boolean;
  /** Itself handed to unseen code, which may unlock it. */
  handed: boolean;
  heldAt?: Site | undefined;
}

export interface WaitGroupObject extends ObjectBase {
  readonly kind: 'waitgroup';
  count: number;
  heldAt?: Site | undefined;
}

export interface CondObject extends ObjectBase {
  readonly kind: 'cond';
  lock: Value;
}

export interface OnceObject extends ObjectBase {
  readonly kind: 'once';
  phase: 'fresh' | 'running' | 'done';
  heldAt?: Site | undefined;
}

export interface ClosureObject extends ObjectBase {
  readonly kind: 'closure';
  readonly code: CodeRef;
  readonly captures: readonly Value[];
}

export type HeapObject =
  | ChanObject
  | ContextObject
  | CellObject
  | StructObject
  | ListObject
  | MutexObject
  | WaitGroupObject
  | CondObject
  | OnceObject
  | ClosureObject;

/** The name of a field that the outside cannot reach, whoever knows the struct. */
export function hidden(field: string): string {
  return `${HIDDEN}${field}`;
}

export function isHidden(field: string): boolean {
  return field.startsWith(HIDDEN);
}

const HIDDEN = '.';

/** The same object, owned by `epoch`, its inner collections copied. */
export function copyObject(object: HeapObject, epoch: number): HeapObject {
  switch (object.kind) {
    case 'chan':
      return { ...object, epoch, buffer: object.buffer.slice() };
    case 'struct':
      return { ...object, epoch, fields: new Map(object.fields) };
    case 'list':
      return { ...object, epoch, entries: new Map(object.entries) };
    default:
      return { ...object, epoch };
  }
}

/** Calls `visit` with every value that code outside which knows an object can reach by it, in a fixed order. */
export function eachReached(object: HeapObject, visit: (value: Value) => void): void {
  if (object.kind !== 'struct') eachHeld(object, visit);
  else for (const [name, value] of object.fields) if (!isHidden(name)) visit(value);
}

/** Calls `visit` with every value an object holds, in a fixed order. */
export function eachHeld(object: HeapObject, visit: (value: Value) => void): void {
  switch (object.kind) {
    case 'chan':
      for (const value of object.buffer) visit(value);
      if (object.context !== undefined) visit(object.context);
      return;
    case 'context':
      visit(object.parent);
      visit(object.done);
      return;
    case 'cell':
      visit(object.value);
      return;
    case 'struct':
      for (const value of object.fields.values()) visit(value);
      return;
    case 'list':
      visit(object.length);
      for (const [key, value] of object.entries) {
        visit(key);
        visit(value);
      }
      return;
    case 'cond':
      visit(object.lock);
      return;
    case 'closure':
      for (const value of object.captures) visit(value);
      return;
    default:
      return;
  }
}
