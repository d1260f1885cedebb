/** The channel operations that a process stands in front of, and how it goes on when one of them is chosen. */
import { isSend, meaningOf } from '../instructions.ts';
import type { SelectCase } from '../ir.ts';
import type { ChanObject } from './object.ts';
import { type Frame, objectAt, ownTop, type Process, type State, topOf } from './state.ts';
import { resolve } from './symbolic.ts';
import { type labelOf, record } from './trace.ts';
import { isRef, type Ref, type Value } from './value.ts';

/** One way in which a process wants to use a channel; `arm` is the case of a select. */
export interface Arm {
  readonly direction: 'send' | 'recv';
  /** Undefined for nil. */
  readonly chan: Ref | undefined;
  readonly arm: SelectCase | undefined;
}

export const NO_ARMS: readonly Arm[] = [];

/** The channel operations that a process stands in front of. */
export function armsOf(state: State, process: Process): readonly Arm[] {
  const frame = topOf(process);
  const instruction = frame.code.instructions[frame.pc];
  if (instruction === undefined) return NO_ARMS;
  if ('cases' in instruction)
    return instruction.cases.map((arm) => ({ direction: arm.kind, chan: chanIn(state, frame, arm.chan), arm }));
  const direction = directions[meaningOf(instruction).act ?? ''];
  if (direction === undefined || !('chan' in instruction)) return NO_ARMS;
  return [{ direction, chan: chanIn(state, frame, instruction.chan), arm: undefined }];
}

const directions: Readonly<Record<string, Arm['direction']>> = { send: 'send', receive: 'recv' };

function chanIn(state: State, frame: Frame, slot: number): Ref | undefined {
  const value = resolve(state, frame.slots[slot] ?? null);
  return isRef(value) ? value : undefined;
}

export function chanAt(state: State, ref: Ref | undefined): ChanObject | undefined {
  const object = ref === undefined ? undefined : objectAt(state, ref);
  return object?.kind === 'chan' ? object : undefined;
}

export type Circumstance = {
  readonly fromClosed?: boolean;
  readonly fromTimer?: boolean;
  readonly fromOutside?: boolean;
};

export function tell(
  state: State,
  process: Process,
  arm: Arm,
  ref: Ref,
  how: Circumstance & { readonly partner?: ReturnType<typeof labelOf> },
): void {
  if (!state.recording) return;
  const object = state.heap[ref.id]?.serial ?? 0;
  if (arm.arm === undefined) record(state, process, { kind: arm.direction, object, ...how });
  else record(state, process, { kind: 'select', arm: arm.arm.site, object, ...how });
}

export function valueToSend(state: State, process: Process, arm: Arm): Value {
  const frame = topOf(process);
  const instruction = frame.code.instructions[frame.pc];
  const slot =
    arm.arm !== undefined ? arm.arm.value : instruction && isSend(instruction) ? instruction.value : undefined;
  return slot === undefined ? null : resolve(state, frame.slots[slot] ?? null);
}

export function passSend(state: State, process: Process, arm: Arm): void {
  const frame = ownTop(state, process);
  frame.pc = arm.arm === undefined ? frame.pc + 1 : arm.arm.target;
}

export function passRecv(state: State, process: Process, arm: Arm, value: Value, ok: boolean): void {
  const frame = ownTop(state, process);
  const instruction = frame.code.instructions[frame.pc];
  const into = arm.arm ?? (instruction && 'range' in instruction ? instruction : undefined);
  if (into?.dst !== undefined) frame.slots[into.dst] = value;
  if (into?.ok !== undefined) frame.slots[into.ok] = ok;
  frame.pc = arm.arm === undefined ? frame.pc + 1 : arm.arm.target;
}
