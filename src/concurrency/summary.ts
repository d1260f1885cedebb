/**
 * Effect summaries: what a function does to each value that it is given, and whether it may wait, start goroutines or never
 * end. Computed once per function, bottom-up over the calls in sight, to a fixed point where functions call each other.
 *
 * An effect on an input is also one on what the input points to through one cell. Every flow that is not followed (a value
 * stored, sent, returned, given to unseen code) counts as `ALL`, so a summary may say more than is true, and
 * never less.
 */
import { isCall, meaningOf } from './instructions.ts';
import type { Callable, Code, CodeRef, Instruction } from './ir.ts';
import { mayReturn } from './returning.ts';
import { type FieldEffect, InputUses } from './summary-inputs.ts';

export interface Summary {
  /** Effects on each input, captures first, then receiver and parameters: bits of `effects.ts`. */
  readonly inputs: readonly number[];
  /** Effects on what fields of inputs hold, as far as they are followed. */
  readonly fields: readonly FieldEffect[];
  /** It, or what it calls, may be blocked. */
  readonly blocks: boolean;
  /** It, or what it calls, starts a goroutine. */
  readonly starts: boolean;
  /** Some way leads to its end. */
  readonly returns: boolean;
}

/** Functions that are looked at for the summary of one; beyond, every effect counts as possible. */
const maxFunctions = 400;

const known = new WeakMap<CodeRef, Summary>();

/** The summary of a function; of a slice that of the whole. Undefined when its body is not known. */
export function summaryOf(slice: CodeRef): Summary | undefined {
  const ref = slice.whole ?? slice;
  const found = known.get(ref);
  if (found) return found;
  if (ref.resolve() === undefined) return undefined;
  const summaries = fixedPoint(reached(ref));
  for (const [each, summary] of summaries) known.set(each, summary);
  return summaries.get(ref);
}

/** The functions below one whose summary is not known yet, callees behind their callers. */
function reached(start: CodeRef): readonly (readonly [CodeRef, Code])[] {
  const found: (readonly [CodeRef, Code])[] = [];
  const seen = new Set([start]);
  const work = [start];
  for (let ref = work.pop(); ref && found.length < maxFunctions; ref = work.pop()) {
    const code = ref.resolve();
    if (!code) continue;
    found.push([ref, code]);
    for (const callee of calleesOf(code)) {
      if (seen.has(callee) || known.has(callee)) continue;
      seen.add(callee);
      work.push(callee);
    }
  }
  return found;
}

/** Functions that a code calls by name, and closures that it makes. */
function calleesOf({ instructions }: Code): readonly CodeRef[] {
  return instructions.flatMap((instruction) => {
    if ('captures' in instruction) return [wholeOf(instruction.code)];
    return 'callee' in instruction && instruction.callee.kind === 'static' ? [wholeOf(instruction.callee.code)] : [];
  });
}

function wholeOf(ref: CodeRef): CodeRef {
  return ref.whole ?? ref;
}

/** Nothing, until something is seen. */
function nothing({ captureCount, paramCount }: Code): Summary {
  const inputs = Array<number>(captureCount + paramCount).fill(0);
  return { inputs, fields: [], blocks: false, starts: false, returns: false };
}

/** Effects only ever grow, and there are finitely many: again until nothing is added. */
function fixedPoint(codes: readonly (readonly [CodeRef, Code])[]): ReadonlyMap<CodeRef, Summary> {
  const summaries = new Map<CodeRef, Summary>(codes.map(([ref, code]) => [ref, nothing(code)]));
  const callers = new Map<CodeRef, (readonly [CodeRef, Code])[]>();
  for (const each of codes)
    for (const callee of calleesOf(each[1])) callers.set(callee, [...(callers.get(callee) ?? []), each]);
  const ask = (ref: CodeRef): Summary | undefined => summaries.get(wholeOf(ref)) ?? known.get(wholeOf(ref));
  const waiting = new Set(codes);
  const work = [...codes];
  for (let each = work.pop(); each; each = work.pop()) {
    waiting.delete(each);
    const [ref, code] = each;
    const before = summaries.get(ref) ?? nothing(code);
    const after = summarise(code, ask);
    if (isSame(before, after)) continue;
    summaries.set(ref, after);
    for (const caller of callers.get(ref) ?? []) {
      if (waiting.has(caller)) continue;
      waiting.add(caller);
      work.push(caller);
    }
  }
  return summaries;
}

function isSame(a: Summary, b: Summary): boolean {
  if (a.blocks !== b.blocks || a.starts !== b.starts || a.returns !== b.returns) return false;
  if (a.inputs.length !== b.inputs.length || a.fields.length !== b.fields.length) return false;
  if (a.inputs.some((bits, at) => bits !== b.inputs[at])) return false;
  return a.fields.every((field) =>
    b.fields.some((one) => one.input === field.input && one.field === field.field && one.effects === field.effects),
  );
}

/** Looks up the summary of another function; undefined when its body is not in sight. */
export type Ask = (ref: CodeRef) => Summary | undefined;

function summarise(code: Code, ask: Ask): Summary {
  const below = (test: (summary: Summary) => boolean, isOpen: boolean) => (instruction: Instruction) =>
    isCall(instruction) && someCallee(instruction, ask, test, isOpen);
  const { inputs, fields } = new InputUses(code, ask).effects();
  return {
    inputs,
    fields,
    blocks: code.instructions.some(
      (instruction) => meaningOf(instruction).blocks === true || below(({ blocks }) => blocks, false)(instruction),
    ),
    starts: code.instructions.some(
      (instruction) =>
        meaningOf(instruction).calls === 'goroutine' || below(({ starts }) => starts, false)(instruction),
    ),
    returns: mayReturn(code.ref),
  };
}

/** @param isOpen the answer for a callee that is not in sight */
function someCallee(instruction: Instruction, ask: Ask, test: (summary: Summary) => boolean, isOpen: boolean): boolean {
  const callee: Callable | undefined = 'callee' in instruction ? instruction.callee : undefined;
  const summary = callee?.kind === 'static' ? ask(callee.code) : undefined;
  return summary ? test(summary) : isOpen;
}
