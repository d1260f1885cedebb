/**
 * A smaller program for a function that is too large to be searched with everything it calls.
 *
 * Only bodies are seen that may have to do with what the function itself makes: its own literals, functions that are given
 * a channel or lock of its (or something that leads to one), and small helpers. Every other call counts as one of code that
 * cannot be seen: it takes any time and returns anything. What such a call keeps to itself can neither receive from nor
 * send to what the function made, so who is stuck at that is stuck in the whole program, too, as far as the call can return
 * what the path takes it to return.
 */
import { meaningOf, slotAt } from '../instructions.ts';
import { type CodeRef, type Hint, type Instruction, literalName, type Slot } from '../ir.ts';
import { contents } from '../operation.ts';
import { mayReturn } from '../returning.ts';
import { leadingTo, leadingToMade, spreadHome } from './made.ts';
import type { ObjectId } from './points.ts';
import { type Slice, sliceUnits } from './slice.ts';
import { collectSome, type MethodFinder, type Units } from './units.ts';
import { unseenRef } from './unseen.ts';

/** Bodies up to this size are always seen: they cost little and often decide whether a way is taken. */
const smallBody = 40;

/** What stands for a method of a library that is deferred or handed on, `defer mu.Unlock()`, belongs to the text. */
const singleCall = 3;

/** Each round sees the functions that those of the round before hand something to. */
const maxRounds = 4;

/**
 * What a narrow search is about: all that the function makes, or only what its own text makes by itself. `text`: the same,
 * and of other functions only what they are given is known, so that they may do anything with it.
 */
export type Scope = 'made' | 'own' | 'text';

/** What counts as text of the entry. */
export interface OwnText {
  readonly functions: readonly CodeRef[];
  /** Names of fields that no other function reaches. */
  readonly fields?: ReadonlySet<string>;
}

/** Undefined when what it makes goes through too many hands. */
export function narrowEntry(
  entry: CodeRef,
  hints: readonly Hint[],
  method: MethodFinder,
  scope: Scope,
  { functions: own, fields }: OwnText = { functions: [] },
): Slice | undefined {
  const entered = new Set<CodeRef>(own);
  const isText = (ref: CodeRef): boolean =>
    ref.site.file === undefined ||
    ref.name === literalName ||
    own.includes(ref) ||
    hasAtMost(ref, singleCall) ||
    !mayReturn(ref);
  if (scope === 'text') {
    const units = collectSome(entry, hints, method, isText);
    const leading = units && (own.length === 0 ? leadingToOwn(units) : leadingToAny(units));
    return (
      leading && sliceUnits(units, entry, method, { leading, unseen: unseenRef, ...(fields && { owned: fields }) })
    );
  }
  const enters = (ref: CodeRef): boolean => isText(ref) || entered.has(ref) || hasAtMost(ref, smallBody);
  for (let round = 0; round < maxRounds; round += 1) {
    const units = collectSome(entry, hints, method, enters);
    if (!units) return undefined;
    const leading = scope === 'own' ? leadingToOwn(units) : leadingToAny(units);
    const more = givenMade(units, leading).filter((ref) => !entered.has(ref));
    if (more.length === 0) return sliceUnits(units, entry, method, { leading, unseen: unseenRef, narrow: true });
    for (const ref of more) entered.add(ref);
  }
  return undefined;
}

function leadingToAny({ points }: Units): ReadonlySet<ObjectId> {
  spreadHome(points);
  return leadingToMade(points);
}

/** What leads to channels, contexts and groups that the function or a literal of it makes as values of their own. */
function leadingToOwn(units: Units): ReadonlySet<ObjectId> {
  const own = new Set<ObjectId>();
  for (const unit of units.list) {
    const { ref, instructions } = unit.code;
    if (unit !== units.entry && ref.site.file !== undefined && ref.name !== literalName) continue;
    for (const instruction of instructions) {
      const slot = madeBy(instruction);
      if (slot === undefined) continue;
      const made = units.objectOf(unit, slot);
      own.add(made);
      const done = units.points.factsIfAny(made)?.contents.get(contents.done);
      if (done !== undefined) own.add(units.points.object(done));
    }
  }
  return leadingTo(units.points, (object) => own.has(object));
}

/** The slot of a channel, timer, context or group that an instruction makes as a value of its own. */
function madeBy(instruction: Instruction): Slot | undefined {
  const isGroup =
    'object' in instruction && typeof instruction.object === 'object' && instruction.object.kind === 'waitgroup';
  return meaningOf(instruction).makes === 'sync' || isGroup ? slotAt(instruction, 'dst') : undefined;
}

/** Functions that are called with something that leads to what the program at hand makes. */
function givenMade(units: Units, leading: ReadonlySet<ObjectId>): readonly CodeRef[] {
  return units.list.flatMap((unit) =>
    unit.code.instructions.flatMap((instruction, at) => {
      if (!('callee' in instruction) || instruction.callee.kind !== 'static') return [];
      if (units.callAt(unit, at)?.open !== true) return [];
      return instruction.args.some((slot) => leading.has(units.objectOf(unit, slot))) ? [instruction.callee.code] : [];
    }),
  );
}

function hasAtMost(ref: CodeRef, instructions: number): boolean {
  const code = ref.resolve();
  return code !== undefined && code.instructions.length <= instructions;
}
