/**
 * Open systems: which searches let the outside leave, and which of the leaks found so are worth a warning.
 *
 * A goroutine that sends on a channel which its starter hands out blocks forever when the reader stops reading. Whether
 * the reader may stop is nowhere in the text, so evidence decides: a context or stop channel is at hand and the send does
 * not wait for it; or a caller in the package visibly stops. It is kept quiet where the package shows that the contract is
 * met: its callers read to the end, or the documentation asks them to. An exported function whose goroutine waits for a
 * stop at other places expects callers that leave, whatever those of its package do.
 */

import type { FuncDecl } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { GoPackage } from '../../go/package.ts';
import { isTestFile, isTestHelper } from '../../go/test-code.ts';
import type { Leak, OutsideRole, StuckProcess } from '../leak.ts';
import { asksForCloseNotify, waitsForCloseNotify } from './close-notify.ts';
import { isIdleWatch, startsWatch } from './context-watch.ts';
import { asksToRead, returnsErrors } from './contract.ts';
import { isUnfetchedFuture } from './futures.ts';
import { iteratorLeaves } from './iterators.ts';
import { lendsChannel, outlivesStop } from './parameters.ts';
import { isParentWatch, mayWatchParent } from './parent-watch.ts';
import { type Func, framesOf, inSightOf, isFunc, nodesAround } from './place.ts';
import { isAwaited, isGivenToReader, readingOf } from './readers.ts';
import { hasMeasuredRoom } from './room.ts';
import { hasStopParameter, mentionsContext, selectsOnStop } from './stops.ts';

/** How a channel is handed out for its reader to be suspected. */
const readerRoles: readonly OutsideRole[] = ['returned', 'argument'];

const makes = /\bmake\(\s*(<-\s*)?chan\b/;
/** A capacity of more than one digit, or one that is not written as a number. */
const buffered = /\bmake\(\s*(<-\s*)?chan\b[^\n]*,\s*(\d\d|[A-Za-z_])/;

/** Roles in which the outside may leave in the search of a function; none for most functions. */
export function openRolesOf(pkg: GoPackage, func: Func): readonly OutsideRole[] {
  const text = textOf(pkg, func);
  return [
    ...(makes.test(text) ? readerRoles : []),
    ...(asksForCloseNotify(text) ? (['result'] as const) : []),
    ...(startsWatch(text) || mayWatchParent(text) || lendsChannel(pkg, func, text) ? (['parameter'] as const) : []),
  ];
}

/** Whether a function makes a channel: else none of its own can be left by the outside. */
function handsOut(pkg: GoPackage, func: Func): boolean {
  return makes.test(textOf(pkg, func));
}

function textOf(pkg: GoPackage, func: Func): string {
  const range = func.kind === 'FuncDecl' ? func.bodyRange : func.range;
  return range ? pkg.fileOf(func).text.slice(range.start, range.end) : '';
}

/** Whether it also makes a channel with room for something. */
export function fillsBuffer(pkg: GoPackage, func: Func): boolean {
  return handsOut(pkg, func) && buffered.test(textOf(pkg, func));
}

/** Whether a channel is filled by a loop, which may run any number of times. */
export function isFilled({ outsider, stuck: [first] }: Leak): boolean {
  if (!outsider || first?.kind !== 'send') return false;
  return [first.site, ...first.callers].some((site) => {
    const around = site.file ? nodesAround(site.file, site.range) : [];
    const inner = around.slice(around.findLastIndex(isFunc) + 1);
    return inner.some((node) => node.kind === 'ForStmt' || node.kind === 'RangeStmt');
  });
}

/** Whether the package shows that the outside may leave as a leak has it. `entry` is the function whose search found it. */
export function outsiderEvidence(pkg: GoPackage, entry: Func, leak: Leak): boolean {
  const [first] = leak.stuck;
  if (!first || isTest(first) || isTestHelper(pkg, entry)) return false;
  if (waitsForCloseNotify(pkg, first) || isForgottenWatch(pkg, entry, leak, first)) return true;
  if (outlivesStop(pkg, entry, first)) return !(entry.kind === 'FuncDecl' && asksToRead(entry));
  if (isUnfetchedFuture(pkg, entry, first)) return pkg.name !== 'main';
  if (
    first.kind !== 'send' ||
    !isHandedOut(first) ||
    !hasReaderOutside(pkg, first) ||
    (entry.kind === 'FuncDecl' && asksToRead(entry))
  )
    return false;
  // A command mostly ends together with its goroutines.
  if (pkg.name === 'main' && !selectsElsewhere(pkg, first)) return false;
  const reading = entry.kind === 'FuncDecl' && first.outside?.includes('returned') ? readingOf(pkg, entry) : 'unknown';
  if (reading === 'leaves') return true;
  if (reading === 'drains' && !(isForOthers(entry) && selectsElsewhere(pkg, first))) return false;
  if (entry.kind === 'FuncDecl' && isAwaitedField(pkg, entry, first)) return false;
  if (first.outside?.includes('returned') && iteratorLeaves(pkg, entry)) return true;
  if (hasMeasuredRoom(first) || isAnswer(pkg, entry, first)) return false;
  return stopIsAtHand(pkg, first);
}

function isForgottenWatch(pkg: GoPackage, entry: Func, leak: Leak, first: StuckProcess): boolean {
  return isAlone(leak) && (isIdleWatch(pkg, entry, first) || isParentWatch(pkg, entry, first));
}

/** Nobody else is stuck in the end: who could still cancel a context waits for nothing. */
function isAlone({ stuck, trace }: Leak): boolean {
  return stuck.length === 1 && trace.some(({ process, what }) => process.id === 0 && what.kind === 'end');
}

/** Whether other packages can call a function: that those of its own read to the end tells nothing of them. */
function isForOthers(func: Func): boolean {
  return func.kind === 'FuncDecl' && isExported(func.name.name);
}

/** Whether code outside may read at all: not from a field that it cannot name, nor when it is given the channel to close. */
function hasReaderOutside(pkg: GoPackage, { site, madeAt, outside }: StuckProcess): boolean {
  const send = site.file && nodesAround(site.file, site.range).findLast((node) => node.kind === 'SendStmt');
  const field = send?.kind === 'SendStmt' ? pkg.fieldOf(send.chan) : undefined;
  if (field && /^[a-z_]/.test(field.name) && field.uses.some(({ kind }) => kind === 'receive' || kind === 'range'))
    return false;
  return outside?.includes('returned') === true || madeAt === undefined || isGivenToReader(pkg, madeAt);
}

function isHandedOut({ outside, process, madeAt }: StuckProcess): boolean {
  if (madeAt === undefined || outside === undefined || outside.length === 0) return false;
  if (process.start === undefined && outside.some((role) => role !== 'argument')) return false;
  return outside.some((role) => readerRoles.includes(role));
}

function isAwaitedField(pkg: GoPackage, entry: FuncDecl, { site, outside }: StuckProcess): boolean {
  const send = site.file && nodesAround(site.file, site.range).findLast((node) => node.kind === 'SendStmt');
  const chan = send?.kind === 'SendStmt' && send.chan.kind === 'Ident' ? send.chan : undefined;
  return chan !== undefined && outside?.includes('returned') === true && isAwaited(pkg, entry, chan);
}

/** An error on a channel that the function returns. */
function isAnswer(pkg: GoPackage, entry: Func, { site, outside }: StuckProcess): boolean {
  const send = site.file && nodesAround(site.file, site.range).findLast((node) => node.kind === 'SendStmt');
  const type = send?.kind === 'SendStmt' ? pkg.underlying(pkg.typeOf(send.chan)) : undefined;
  const isError = type?.kind === 'chan' && type.elem.kind === 'basic' && type.elem.name === 'error';
  return isError && outside?.includes('returned') === true && returnsErrors(pkg, entry);
}

function isTest({ site }: StuckProcess): boolean {
  return site.file === undefined || isTestFile(site.file.path);
}

/** The producer waits for a context or stop channel at other places. */
function selectsElsewhere(pkg: GoPackage, stuck: StuckProcess): boolean {
  return framesOf(stuck).some((func) => selectsOnStop(pkg, func));
}

/** Whether the producer could wait for a context or stop channel beside its send, and the author knows of it. */
function stopIsAtHand(pkg: GoPackage, stuck: StuckProcess): boolean {
  if (selectsElsewhere(pkg, stuck)) return true;
  const around = inSightOf(stuck);
  return around.some((func) => hasStopParameter(pkg, func.type) || mentionsContext(pkg, func));
}
