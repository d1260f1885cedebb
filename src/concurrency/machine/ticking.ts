/**
 * Goroutines that are awake forever: a loop around a `select` that only time (a timer, or `default`) makes go on, and
 * whose ways out all wait for something that nobody will do.
 *
 * Such a process is never blocked, yet as far as its ways out go it is no more alive than a blocked one. What it does
 * between two ticks may help others, so of what it holds that much counts as used by it: the slots that its round reads.
 * Of the channels of its ways out it must do nothing in that round but wait for them.
 */
import {
  definedSlots,
  isComputation,
  meaningOf,
  sourceOf,
  successors,
  usedSlots,
  writtenSlots,
} from '../instructions.ts';
import type { Code, Instruction, SelectCase, Slot } from '../ir.ts';
import { mayFire } from './context.ts';
import { eachHeld } from './object.ts';
import { mayLeave } from './outside.ts';
import { type Frame, objectAt, type Process, type State, topOf } from './state.ts';
import { resolve } from './symbolic.ts';
import { isRef, type Ref, type Value } from './value.ts';

/** A process that only time keeps going. */
export interface Ticking {
  /** What it can still use as long as none of its ways out opens. */
  readonly uses: readonly Value[];
  /** The arms that lead out. */
  readonly exits: readonly SelectCase[];
}

/** The instructions of one round: from the arms that time opens back to the select. */
interface Round {
  readonly instructions: readonly Instruction[];
}

/**
 * Of a goroutine that stands in front of a `select`; undefined when something other than time may make it leave.
 *
 * @param leavers roles in which the outside has left what it knows
 */
export function tickingAt(state: State, process: Process, leavers = 0): Ticking | undefined {
  const frame = topOf(process);
  const select = frame.code.instructions[frame.pc];
  if (process.start === undefined || select === undefined || !('cases' in select) || frame.mode !== 'run')
    return undefined;
  const timed = select.cases.filter((arm) => isTimed(state, frame, arm));
  const exits = select.cases.filter((arm) => !timed.includes(arm));
  if (timed.length === 0 && select.default === undefined) return undefined;
  const ends = exits.filter((arm) => {
    const ref = refAt(state, frame, arm.chan);
    return ref !== undefined && !isTimer(state, ref);
  });
  if (ends.length === 0 || !exits.every((arm) => isShut(state, frame, arm, leavers))) return undefined;
  const round = roundFrom(frame.code, frame.pc, [
    ...timed.map((arm) => arm.target),
    ...(select.default === undefined ? [] : [select.default]),
  ]);
  return round && usesOf(state, frame, round, exits);
}

function refAt(state: State, frame: Frame, slot: Slot): Ref | undefined {
  const value = resolve(state, frame.slots[slot] ?? null);
  return isRef(value) ? value : undefined;
}

function isTimed(state: State, frame: Frame, arm: SelectCase): boolean {
  const ref = arm.kind === 'recv' ? refAt(state, frame, arm.chan) : undefined;
  const chan = ref && objectAt(state, ref);
  return chan?.kind === 'chan' && (chan.timer === 'once' || chan.timer === 'repeats');
}

/** The channel of a timer or ticker, also of one that is stopped. */
function isTimer(state: State, ref: Ref): boolean {
  const chan = objectAt(state, ref);
  return chan?.kind === 'chan' && chan.timer !== 'no';
}

/** A receive that is not ready, and that time does not make ready. */
function isShut(state: State, frame: Frame, arm: SelectCase, leavers: number): boolean {
  if (arm.kind !== 'recv') return false;
  const value = resolve(state, frame.slots[arm.chan] ?? null);
  if (value === null) return true;
  const chan = isRef(value) ? objectAt(state, value) : undefined;
  if (chan?.kind !== 'chan' || chan.closed || chan.buffer.length > 0) return false;
  // Of the outside only contexts are taken to be left: who has a stop channel means to close it.
  if (chan.context === undefined) return leavers === 0;
  return mayFire(state, chan.context).every((at) => mayLeave(objectAt(state, at), leavers));
}

const rounds = new WeakMap<Code, Map<string, Round | 'leaves'>>();

/** The round, when every way from the targets leads back to the select; undefined when one leaves the function. */
function roundFrom(code: Code, select: number, targets: readonly number[]): Round | undefined {
  const known = rounds.get(code) ?? new Map<string, Round | 'leaves'>();
  rounds.set(code, known);
  const key = `${select} ${targets.join(' ')}`;
  const round = known.get(key) ?? walkRound(code, select, targets);
  known.set(key, round);
  return round === 'leaves' ? undefined : round;
}

function walkRound(code: Code, select: number, targets: readonly number[]): Round | 'leaves' {
  const seen = new Set<number>([select]);
  const queue = [...targets];
  const instructions: Instruction[] = [];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const instruction = code.instructions[at];
    const next = instruction && successors(instruction, at);
    if (!instruction || !next || next.length === 0) return 'leaves';
    instructions.push(instruction);
    queue.push(...next);
  }
  return { instructions };
}

/** What the round uses; undefined when it may touch what its ways out wait for, or wait for something else next time. */
function usesOf(
  state: State,
  frame: Frame,
  { instructions }: Round,
  exits: readonly SelectCase[],
): Ticking | undefined {
  const awaited = awaitedSlots(state, frame, instructions, exits);
  const made = new Set(instructions.flatMap((each) => (passesOn(each, awaited) ? [] : writtenSlots(each))));
  if (exits.some(({ chan }) => made.has(chan))) return undefined;
  const read = new Set<Slot>();
  for (const instruction of instructions) {
    const slots = usedSlots(instruction);
    if (slots.some((slot) => awaited.has(slot)) && !onlyWaits(instruction, awaited)) return undefined;
    for (const slot of slots) if (!awaited.has(slot)) read.add(slot);
  }
  return { uses: [...read].map((slot) => frame.slots[slot] ?? null), exits };
}

/** Slots from which the channels of the exits can be reached, now or after a round. */
function awaitedSlots(
  state: State,
  frame: Frame,
  instructions: readonly Instruction[],
  exits: readonly SelectCase[],
): ReadonlySet<Slot> {
  const objects = new Set<number>();
  for (const { chan } of exits) {
    const ref = refAt(state, frame, chan);
    if (ref === undefined) continue;
    objects.add(ref.id);
    const of = objectAt(state, ref);
    if (of?.kind === 'chan' && of.context !== undefined) objects.add(of.context.id);
  }
  const slots = new Set<Slot>();
  frame.slots.forEach((value, slot) => {
    if (reaches(state, value ?? null, objects)) slots.add(slot);
  });
  for (let before = -1; before !== slots.size; ) {
    before = slots.size;
    for (const each of instructions) if (passesOn(each, slots)) for (const slot of definedSlots(each)) slots.add(slot);
  }
  return slots;
}

function reaches(state: State, from: Value, objects: ReadonlySet<number>): boolean {
  const seen = new Set<number>();
  const queue: Value[] = [from];
  for (let value = queue.pop(); value !== undefined; value = queue.pop()) {
    const known = resolve(state, value);
    if (!isRef(known) || seen.has(known.id)) continue;
    if (objects.has(known.id)) return true;
    seen.add(known.id);
    const object = objectAt(state, known);
    if (object) eachHeld(object, (held) => queue.push(held));
  }
  return false;
}

/** The instruction reads the channel (or what holds it) anew, as the loop does before each `select`. */
function passesOn(instruction: Instruction, awaited: ReadonlySet<Slot>): boolean {
  const source = sourceOf(instruction);
  return source !== undefined && awaited.has(source.slot);
}

/** Nothing that opens a way out, changes what is waited for or gives it to others. */
function onlyWaits(instruction: Instruction, awaited: ReadonlySet<Slot>): boolean {
  if ('cases' in instruction) return instruction.cases.every((arm) => arm.kind === 'recv' || !sends(arm, awaited));
  const { act, flows, targets } = meaningOf(instruction);
  if (act === 'receive' || (act === 'ask' && flows === undefined)) return true;
  return isComputation(instruction) || targets !== undefined || passesOn(instruction, awaited);
}

function sends(arm: SelectCase, awaited: ReadonlySet<Slot>): boolean {
  return awaited.has(arm.chan) || (arm.value !== undefined && awaited.has(arm.value));
}
