/**
 * What a search of one entry has to run: the codes that the entry reaches, reduced to the instructions that can decide
 * whether a process is stuck for ever. Sliced codes keep names, sites and the order of what they hold.
 */
import type { Code, CodeRef, Hint } from '../ir.ts';
import { keepRealLocks } from './leaf-locks.ts';
import { leadingToMade, spreadHome } from './made.ts';
import { Needs } from './needs.ts';
import { rewrite } from './rewrite.ts';
import { rootsOf } from './roots.ts';
import { collectUnits, type MethodFinder, type Unit } from './units.ts';

export interface Slice {
  readonly entry: CodeRef;
  method(typeName: string, name: string): CodeRef | undefined;
  /** False when nothing in the entry can be stuck: no search is needed. */
  readonly relevant: boolean;
}

/** More instructions than this are not looked at as a whole; the entry is then run as it is. */
const largestProgram = 400_000;

/** @param hints of the entry's parameters, receiver first */
export function sliceEntry(entry: CodeRef, hints: readonly Hint[], method: MethodFinder): Slice {
  const units = collectUnits(entry, hints, method, largestProgram);
  if (!units) return { entry, method, relevant: true };
  spreadHome(units.points);
  const roots = rootsOf(units, leadingToMade(units.points));
  const needs = new Needs(units, roots);
  needs.start();
  keepRealLocks(needs);
  const refs = new Map<CodeRef, CodeRef>();
  const refOf = (ref: CodeRef): CodeRef => {
    const unit = units.unitOf(ref);
    if (!unit) return ref;
    let sliced = refs.get(ref);
    if (!sliced) {
      sliced = slicedRef(ref, unit, needs, refOf);
      refs.set(ref, sliced);
    }
    return sliced;
  };
  const slicedMethod: MethodFinder = (typeName, name) => {
    const ref = method(typeName, name);
    return ref && refOf(ref);
  };
  return { entry: refOf(entry), method: slicedMethod, relevant: units.list.some((unit) => needs.keptOf(unit).waits) };
}

function slicedRef(ref: CodeRef, unit: Unit, needs: Needs, refOf: (ref: CodeRef) => CodeRef): CodeRef {
  let code: Code | undefined;
  const sliced: CodeRef = {
    id: ref.id,
    name: ref.name,
    site: ref.site,
    whole: ref,
    resolve: () => {
      code ??= rewrite(needs, unit, sliced, refOf);
      return code;
    },
  };
  return sliced;
}
