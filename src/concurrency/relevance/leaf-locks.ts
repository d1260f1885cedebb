/**
 * Locks that can neither block forever nor order anything: each section they guard runs from the lock to its unlock
 * without a scheduling point in between, so in the machine it is one step with or without the lock.
 */
import { isCall, isInvocation, meaningOf } from '../instructions.ts';
import type { Code, Instruction, Slot } from '../ir.ts';
import { pathOf } from './code-facts.ts';
import type { Needs } from './needs.ts';
import type { ObjectId } from './points.ts';
import type { Place, Unit } from './units.ts';

/** An operation on a lock; `read`: as a reader. */
type OnLock = Extract<Instruction, { readonly mutex: Slot }>;

/** What an instruction does to a lock, if it is about one. */
function onLock(instruction: Instruction | undefined): 'lock' | 'tries' | 'unlock' | undefined {
  if (instruction === undefined || !('mutex' in instruction)) return undefined;
  const { act, blocks } = meaningOf(instruction);
  if (act === 'unlock') return 'unlock';
  return blocks === true ? 'lock' : 'tries';
}

/** Keeps every lock that is more than a guard of plain memory, and all that follows from it. */
export function keepRealLocks(needs: Needs): void {
  const byClass = locksByClass(needs);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [object, places] of byClass) {
      if (places.every((place) => isLeaf(needs, place))) continue;
      byClass.delete(object);
      for (const { unit, at } of places) needs.keep(unit, at);
      needs.finish();
      changed = true;
    }
  }
}

function locksByClass(needs: Needs): Map<ObjectId, Place[]> {
  const { units } = needs;
  const byClass = new Map<ObjectId, Place[]>();
  for (const unit of units.list) {
    unit.code.instructions.forEach((instruction, at) => {
      if (!('mutex' in instruction) || onLock(instruction) === 'unlock') return;
      const object = units.objectOf(unit, instruction.mutex);
      const list = byClass.get(object) ?? [];
      list.push({ unit, at });
      byClass.set(object, list);
    });
  }
  return byClass;
}

function isLeaf(needs: Needs, place: Place): boolean {
  const { unit, at } = place;
  const instruction = unit.code.instructions[at];
  if (!instruction || !('mutex' in instruction) || onLock(instruction) !== 'lock') return false;
  const { flow } = needs.keptOf(unit);
  if (flow.doomed[at] === 1) return true;
  const path = pathOf(unit.code, instruction.mutex);
  if (path === undefined) return false;
  const section: Section = {
    needs,
    unit,
    lock: instruction,
    path,
    object: needs.units.objectOf(unit, instruction.mutex),
  };
  const seen = new Set<number>();
  const work: { readonly at: number; readonly deferred: boolean }[] = (flow.next[at] ?? []).map((next) => ({
    at: next,
    deferred: false,
  }));
  for (let item = work.pop(); item; item = work.pop()) {
    const key = item.at * 2 + (item.deferred ? 1 : 0);
    if (seen.has(key) || flow.doomed[item.at] === 1) continue;
    seen.add(key);
    const step = stepOf(section, item.at, item.deferred);
    if (step === 'breaks') return false;
    if (step === 'ends') continue;
    for (const next of flow.next[item.at] ?? [])
      work.push({ at: next, deferred: step === 'deferred' || item.deferred });
  }
  return true;
}

interface Section {
  readonly needs: Needs;
  readonly unit: Unit;
  readonly lock: OnLock;
  readonly path: string;
  readonly object: ObjectId;
}

type Step = 'goes on' | 'deferred' | 'ends' | 'breaks';

/** What an instruction means for the section it stands in. */
function stepOf(section: Section, at: number, deferred: boolean): Step {
  const { needs, unit } = section;
  const instruction = unit.code.instructions[at];
  const { ends, turn, calls } = instruction ? meaningOf(instruction) : {};
  // The end of the function: deferred calls run now.
  if (!instruction || ends === 'function') return deferred && !defersWait(section) ? 'ends' : 'breaks';
  if (ends === 'process' || ends === 'panic') return deferred ? 'ends' : 'breaks';
  if ('mutex' in instruction) return stepAtLock(section, instruction, deferred);
  if (turn !== undefined && calls === undefined && needs.isKept(unit, at)) return 'breaks';
  if (!isCall(instruction)) return 'goes on';
  if (calls === 'deferred' && unlocks(section, instruction)) return 'deferred';
  return callWaits(section, at) ? 'breaks' : 'goes on';
}

function stepAtLock({ needs, unit, lock, path, object }: Section, at: OnLock, deferred: boolean): Step {
  if (onLock(at) !== 'unlock')
    return needs.roots.spawns || needs.units.objectOf(unit, at.mutex) === object ? 'breaks' : 'goes on';
  if (at.read !== lock.read || pathOf(unit.code, at.mutex) !== path) return 'goes on';
  return deferred ? 'breaks' : 'ends';
}

function callWaits({ needs, unit }: Section, at: number): boolean {
  const call = needs.units.callAt(unit, at);
  return [...(call?.targets.keys() ?? [])].some(
    (target) => needs.keptOf(target).waits || needs.roots.locking.has(target),
  );
}

/** Whether some function that is deferred anywhere in the code may wait. */
function defersWait(section: Section): boolean {
  return section.unit.code.instructions.some((instruction, at) => {
    return meaningOf(instruction).calls === 'deferred' && !unlocks(section, instruction) && callWaits(section, at);
  });
}

/** `defer mu.Unlock()`: a function of the library whose body is the unlock of its only argument. */
function unlocks({ unit, lock, path }: Section, instruction: Instruction): boolean {
  if (!isInvocation(instruction)) return false;
  const [mutex] = instruction.args;
  const code = instruction.callee.kind === 'static' ? instruction.callee.code.resolve() : undefined;
  if (!code || mutex === undefined || instruction.args.length !== 1) return false;
  return isUnlock(code, lock.read) && pathOf(unit.code, mutex as Slot) === path;
}

function isUnlock(code: Code, read: boolean): boolean {
  const [first, second] = code.instructions;
  if (code.instructions.length !== 2 || !first || !second || !('mutex' in first)) return false;
  return (
    onLock(first) === 'unlock' && first.mutex === 0 && first.read === read && meaningOf(second).ends === 'function'
  );
}
