/**
 * What a kept instruction needs of its operands, told by the table of operations. Some operands are needed only when
 * somebody needs what becomes of them: the value that is stored, sent or captured, the arguments of a call.
 */
import {
  contentName,
  type Invocation,
  isInvocation,
  meaningOf,
  type Part,
  partsOf,
  putsOf,
  slotAt,
  slotsAt,
  storesOf,
  usedSlots,
  watchedBy,
} from '../instructions.ts';
import type { Instruction, Slot } from '../ir.ts';
import { contents, lockOfCond } from '../operation.ts';
import type { Needs } from './needs.ts';
import type { ObjectId, ValueId } from './points.ts';
import type { Place, Unit } from './units.ts';

/** An instruction writes a slot that is needed: so are the contents that decide what it writes there. */
export function needConsulted(needs: Needs, unit: Unit, instruction: Instruction, slot: Slot): void {
  for (const part of partsOf(instruction)) {
    const { consults = [], points, writes = [] } = meaningOf(part);
    if (!writes.some((name) => slotsAt(part, name).includes(slot))) continue;
    for (const content of consults) {
      if (content.for !== undefined && slotAt(part, content.for) !== slot) continue;
      needs.needContent(objectAt(needs, unit, part, content.in), contentName(part, content));
    }
    if (points !== undefined) needs.needContent(objectAt(needs, unit, part, points), contents.target);
  }
}

/** The operands that a kept write puts under a needed name. */
export function needWritten(needs: Needs, unit: Unit, at: number, name: string, value: ValueId): void {
  const instruction = unit.code.instructions[at] as Instruction;
  if (isInvocation(instruction)) {
    needs.keepWriting(unit, at, value);
    return;
  }
  const { arms } = meaningOf(instruction);
  for (const part of partsOf(instruction)) {
    for (const { to, from } of storesOf(part)) {
      const isOther = (to.name === contents.element || to.name === contents.key) && to.name !== name;
      if (isOther || (arms === true && !needs.isContentNeeded(objectAt(needs, unit, part, to.in), name))) continue;
      needs.needSlots(unit, slotsAt(part, from));
    }
  }
}

/** Operands of a kept instruction that it needs. */
export function needOperands(needs: Needs, unit: Unit, instruction: Instruction, at: number): void {
  const { calls, ends } = meaningOf(instruction);
  // Which of the values of a return are needed is known from the results; what a panic carries plays no part.
  if (ends !== undefined) return;
  if (isInvocation(instruction)) needArguments(needs, unit, instruction, at);
  else if ('captures' in instruction) needCaptures(needs, unit, instruction);
  else if (calls !== undefined) needs.needSlots(unit, usedSlots(instruction));
  else for (const part of partsOf(instruction)) needPart(needs, unit, part);
  for (const part of partsOf(instruction)) {
    const watched = watchedBy(part);
    if (watched !== undefined) needs.watch(needs.units.objectOf(unit, watched));
  }
}

function needPart(needs: Needs, unit: Unit, part: Part): void {
  const { reads = [], consults = [], points } = meaningOf(part);
  const stores = storesOf(part).filter(({ to }) => to.name !== contents.key);
  const stored = new Set(stores.map(({ from }) => from));
  for (const name of reads) if (!stored.has(name)) needs.needSlots(unit, slotsAt(part, name));
  if (points !== undefined && putsOf(part).length > 0)
    needs.needContent(objectAt(needs, unit, part, points), contents.target);
  for (const content of consults)
    if (content.name === lockOfCond) needLock(needs, objectAt(needs, unit, part, content.in));
  for (const { to, from } of stores) {
    const name = contentName(part, to);
    for (const slot of slotsAt(part, from)) {
      const leads = needs.roots.leading.has(needs.units.objectOf(unit, slot));
      if (leads || needs.isContentNeeded(objectAt(needs, unit, part, to.in), name)) needs.needSlot(unit, slot);
    }
  }
}

function objectAt({ units }: Needs, unit: Unit, part: Part, name: string): ObjectId {
  return units.objectOf(unit, slotAt(part, name) as Slot);
}

/** Who waits for a condition takes its lock again. */
function needLock(needs: Needs, cond: ObjectId): void {
  const { points } = needs.units;
  needs.needContent(cond, lockOfCond);
  needs.watch(points.object(points.content(cond, lockOfCond)));
}

function needLeading(needs: Needs, unit: Unit, slots: readonly Slot[]): void {
  const { units, roots } = needs;
  for (const slot of slots) if (roots.leading.has(units.objectOf(unit, slot))) needs.needSlot(unit, slot);
}

function needCaptures(
  needs: Needs,
  unit: Unit,
  { code, captures }: Extract<Instruction, { readonly captures: readonly Slot[] }>,
): void {
  needLeading(needs, unit, captures);
  const target = needs.units.unitOf(code);
  captures.forEach((slot, index) => {
    if (!target || needs.isNeeded(target, index)) needs.needSlot(unit, slot);
  });
}

function needArguments(needs: Needs, unit: Unit, instruction: Invocation, at: number): void {
  const { callee, args } = instruction;
  const call = needs.units.callAt(unit, at);
  if (call?.open === true) {
    if (call.targets.size > 0 || meaningOf(instruction).calls !== 'now') {
      if (callee.kind === 'value') needs.needSlot(unit, callee.slot);
      if (callee.kind === 'method') needs.needSlots(unit, args.slice(0, 1));
    }
    needLeading(needs, unit, callee.kind === 'value' ? [callee.slot, ...args] : args);
  }
  for (const [target, { shift }] of call?.targets ?? []) {
    const { captureCount, paramCount } = target.code;
    args.forEach((slot, index) => {
      const input = shift + index;
      if (input < captureCount + paramCount && needs.isNeeded(target, input)) needs.needSlot(unit, slot);
    });
  }
}

/** A slot that is needed holds a parameter or a captured value: those who call the code, or make it, need what they give. */
export function needFromCallers(needs: Needs, unit: Unit, slot: Slot): void {
  if (slot >= unit.code.captureCount + unit.code.paramCount) return;
  const need = (place: Place, property: string, index: number): void => {
    const instruction = place.unit.code.instructions[place.at] as Instruction;
    const given = needs.isKept(place.unit, place.at) ? slotsAt(instruction, property)[index] : undefined;
    if (given !== undefined) needs.needSlot(place.unit, given);
  };
  for (const site of unit.callers) need(site, 'args', slot - site.shift);
  for (const maker of unit.makers) need(maker, 'captures', slot);
}
