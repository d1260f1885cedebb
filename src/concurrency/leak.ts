/** What the explorer answers: which operation is stuck forever, on which path, and what the stuck object is. */
import type { CodeRef, Site } from './ir.ts';

export type StuckKind =
  | 'send'
  | 'recv'
  | 'range'
  | 'select'
  | 'nil-send'
  | 'nil-recv'
  | 'wait'
  | 'lock'
  | 'rlock'
  | 'cond'
  | 'once'
  /** Not stuck but crashed: a send on, or a second close of, a closed channel; a negative WaitGroup counter. */
  | 'panic-send-closed'
  | 'panic-close-closed'
  | 'panic-negative-waitgroup';

/** One step of the path, as the machine saw it. */
export interface TraceStep {
  readonly process: ProcessLabel;
  readonly site: Site;
  /** Frames above the site within the same process, innermost first: where the code was called from. */
  readonly callers: readonly Site[];
  readonly what:
    | { readonly kind: 'go'; readonly started: ProcessLabel }
    /** `size`: the room that the source gives it, when the search has left it less. */
    | { readonly kind: 'make'; readonly capacity?: number; readonly object?: number; readonly size?: number }
    | {
        readonly kind:
          | 'send'
          | 'recv'
          | 'close'
          | 'lock'
          | 'unlock'
          | 'wgAdd'
          | 'wgDone'
          | 'wait'
          | 'signal'
          | 'cancel'
          | 'once';
        readonly partner?: ProcessLabel;
        readonly object?: number;
        readonly fromClosed?: boolean;
        readonly fromTimer?: boolean;
        readonly fromOutside?: boolean;
      }
    | {
        readonly kind: 'select';
        readonly arm: Site | 'default';
        readonly partner?: ProcessLabel;
        readonly object?: number;
        readonly fromClosed?: boolean;
        readonly fromTimer?: boolean;
        readonly fromOutside?: boolean;
      }
    /** A branch whose condition was not known, and the way taken. */
    | { readonly kind: 'branch'; readonly taken: boolean }
    /** A loop or slice whose length was chosen. */
    | { readonly kind: 'count'; readonly value: number }
    | { readonly kind: 'return' | 'panic' | 'end' }
    | { readonly kind: 'stuck'; readonly stuck: StuckKind };
}

/** A process as a reader would call it. `start` is the site of its `go`; absent for the entry. */
export interface ProcessLabel {
  readonly id: number;
  readonly code: CodeRef;
  readonly start?: Site;
}

export interface StuckProcess {
  readonly process: ProcessLabel;
  readonly kind: StuckKind;
  readonly site: Site;
  readonly callers: readonly Site[];
  /** The object it waits on, as `TraceStep.what.object` numbers it; absent for nil and for a select of several. */
  readonly object?: number;
  /** Where the object it waits on was made; absent for nil and for objects from outside. */
  readonly madeAt?: Site;
  /** For a `select`: all its arms. */
  readonly arms?: readonly Site[];
  /** The function of a library, as its model calls it, in which it stands: `(*PipeWriter).Write`. */
  readonly library?: string;
  /** It is awake, but only time makes its `select` go on, and always back to it: the arms that nobody opens. */
  readonly ticking?: readonly Site[];
  /** For a receive, or one that a `select` waits for: nobody else holds the channel any more. */
  readonly forgotten?: true;
  /** For a lock: where it was taken last and not released; for `wait`: where the counter was raised. */
  readonly heldAt?: Site;
  /** In a leak that depends on an outsider: how the outside knows the objects it left. */
  readonly outside?: readonly OutsideRole[];
  /** In a leak inside a function that unseen code calls: the last part of that code's name, and when it calls: before it
   *  returns, later, or its name does not tell (and it is stuck in either way). */
  readonly callback?: {
    readonly callee: string;
    readonly when: 'during' | 'later' | 'unknown';
    /** The call was under way when its registration was undone. */
    readonly caught?: boolean;
  };
}

/** What a leak is worth: an error rests on nothing but time; what is silent rests on something implausible. */
export type Weight = 'error' | 'warning' | 'silent';

/** A state of the program in which some processes are stuck forever, with the shortest path found to it. */
export interface Leak {
  readonly entry: CodeRef;
  readonly stuck: readonly StuckProcess[];
  readonly trace: readonly TraceStep[];
  /** The answer depends on what code outside does (it may leave, never send, never cancel): a warning, not an error. */
  readonly outsider: boolean;
  /** The entry is the whole program: it ends with it. */
  readonly program?: true;
  /** What the leak is worth to whoever asked for the search; absent: an error. */
  readonly weight?: Weight;
  /** The path is one of many in which the methods of a type may be called. */
  readonly contract?: BrokenContract;
}

/** What the caller of a type's methods did for one of them (or for a goroutine of the type) to be stuck forever. */
export interface BrokenContract {
  readonly type: string;
  /** The method that is stuck; absent when it is a goroutine of the type. */
  readonly method?: string;
  /** The method that was given a context, which has ended meanwhile. */
  readonly context?: string;
  /** The method that serves the type's channels in a goroutine of its caller, and has returned. */
  readonly run?: string;
  /** Methods that were called meanwhile to end the goroutines of the type. */
  readonly stops: readonly string[];
  /** The method is stuck in its caller's hands: it follows on one that has left a lock held or a counter raised. */
  readonly next?: true;
  /** The method holds a lock while it waits for a goroutine that wants the same lock. */
  readonly holds?: true;
  /** The method was called twice, and the second call has replaced what ends the goroutine of the first. */
  readonly replaced?: true;
  /** Not the method is stuck but who answers it, after it has left. */
  readonly answers?: true;
  /** The goroutine of the type has taken what the method sent, and let go of it without an answer. */
  readonly forgets?: true;
  /** The method that has returned an error before. */
  readonly failed?: string;
}

/** What one search did; `exhausted` means a budget ended it and an absence of leaks proves nothing. */
export interface SearchResult {
  readonly leaks: readonly Leak[];
  readonly states: number;
  readonly transitions: number;
  /** Instructions run, copying of states included; absent when nothing ran. */
  readonly instructions?: number;
  readonly exhausted?: 'states' | 'depth' | 'memory' | 'unsupported';
  /** Some goroutines never got their turn, since `Budget.processes` was reached before anything else ended a path. */
  readonly crowded?: boolean;
  /** Functions that use a channel made here were given to unseen code: `searchCallbacks` may say more. */
  readonly handsOut?: boolean;
  readonly reason?: string;
  /** Functions and literals that the search ran. */
  readonly entered: ReadonlySet<CodeRef>;
}

/**
 * How code outside comes to know an object: as a `parameter` of the entry, from a `field` or element of something from
 * outside, as the `result` of an unseen call; or it is told of one made here: `returned` by the entry, as the `argument`
 * of an unseen call, `stored` into something that the outside knows. `callback`: the operation itself runs because unseen
 * code calls a function it was given. `caller`: who calls the methods of a type may stop it first.
 */
export type OutsideRole = 'parameter' | 'field' | 'result' | 'returned' | 'argument' | 'stored' | 'callback' | 'caller';

/** Budgets count work, never time, so that the same input gives the same answer everywhere. */
export interface Budget {
  readonly states: number;
  /** Instructions that one process may run between two visible operations before it counts as spinning. */
  readonly localSteps: number;
  readonly processes: number;
  readonly callDepth: number;
  /** Instructions that a whole search may run, a fork counting as several; absent: no limit. */
  readonly instructions?: number;
  /** The outside may leave, forever, the channels and contexts that it knows in these ways only: never send, receive,
   *  close or cancel (again). Who is stuck then is told as a leak with `outsider: true`. Absent: it may come at any time. */
  readonly outsideMayLeave?: readonly OutsideRole[];
  /** Buffers made for 3 values or more have room for one: a loop that fills them takes more rounds than are followed. */
  readonly fullBuffers?: boolean;
}
