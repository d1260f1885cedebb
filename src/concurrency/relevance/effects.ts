/** What single instructions do to others: whom they let go on, whom they may wait for, and whether they change anything. */
import type { Instruction, Slot } from '../ir.ts';
import { isWaiting } from './roots.ts';
import type { Unit } from './units.ts';

/** The object whose waiters an operation lets go on. */
export function enables(instruction: Instruction): Slot | undefined {
  switch (instruction.op) {
    case 'unlock':
      return instruction.mutex;
    case 'wgAdd':
      return instruction.group;
    case 'condSignal':
      return instruction.cond;
    case 'close':
    case 'stopTimer':
    case 'send':
    case 'recv':
      return instruction.chan;
    case 'cancelContext':
      return instruction.context;
    default:
      return undefined;
  }
}

/** The object that an operation waits for, or that others may wait for together with it. */
export function watchedBy(instruction: Instruction): Slot | undefined {
  switch (instruction.op) {
    case 'recv':
    case 'close':
      return instruction.chan;
    case 'lock':
    case 'tryLock':
      return instruction.mutex;
    case 'wgWait':
    case 'wgAdd':
      return instruction.group;
    case 'condWait':
      return instruction.cond;
    case 'contextDone':
    case 'contextErr':
      return instruction.context;
    default:
      return undefined;
  }
}

export function isCall(instruction: Instruction): boolean {
  return instruction.op === 'call' || instruction.op === 'defer' || instruction.op === 'onceDo';
}

/** Whether a slot holds an object that this code has just made. */
export function isFresh(unit: Unit, slot: Slot): boolean {
  const defs = unit.facts.defs[slot] ?? [];
  return defs.length === 1 && unit.code.instructions[defs[0] ?? 0]?.op === 'new';
}

/** Whether an instruction changes anything but slots of its own frame and objects that it made. */
export function isEffect(unit: Unit, instruction: Instruction): boolean {
  switch (instruction.op) {
    case 'setField':
      return !isFresh(unit, instruction.object);
    case 'setIndex':
      return !isFresh(unit, instruction.list);
    case 'store':
      return !isFresh(unit, instruction.cell);
    case 'deleteKey':
    case 'escape':
    case 'overwrite':
    case 'go':
    case 'goexit':
    case 'panic':
    case 'unlock':
    case 'stopTimer':
    case 'cancelContext':
      return true;
    default:
      return isWaiting(instruction);
  }
}
