/** How a stuck process is reported: at which operation it stands, and on what it waits. */
import { meaningOf, slotAt } from '../instructions.ts';
import type { Instruction, SelectCase, Site, Slot } from '../ir.ts';
import type { StuckKind, StuckProcess } from '../leak.ts';
import { armsOf } from './arms.ts';
import { contextAt, lineOf } from './context.ts';
import { eachHeldByProcess } from './held.ts';
import { condLockOf, refIn } from './locks.ts';
import { eachHeld } from './object.ts';
import { rolesOf } from './outside.ts';
import { objectAt, type Process, type State, topOf } from './state.ts';
import { resolve } from './symbolic.ts';
import { tickingAt } from './ticking.ts';
import { callersOf, labelOf, siteOf } from './trace.ts';
import { isRef, type Ref, type Value } from './value.ts';

/** How a stuck process is reported. */
export function describeStuck(state: State, process: Process, leavers = 0): StuckProcess {
  const { kind, object, arms } = stuckAt(state, process);
  const ticking = tickingAt(state, process, leavers);
  const code = topOf(process).code.ref;
  const held = object === undefined ? undefined : objectAt(state, object);
  const heldAt = held !== undefined && 'heldAt' in held ? held.heldAt : undefined;
  return {
    process: labelOf(process),
    kind,
    site: siteOf(process),
    callers: callersOf(process),
    ...(held === undefined ? {} : { object: held.serial }),
    ...(held?.site === undefined ? {} : { madeAt: held.site }),
    ...(arms === undefined ? {} : { arms }),
    ...(code.site.file === undefined ? { library: code.name } : {}),
    ...(ticking === undefined ? {} : { ticking: ticking.exits.map((arm) => arm.site) }),
    ...(heldAt === undefined ? {} : { heldAt }),
    ...(isForgotten(state, process, kind) ? { forgotten: true } : {}),
  };
}

/** It wants to receive from a channel that nobody else holds any more, in a `select` perhaps beside others. */
function isForgotten(state: State, process: Process, kind: StuckKind): boolean {
  if (kind !== 'recv' && kind !== 'select') return false;
  return armsOf(state, process).some(
    ({ direction, chan }) => direction === 'recv' && chan !== undefined && !isHeldBeside(state, process, chan),
  );
}

/** Whether a process other than this one still holds an object, or something from which it can be reached. */
function isHeldBeside(state: State, process: Process, wanted: Ref): boolean {
  const seen = new Set<number>();
  const queue: Value[] = [];
  for (const other of state.processes)
    if (other.id !== process.id) eachHeldByProcess(other, (held) => queue.push(held));
  for (let value = queue.pop(); value !== undefined; value = queue.pop()) {
    const known = resolve(state, value);
    if (!isRef(known) || seen.has(known.id)) continue;
    if (known.id === wanted.id) return true;
    seen.add(known.id);
    const object = objectAt(state, known);
    if (object) eachHeld(object, (held) => queue.push(held));
  }
  return false;
}

type Select = Extract<Instruction, { readonly cases: readonly SelectCase[] }>;

interface StuckAt {
  readonly kind: StuckKind;
  readonly object?: Ref | undefined;
  readonly arms?: readonly Site[];
}

function stuckAt(state: State, process: Process): StuckAt {
  const frame = topOf(process);
  const instruction = frame.code.instructions[frame.pc];
  if (instruction === undefined) return { kind: 'select' };
  if ('cases' in instruction) return selectAt(state, process, instruction);
  const { on, kind } = meaningOf(instruction);
  const object = on === undefined ? undefined : refIn(state, process, slotAt(instruction, on) as Slot);
  if (kind === 'cond' && process.waiting === 'relock') return { kind: 'lock', object: condLockOf(state, object) };
  return { kind: kindAt(instruction, object), object };
}

/** What a process that is stuck in an operation is called, by what it does to which object. */
function kindAt(instruction: Instruction, object: Ref | undefined): StuckKind {
  const { act, kind } = meaningOf(instruction);
  if (act === 'send') return object === undefined ? 'nil-send' : 'send';
  if (act === 'receive')
    return object === undefined ? 'nil-recv' : 'range' in instruction && instruction.range ? 'range' : 'recv';
  if (act === 'lock') return 'read' in instruction && instruction.read ? 'rlock' : 'lock';
  if (act === 'once') return 'once';
  return kind === 'cond' ? 'cond' : 'wait';
}

/** A select of one arm and no default is that operation, to Go as well. */
function selectAt(state: State, process: Process, { cases, default: otherwise }: Select): StuckAt {
  const [only] = cases;
  const arms = cases.map((arm) => arm.site);
  if (only === undefined || cases.length > 1 || otherwise !== undefined) return { kind: 'select', arms };
  const object = refIn(state, process, only.chan);
  return object === undefined ? { kind: `nil-${only.kind}`, arms } : { kind: only.kind, object, arms };
}

/** The same, when it hangs on the outside: with the ways in which the outside knows what it left. */
export function describeLeft(state: State, process: Process, leavers: number): StuckProcess {
  let bits = 0;
  for (const { chan } of armsOf(state, process)) {
    const object = chan === undefined ? undefined : objectAt(state, chan);
    bits |= object?.known ?? 0;
    if (object?.kind !== 'chan' || object.context === undefined) continue;
    for (const at of lineOf(state, object.context)) bits |= contextAt(state, at)?.known ?? 0;
  }
  return { ...describeStuck(state, process, leavers), outside: rolesOf(bits) };
}

/** What makes two stuck operations the same one. */
export function stuckKey(stuck: StuckProcess): string {
  const { file, range } = stuck.site;
  return `${stuck.kind} ${stuck.process.code.id} ${file?.path ?? ''} ${range.start} ${range.end}`;
}
