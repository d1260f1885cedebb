/** When unseen code calls a function it is given, as its name says. */
import type { Target } from './state.ts';

/**
 * `each`: for each of many things, before it returns. `started`: once, in a goroutine of its own. `kept`: whenever
 * something happens, until the registration is undone. `unknown`: the name does not tell.
 */
export type CalleeKind = 'each' | 'started' | 'kept' | 'unknown';

const kinds: readonly (readonly [CalleeKind, RegExp])[] = [
  [
    'kept',
    /^(On[A-Z]|Subscribe|Register|Watch|Notify|Listen|Handle|Observe|Hook|Set\w*(Handler|Callback|Hook|Listener|Func)$|Add\w*(Handler|Callback|Hook|Listener|Observer|Func|Subscriber|Watcher)s?$)/,
  ],
  ['started', /^(Go|Submit|Schedule|Enqueue|Spawn|Dispatch|Async|Post|StartAsync)([A-Z]\w*)?$/],
  [
    'each',
    /^(\w*Walk\w*|Range|RangeAll|Each\w*|For[Ee]ach\w*|Iter\w*|Visit\w*|Scan\w*|Ascend\w*|Descend\w*|Traverse\w*|All)$/,
  ],
];

/** The last part of a callee's name; empty for a function value. */
export function calleeName(target: Target): string {
  return target.method ?? target.code?.name.slice(target.code.name.lastIndexOf('.') + 1) ?? '';
}

export function kindOfCallee(name: string): CalleeKind {
  return kinds.find(([, pattern]) => pattern.test(name))?.[0] ?? 'unknown';
}
