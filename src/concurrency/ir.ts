/**
 * The small language the explorer runs: functions as flat lists of instructions over numbered slots.
 *
 * Lowering (`lower/`) turns Go functions into `Code`; the machine (`machine/`) runs many processes of it over a shared
 * heap and tries every choice. The machine is an interpreter with symbolic values: a channel that is made is a heap
 * object, a number that is not known is a symbol, a branch on a symbol is taken both ways and remembered.
 *
 * Slots: a frame has `slotCount` slots. On entry the first ones hold, in order, the captured values of the closure, the
 * receiver (for a method), and the parameters; the rest are zero. Variables that a closure captures, or whose address is
 * taken, live in `cell` objects, so a slot then holds a reference to the cell. Structs are heap objects with reference
 * semantics: `x := y` of a struct value is lowered to `copy`; a struct-valued field holds its own object; `&s.mu` and
 * `s.mu` are the same reference.
 */
import type { File } from '../go/ast.ts';
import type { Range } from '../text/offset.ts';

/** Index into a frame's slots. */
export type Slot = number;
/** Index into `Code.instructions`. */
export type Label = number;

/** Where an instruction comes from; absent `file` = a library model, which witnesses name but do not link. */
export interface Site {
  readonly file?: File;
  readonly range: Range;
}

/** The name of every function literal. */
export const literalName = 'func literal';

/** The name of the code that stands for `t.Run`: what waits for the end of the subtest waits for its end. */
export const subtestName = 'testing.T.Run';

/** A function, lowered on first use, so that only what a search reaches is lowered. `id` is unique in a program. */
export interface CodeRef {
  readonly id: number;
  /** As a reader would call it: `Serve`, `(*Server).run`, `func literal`. */
  readonly name: string;
  readonly site: Site;
  /** A function of another package than the one under analysis. */
  readonly imported?: boolean;
  /** Of a slice: the code it was cut from. What a function can do in unseen hands is asked of the whole. */
  readonly whole?: CodeRef;
  /** Lowers (once) and returns the code; undefined when the body is unknown (external or broken). */
  resolve(): Code | undefined;
}

export interface Code {
  readonly ref: CodeRef;
  readonly captureCount: number;
  /** Receiver included. */
  readonly paramCount: number;
  readonly resultCount: number;
  readonly slotCount: number;
  /** Slots of named results, so that deferred functions and a bare return see them; else absent. */
  readonly namedResults?: readonly Slot[];
  /** Named results (by position in `namedResults`) whose slot holds a cell, because a closure captures them: the result
   *  is the cell's content when the deferred functions have run. A function with named results returns with no values. */
  readonly resultCells?: ReadonlySet<number>;
  readonly instructions: readonly Instruction[];
  readonly sites: readonly Site[];
  /** For each instruction, the slots that may still be read at or after it (bit i of a BigInt or a set); the machine
   *  lets go of the others, so a value counts as held only while it can still be used. Computed by `liveness.ts`. */
  readonly liveAt: readonly ReadonlySet<Slot>[];
}

/** What is known of a value nobody sees made: decides which choices a symbol has. */
export type Hint =
  | 'bool'
  | 'int'
  /** A length or count that is never negative. */
  | 'len'
  /** nil or not nil. */
  | 'error'
  | 'string'
  /** A channel owned by the outside: a partner may or may not come. */
  | 'chan'
  /** A context from outside: may be cancelled at any time, or never. */
  | 'context'
  /** A function from outside: returns, after any time. */
  | 'func'
  /** A struct or pointer of a type of the package: fields appear on first use, as outside values. */
  | { readonly struct: StructShape }
  /** A slice, array, map or string from outside with elements of the given hint; length is a symbol. */
  | { readonly list: Hint }
  /** The cell of a variable that a literal captures, when the literal is searched on its own; its content is unknown. */
  | { readonly cell: Hint }
  | 'mutex'
  | 'rwmutex'
  | 'waitgroup'
  | 'cond'
  | 'once'
  | 'any';

/** A struct type: zero value of each field, and the type's name for method calls through interfaces. */
export interface StructShape {
  readonly typeName: string;
  readonly fields: ReadonlyMap<string, FieldShape>;
  /** No type: the variables of a package, which everybody can reach in any way. */
  readonly variables?: true;
  /** Whether a method of the type that other packages can call changes a field that they cannot reach themselves. */
  readonly changes?: (field: string) => boolean;
}

/** How a field starts when the struct is made here (`zero`), and what it is when the struct comes from outside. */
export interface FieldShape {
  readonly zero: Zero;
  readonly hint: () => Hint;
}

/** Zero values. Sync objects and nested structs are objects of their own. */
export type Zero =
  | { readonly kind: 'nil' }
  | { readonly kind: 'const'; readonly value: number | boolean | string }
  | { readonly kind: 'object'; readonly object: NewObject };

export type NewObject =
  | { readonly kind: 'cell' }
  | { readonly kind: 'struct'; readonly shape: () => StructShape }
  /** Slices, arrays, maps; starts empty (arrays: `length` zero elements). */
  | { readonly kind: 'list'; readonly map: boolean; readonly length?: number; readonly element?: Zero }
  | { readonly kind: 'mutex' }
  | { readonly kind: 'rwmutex' }
  | { readonly kind: 'waitgroup' }
  /** `L` is set with `setField cond 'L'`. */
  | { readonly kind: 'cond' }
  | { readonly kind: 'once' };

export type BinaryOp =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '&'
  | '|'
  | '^'
  | '<<'
  | '>>'
  | '&^';

export type Callable =
  | { readonly kind: 'static'; readonly code: CodeRef }
  /** A slot that holds a closure, a bound method, or an unknown function. */
  | { readonly kind: 'value'; readonly slot: Slot }
  /** A method found by the receiver's dynamic type, e.g. through an interface. The receiver is the first argument. */
  | { readonly kind: 'method'; readonly name: string };

/** When a call runs that waits for the end of a test. */
export type TestEnd = 'context' | 'cleanup';

export interface SelectCase {
  readonly kind: 'send' | 'recv';
  readonly chan: Slot;
  /** Value to send. */
  readonly value?: Slot;
  /** Where the received value and `ok` go. */
  readonly dst?: Slot;
  readonly ok?: Slot;
  readonly target: Label;
  readonly site: Site;
}

export type Instruction =
  // Data. None of these is visible to other processes (shared memory is read and written at once: data races are not
  // modelled, only synchronisation).
  | { readonly op: 'const'; readonly dst: Slot; readonly value: number | boolean | string | null }
  | { readonly op: 'move'; readonly dst: Slot; readonly src: Slot }
  /** `key`: the same value whenever an instruction with this key runs, e.g. a package-level variable never assigned. */
  | { readonly op: 'unknown'; readonly dst: Slot; readonly hint: Hint; readonly key?: string }
  | { readonly op: 'binary'; readonly dst: Slot; readonly operator: BinaryOp; readonly x: Slot; readonly y: Slot }
  | { readonly op: 'not'; readonly dst: Slot; readonly x: Slot }
  /** `length`: the number of elements of a list, when it is not a constant (`make([]T, n)`). */
  | { readonly op: 'new'; readonly dst: Slot; readonly object: NewObject; readonly length?: Slot }
  /** A copy of a struct or array value (sync objects inside are copied with their state); other values as they are. */
  | { readonly op: 'copy'; readonly dst: Slot; readonly src: Slot }
  | { readonly op: 'load'; readonly dst: Slot; readonly cell: Slot }
  | { readonly op: 'store'; readonly cell: Slot; readonly src: Slot }
  | { readonly op: 'getField'; readonly dst: Slot; readonly object: Slot; readonly field: string; readonly hint: Hint }
  | { readonly op: 'setField'; readonly object: Slot; readonly field: string; readonly src: Slot }
  | {
      readonly op: 'getIndex';
      readonly dst: Slot;
      readonly ok?: Slot;
      readonly list: Slot;
      readonly index: Slot;
      readonly hint: Hint;
      /** The index is a key that a loop visits: it is in the map unless it was seen to be deleted. */
      readonly visits?: boolean;
      /** With `ok`: of a type that may be nil, which is what an absent element is. */
      readonly nilWhenAbsent?: boolean;
    }
  | { readonly op: 'setIndex'; readonly list: Slot; readonly index: Slot; readonly src: Slot }
  | { readonly op: 'append'; readonly dst: Slot; readonly list: Slot; readonly values: readonly Slot[] }
  | { readonly op: 'deleteKey'; readonly map: Slot; readonly key: Slot }
  /** A list of the keys that a map holds now, in the order of their insertion (a `range` over it runs on this copy); of a
   *  map from outside: a list from outside with elements of `hint` and the length of the map. */
  | { readonly op: 'keys'; readonly dst: Slot; readonly map: Slot; readonly hint: Hint }
  /** `len` or `cap` of a list, string or channel. */
  /** `rounds`: of what a loop runs over, so that a path tells when it runs not at all. */
  | {
      readonly op: 'len';
      readonly dst: Slot;
      readonly of: Slot;
      readonly what: 'len' | 'cap';
      readonly rounds?: boolean;
    }
  /** Whether the dynamic type of a value is a named type of the package; unknown values give a symbol. */
  | { readonly op: 'hasType'; readonly dst: Slot; readonly x: Slot; readonly typeName: string }
  /** The value is now known to unseen code, with everything that it reaches. */
  | { readonly op: 'escape'; readonly src: Slot }
  /** Code of another package has written to all data that the value leads to, and keeps nothing: `json.Unmarshal`. */
  | { readonly op: 'overwrite'; readonly src: Slot }
  // Control.
  | { readonly op: 'jump'; readonly target: Label }
  /** On a symbol both ways are taken, and the choice is kept as long as the symbol lives. `entered`: the head of a loop
   *  that runs at least once; unless this slot is true, the way past the loop is none that is meant to be gone. */
  | {
      readonly op: 'branch';
      readonly cond: Slot;
      readonly then: Label;
      readonly else: Label;
      readonly entered?: Slot;
    }
  | { readonly op: 'closure'; readonly dst: Slot; readonly code: CodeRef; readonly captures: readonly Slot[] }
  | {
      readonly op: 'call';
      readonly dst: readonly Slot[];
      readonly callee: Callable;
      readonly args: readonly Slot[] /** Hints of the results, for a callee that cannot be seen. */;
      readonly resultHints: readonly Hint[] /** Contexts given to a callee that cannot be seen: it cannot cancel them, so they are no arguments; it may end with them. */;
      readonly contexts?: readonly Slot[];
    }
  | { readonly op: 'go'; readonly callee: Callable; readonly args: readonly Slot[] }
  /** `until`: the call waits for the end of the test instead of the function: `t.Cleanup(f)`. The context of the test
   *  (`t.Context()`) ends before the first of these calls, whatever their order. */
  | {
      readonly op: 'defer';
      readonly callee: Callable;
      readonly args: readonly Slot[];
      readonly until?: TestEnd;
    }
  | { readonly op: 'return'; readonly values: readonly Slot[] }
  | { readonly op: 'panic'; readonly value: Slot }
  | { readonly op: 'recover'; readonly dst: Slot }
  /** Deferred functions run, then the process ends: runtime.Goexit. */
  | { readonly op: 'goexit' }
  /** The whole program ends here: os.Exit, log.Fatal, a failing test. Nothing after it counts as a leak. */
  | { readonly op: 'exit' }
  // Synchronisation: visible to other processes.
  /** `cap` is a slot with a number or a `len` symbol; absent = 0. `elem` tells what a receive from outside yields. */
  | { readonly op: 'makeChan'; readonly dst: Slot; readonly cap?: Slot; readonly elem: Hint }
  /** A channel that the runtime may send on: a timer's once, a ticker's again and again; `stop` ends it. */
  | { readonly op: 'makeTimer'; readonly dst: Slot; readonly repeats: boolean }
  /**
   * `dst`: whether the call stopped the timer. `synchronous` (Go 1.23 and later): a timer whose value nobody received yet
   * is stopped in time, and no value is left behind (https://pkg.go.dev/time#Timer.Stop). `again`: it is set once more; any
   * channel may be one on which signals arrive.
   */
  | {
      readonly op: 'stopTimer';
      readonly dst: Slot;
      readonly chan: Slot;
      readonly synchronous: boolean;
      readonly again?: 'once' | 'repeats' | 'signals';
    }
  | { readonly op: 'send'; readonly chan: Slot; readonly value: Slot }
  | {
      readonly op: 'recv';
      readonly chan: Slot;
      readonly dst?: Slot;
      readonly ok?: Slot /** The receive of a `range` over the channel. */;
      readonly range: boolean;
    }
  | { readonly op: 'close'; readonly chan: Slot }
  | { readonly op: 'select'; readonly cases: readonly SelectCase[]; readonly default?: Label }
  | { readonly op: 'lock'; readonly mutex: Slot; readonly read: boolean }
  | { readonly op: 'tryLock'; readonly dst: Slot; readonly mutex: Slot; readonly read: boolean }
  | { readonly op: 'unlock'; readonly mutex: Slot; readonly read: boolean }
  | { readonly op: 'wgAdd'; readonly group: Slot; readonly delta: Slot }
  | { readonly op: 'wgWait'; readonly group: Slot }
  | { readonly op: 'condWait'; readonly cond: Slot }
  | { readonly op: 'condSignal'; readonly cond: Slot; readonly all: boolean }
  /** Calls the function unless it ran before; a second caller waits until the first call is over. */
  | { readonly op: 'onceDo'; readonly once: Slot; readonly fn: Slot }
  /** A new context below `parent` (nil or absent: a root that is never cancelled). `timer`: may be cancelled by time. */
  | {
      readonly op: 'newContext';
      readonly dst: Slot;
      readonly parent?: Slot;
      readonly timer: boolean /** Detached from its parent: context.WithoutCancel. */;
      readonly detached: boolean;
    }
  /** The channel of `ctx.Done()`; nil for a root that is never cancelled. */
  | { readonly op: 'contextDone'; readonly dst: Slot; readonly context: Slot }
  /** nil or not nil, as `ctx.Err()`. */
  | { readonly op: 'contextErr'; readonly dst: Slot; readonly context: Slot }
  | { readonly op: 'cancelContext'; readonly context: Slot }
  /** A step that may take any time but ends (I/O, sleep): lets the other processes run. */
  | { readonly op: 'pause' };

export type Op = Instruction['op'];

/** What a search runs: one entry, and how methods of dynamic types are found. */
export interface Program {
  readonly entry: CodeRef;
  /** What a count that nobody knows is at the most, beside 0, 1 and 2: enough to fill the rooms of the program's channels. */
  readonly many?: number;
  /** Values for the entry's parameters (receiver first): outside values by hint. */
  readonly entryHints: readonly Hint[];
  method(typeName: string, name: string): CodeRef | undefined;
}
