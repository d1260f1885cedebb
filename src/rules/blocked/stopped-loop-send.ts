/** The condition under which a contract between the methods of a type is broken, in words. */
import type { BrokenContract } from '../../concurrency/leak.ts';

/** A clause that begins with `if` or `once`: who has to call what for the operation to be stuck. */
export function contractCondition({
  method,
  stops,
  type,
  answers,
  forgets,
  context,
  failed,
  replaced,
  run,
}: BrokenContract): string {
  const [stop] = stops;
  if (replaced && method !== undefined)
    return `if \`${method}\` is called again before \`${stop ?? 'its end'}\` and so replaces what ends its first goroutine`;
  if (context !== undefined) return `if the context of \`${context}\` ends meanwhile`;
  if (failed !== undefined && method !== undefined) return `if \`${method}\` is called after \`${failed}\` has failed`;
  if (answers && method !== undefined) return `if \`${method}\` returns before it is answered`;
  if (forgets) return `if the goroutine of \`${type}\` drops the request without an answer`;
  if (method !== undefined && run !== undefined) return `if \`${method}\` is called after \`${run}\` has returned`;
  if (method !== undefined && stop !== undefined) return `if \`${method}\` is called while or after \`${stop}\` runs`;
  if (method !== undefined) return `if \`${method}\` is called after the goroutine of \`${type}\` has ended`;
  return stop === undefined
    ? `if the goroutines of \`${type}\` end in this order`
    : `if \`${stop}\` is called meanwhile`;
}
