/** The steps of a witness in words. */
import type { ProcessLabel, StuckKind, TraceStep } from '../../concurrency/leak.ts';
import type { Node } from '../../go/ast.ts';
import { contains } from '../../text/offset.ts';
import {
  assignedName,
  nodesAround,
  type Operation,
  operationAt,
  type SourceSite,
  sourceSite,
  sourceText,
} from './operation.ts';

/** What a process is called, by its id. */
export type NameOf = (id: number) => string;

/** One step in words, a clause without its subject; undefined for a step that says nothing. */
export function wordsOf(step: TraceStep, place: SourceSite, nameOf: NameOf): string | undefined {
  const { what } = step;
  switch (what.kind) {
    case 'go':
      return startWords(what.started);
    case 'make':
      return makeWords(place, what);
    case 'branch':
      return conditionWords(place, what.taken);
    case 'count':
      return `${loopWords(place)} ${timesWords(what.value)}`;
    case 'return':
      return 'returns';
    case 'end':
      return 'ends';
    case 'panic':
      return 'panics';
    case 'select':
      return armWords(what);
    case 'stuck':
      return undefined;
    default:
      return actionWords(step, place, nameOf);
  }
}

/** Names the function that is started; a literal has none. */
function startWords({ code }: ProcessLabel): string {
  const named = code.site.file && nodesAround(code.site.file, code.site.range)[0];
  const isDeclared = named?.kind === 'FuncDecl' && named.name.range.start === code.site.range.start;
  return isDeclared ? `starts \`${named.name.name}\` as a goroutine` : 'starts a goroutine';
}

type Make = Extract<TraceStep['what'], { kind: 'make' }>;

function makeWords(place: SourceSite, { capacity, size }: Make): string {
  const name = assignedName(place);
  const what = name === undefined ? 'makes a channel' : `makes \`${name}\``;
  if (capacity === undefined) return name === undefined ? what : `makes \`${name}\``;
  if (size !== undefined) return `${what} with a buffer of ${size}, of which one place is still free`;
  return capacity === 0 ? `${what} without a buffer` : `${what} with a buffer of ${capacity}`;
}

function conditionWords(place: SourceSite, taken: boolean): string | undefined {
  const statement = nodesAround(place.file, place.range).findLast(
    (node) => node.kind === 'IfStmt' || node.kind === 'ForStmt' || node.kind === 'CaseClause',
  );
  const condition = statement?.kind === 'IfStmt' || statement?.kind === 'ForStmt' ? statement.cond : undefined;
  if (!condition) return undefined;
  const inside = contains(condition.range, place.range) ? place.range : condition.range;
  return `finds \`${sourceText(place.file, inside)}\` ${taken ? 'true' : 'false'}`;
}

function loopWords(place: SourceSite): string {
  const loop = loopAround(place);
  return loop?.kind === 'RangeStmt'
    ? `runs the loop over \`${sourceText(place.file, loop.x.range, 40)}\``
    : 'runs the loop';
}

function timesWords(count: number): string {
  return count === 0 ? 'not at all' : count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

function armWords(what: Extract<TraceStep['what'], { kind: 'select' }>): string {
  if (what.arm === 'default') return 'takes `default`';
  const arm = sourceSite(what.arm, []);
  if (!arm) return 'takes a case of its `select`';
  const clause = nodesAround(arm.file, arm.range).findLast((node) => node.kind === 'CommClause');
  if (clause?.kind === 'CommClause' && clause.comm && clause.range.start === arm.range.start)
    return `takes the case \`${sourceText(arm.file, clause.comm.range)}\``;
  const operation = operationAt(arm);
  if (operation.kind === 'select') return 'takes a case of its `select`';
  if (/\.Done\(\)$/.test(operation.name)) return `sees \`${operation.name}\` fire`;
  return `takes the case \`${operation.text}\``;
}

function actionWords(step: TraceStep, place: SourceSite, nameOf: NameOf): string | undefined {
  const { text, name, kind } = operationAt(place);
  const { what } = step;
  if (!('kind' in what)) return undefined;
  // What a library does inside is no operation of the reader's on a channel that has a name.
  if (kind === 'call' && (what.kind === 'send' || what.kind === 'recv')) return `passes \`${text}\``;
  const partner = 'partner' in what && what.partner ? nameOf(what.partner.id) : undefined;
  switch (what.kind) {
    case 'send':
      return partner ? `sends on \`${name}\` to ${partner}` : `puts a value into the buffer of \`${name}\``;
    case 'recv':
      if (what.fromClosed) return `finds \`${name}\` closed`;
      return partner ? `receives from \`${name}\` what ${partner} sends` : `receives from \`${name}\``;
    case 'close':
      return `closes the channel: \`${text}\``;
    case 'lock':
      return `locks \`${name || text}\``;
    case 'unlock':
      return `unlocks \`${name || text}\``;
    case 'wgAdd':
      return `raises the counter: \`${text}\``;
    case 'wgDone':
      return `lowers the counter: \`${text}\``;
    case 'wait':
      return `passes \`${text}\``;
    case 'signal':
      return `wakes waiters: \`${text}\``;
    case 'once':
      return `enters \`${text}\``;
    default:
      return undefined;
  }
}

/** More about a stuck operation. */
export interface StuckDetails {
  /** ` in F` when the function says something; else empty. */
  readonly where: string;
  /** The context whose end is waited for. */
  readonly context?: string;
  /** Only time makes its select go on. */
  readonly ticking?: boolean;
}

/** Operations on channels that a library function hides. */
const insideCalls: ReadonlySet<StuckKind> = new Set(['send', 'recv', 'range', 'select', 'nil-send', 'nil-recv']);

/** What a process that cannot go on is doing, and who is missing. */
export function stuckWords(
  kind: StuckKind,
  { text, name, kind: operation }: Operation,
  { where, context, ticking }: StuckDetails,
): string {
  if (operation === 'call' && insideCalls.has(kind))
    return `waits inside \`${text}\`${where}, and nobody can end the wait any more`;
  const object = `\`${name || text}\``;
  switch (kind) {
    case 'send':
      return `sends on ${object}${where}, and nobody can receive any more`;
    case 'recv':
      return context === undefined
        ? `receives from ${object}${where}, and nobody can send or close any more`
        : `waits for \`${text}\`${where}, and nobody here can cancel \`${context}\` any more`;
    case 'nil-send':
      return `sends on ${object}${where}, which is nil`;
    case 'nil-recv':
      return `receives from ${object}${where}, which is nil`;
    case 'range':
      return `waits for the next value of ${object}${where}, and nobody can send or close any more`;
    case 'select':
      if (ticking)
        return `keeps going round its \`select\`${where} on timers alone, and no case that leaves the loop can become ready any more`;
      return `waits in \`select\`${where}, and no case can become ready any more`;
    case 'wait':
      return `waits in \`${text}\`${where}, and nobody can lower the counter any more`;
    case 'lock':
    case 'rlock':
      return `waits for ${object}${where}, and nobody can unlock it any more`;
    case 'cond':
      return `waits in \`${text}\`${where}, and nobody can signal any more`;
    case 'once':
      return `waits in \`${text}\`${where} for a call that never ends`;
    case 'panic-send-closed':
      return `sends on ${object}${where}, which is closed, and panics`;
    case 'panic-close-closed':
      return `calls \`${text}\`${where} a second time, and panics`;
    case 'panic-negative-waitgroup':
      return `calls \`${text}\`${where} while the counter is 0, and panics`;
  }
}

/** The innermost loop around a place. */
export function loopAround(place: SourceSite): Node | undefined {
  return nodesAround(place.file, place.range).findLast((node) => node.kind === 'ForStmt' || node.kind === 'RangeStmt');
}
