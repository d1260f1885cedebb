/** What a resource is, as data: what acquires it, what releases it, what it keeps alive. */
import type { ReleaseAdvice } from './release-advice.ts';

/** Ids of the rules of this group, and of the one that judges values which run a goroutine by the same walk. */
export type ResourceRule =
  | 'start-without-stop'
  | 'lost-cancel'
  | 'unclosed-body'
  | 'unclosed-client'
  | 'unclosed-rows'
  | 'unclosed-server'
  | 'unfinished-stream'
  | 'unstopped-iterator'
  | 'unstopped-signal'
  | 'unstopped-ticker'
  | 'unwaited-command'
  | 'unwaited-group';

/** Which value of the acquiring call must be released. */
export type AcquiredValue =
  /** Of the call's results; an error result beside it says that there is nothing to release. */
  | { readonly kind: 'result'; readonly index: number }
  /** `cmd` of `cmd.Start()`, when it is a local variable that the function makes itself. */
  | { readonly kind: 'receiver' }
  /** `c` of `signal.Notify(c)`, likewise. */
  | { readonly kind: 'argument'; readonly index: number };

/** A method after which there is nothing left to release. */
export interface Ending {
  readonly method: string;
  /** `false`: it returned false, like `rows.Next()`; `error`: its last result is not nil, like `stream.Recv()`. */
  readonly when: 'false' | 'error';
}

/**
 *  - `goroutine`: one of the library, or one that waits for it.
 *  - `lender`: a place in a pool; whoever waits for one waits on.
 *  - `timer`: an entry of the runtime.
 *  - `handle`: a connection or statement that no goroutine waits for.
 */
export type Remnant = 'goroutine' | 'lender' | 'timer' | 'handle';

/** A resource of a module; `source` is where the facts can be read. */
export type ModuleResource = Resource & { readonly source: string };

export interface Resource {
  readonly rule: ResourceRule;
  /** `path.Function` and `path.Type.Method`, with the full import path. */
  readonly acquiredBy: readonly string[];
  readonly value: AcquiredValue;
  /**
   * Ways to release it, the best one first: `()` calls the value itself, `Body.Close()` a method of it or of a field,
   * `os/signal.Stop(x)` a function that takes it.
   */
  readonly releasedBy: readonly string[];
  readonly ends?: Ending;
  /** A method whose error says that it has ended already: rows that have an error are closed. */
  readonly overWith?: string;
  /** Fields that cannot be used without it: whoever is given one is taken to have the resource. */
  readonly parts?: readonly string[];
  /** Methods whose result cannot be used without it: likewise. */
  readonly givesAccess?: readonly string[];
  /** A field whose value says that there is nothing to release: an answer with status 204 has no body. */
  readonly emptyWhen?: { readonly field: string; readonly value: number };
  /** Any reference counts as a release, as in `go vet`'s lostcancel. */
  readonly anyUse?: true;
  /** Only when the call stands in a `go` statement: `go srv.Serve(l)`. */
  readonly inGoroutine?: true;
  /** Whoever is given it as an argument, or captures it, has not taken it over: the function releases it elsewhere after that. */
  readonly lent?: true;
  /** A goroutine of the function that only reads from it does not take it over. */
  readonly readByGoroutines?: true;
  /** A further condition on the place, by name; see `conditions.ts`. */
  readonly condition?:
    | 'keeps-goroutine'
    | 'read-by-goroutine'
    | 'endless-context'
    | 'started-again'
    | 'not-cancelled'
    | 'owner-stays'
    | 'not-for-process'
    | 'released-here';
  /** Functions whose result stands for it: `pb.NewGreeterClient(conn)`. */
  readonly wrappedBy?: RegExp;
  /** What stays at least while it is not released. What keeps no goroutine, now or as soon as somebody waits, is an info. */
  readonly stays: Remnant;
  /** What stays while it is not released, as the end of a sentence. */
  readonly keeps: string;
  readonly advice: ReleaseAdvice;
}
