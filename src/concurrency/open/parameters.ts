/**
 * Channels that a function was given, and on which a goroutine sends that it leaves behind: `func Tail(ctx, out chan<- T)`.
 *
 * Who reads there is unknown, and may well read to the end. But a goroutine that looks at a stop in every round tells its
 * callers that it ends with it; they have no reason to go on reading then, and a send that does not wait for the stop
 * outlives it. Where the package calls the function, its callers show how they read, and are searched themselves.
 */
import { isExported } from '../../go/exported.ts';
import type { GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import type { StuckProcess } from '../leak.ts';
import { type Func, framesOf } from './place.ts';
import { hasStopParameter, selectsOnStop } from './stops.ts';

/** Whether a function may leave such a goroutine behind; a look at its head and text. */
export function lendsChannel(pkg: GoPackage, func: Func, body: string): boolean {
  if (func.kind !== 'FuncDecl' || !/\bgo\b/.test(body) || !/\bselect\b/.test(body)) return false;
  const { text } = func.file;
  const head = text.slice(func.range.start, func.bodyRange?.start ?? func.range.end);
  return /\bchan\b/.test(head) && isExported(func.name.name) && hasStopParameter(pkg, func.type);
}

/** Whether a goroutine of the function is stuck in such a send, and obeys a stop elsewhere. */
export function outlivesStop(pkg: GoPackage, entry: Func, stuck: StuckProcess): boolean {
  const { kind, outside, process } = stuck;
  if (entry.kind !== 'FuncDecl' || kind !== 'send' || process.start === undefined) return false;
  if (!outside?.includes('parameter') || outside.some((role) => role !== 'parameter')) return false;
  if (pkg.callersOf(entry).some((call) => !isTestFile(pkg.fileOf(call).path))) return false;
  return framesOf(stuck).some((func) => selectsOnStop(pkg, func));
}
