/** Where relevance begins: operations at which a process may be stuck forever, and what makes an object known outside. */
import { isInvocation, meaningOf, type Part, partsOf, slotAt, slotsAt, storesOf } from '../instructions.ts';
import type { Instruction, Slot } from '../ir.ts';
import type { CodeFacts } from './code-facts.ts';
import type { ObjectId } from './points.ts';
import type { Call, Unit, Units } from './units.ts';

/** Units of which a fact holds, or that may reach one through calls, starts of goroutines and deferred calls. */
function unitsReaching(units: Units, test: (facts: CodeFacts) => boolean): ReadonlySet<Unit> {
  const work = units.list.filter((unit) => test(unit.facts));
  const found = new Set(work);
  for (let unit = work.pop(); unit; unit = work.pop()) {
    for (const { unit: caller } of unit.callers) {
      if (found.has(caller)) continue;
      found.add(caller);
      work.push(caller);
    }
  }
  return found;
}

export interface Roots {
  /** Whether a goroutine that may block is started: then it counts when it waits for what comes from outside, too. */
  readonly spawns: boolean;
  /** Only what is made by the program at hand counts, and results that say no more than whether a call failed are unknown. */
  readonly narrow: boolean;
  /** Whether a panic may be recovered. */
  readonly recovers: boolean;
  /** Classes of objects that lead to a synchronisation object made here. */
  readonly leading: ReadonlySet<ObjectId>;
  /** Units that may take a lock. */
  readonly locking: ReadonlySet<Unit>;
  readonly once: ReadonlySet<Unit>;
}

export function rootsOf(units: Units, leading: ReadonlySet<ObjectId>, narrow: boolean): Roots {
  const blocking = unitsReaching(units, ({ blocks }) => blocks);
  const spawns = units.list.some((unit) =>
    unit.facts.starts.some((at) =>
      [...(units.callAt(unit, at)?.targets.keys() ?? [])].some((target) => blocking.has(target)),
    ),
  );
  const recovers = units.list.some((unit) => unit.facts.recovers);
  const locking = unitsReaching(units, ({ locks }) => locks);
  const once = unitsReaching(units, ({ asksOnce }) => asksOnce);
  return { spawns, narrow, recovers, leading, locking, once };
}

/** Whether anything is relevant by itself, as far as that can be told without the flow of control. */
export function mayHaveRoots(units: Units, roots: Roots): boolean {
  const { entry, points } = units;
  if (roots.locking.size > 0) return true;
  for (let index = 0; index < entry.code.resultCount; index += 1)
    if (roots.leading.has(points.object(entry.results + index))) return true;
  return units.list.some((unit) => unit.facts.acting.some((at) => isRoot(units, roots, unit, at, true)));
}

/** Whether an instruction is relevant by itself. Locks are decided apart. */
export function isRoot(units: Units, roots: Roots, unit: Unit, at: number, looping: boolean): boolean {
  const { points } = units;
  const instruction = unit.code.instructions[at] as Instruction;
  const leads = (slot: Slot): boolean => roots.leading.has(units.objectOf(unit, slot));
  const home = (slot: Slot): boolean => {
    if (roots.narrow) return leads(slot);
    return roots.spawns || points.factsIfAny(units.objectOf(unit, slot))?.home === true;
  };
  const { root, calls, arms, escapes = [] } = meaningOf(instruction);
  if (calls !== undefined) return isRootCall(roots, units.callAt(unit, at), leads);
  if (root === 'always') return true;
  if (root === 'recovered') return roots.recovers;
  if (root === 'looping') return looping && roots.spawns && !roots.narrow;
  const parts = partsOf(instruction);
  if (arms === true && parts.length === 0) return true;
  return (
    parts.some((part) => isRootPart(part, home, leads)) ||
    escapes.some((name) => slotsAt(instruction, name).some(leads))
  );
}

/** Whether a part operates on an object that counts, or puts something that leads to one where others may find it. */
function isRootPart(part: Part, home: (slot: Slot) => boolean, leads: (slot: Slot) => boolean): boolean {
  const { root, on, reads } = meaningOf(part);
  if (root === 'object' && on !== undefined && home(slotAt(part, on) as Slot)) return true;
  return storesOf(part).some(({ to, from }) => reads?.includes(to.in) === true && slotsAt(part, from).some(leads));
}

function isRootCall(roots: Roots, call: Call | undefined, leads: (slot: Slot) => boolean): boolean {
  const instruction = call?.unit.code.instructions[call.at];
  if (!call || !instruction) return false;
  const reached = [...call.targets.keys()];
  if ('fn' in instruction)
    return reached.some((target) => roots.once.has(target)) || (reached.length === 0 && leads(instruction.fn));
  if (!call.open || !isInvocation(instruction)) return false;
  if (instruction.args.some(leads)) return true;
  // A function value that nobody sees the body of gets to know itself.
  return reached.length === 0 && instruction.callee.kind === 'value' && leads(instruction.callee.slot);
}
