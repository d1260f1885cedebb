/**
 * Whether a function may come to its end. Callees are looked at only where no way goes around them: most functions are known to
 * return from a few instructions of their own, so that little of what they call has to be lowered for this question.
 */
import { work } from '../work/meter.ts';
import { callsNow, meaningOf, successors } from './instructions.ts';
import type { Code, CodeRef, Instruction } from './ir.ts';

/** Functions that are looked at for one answer; beyond, they count as returning. */
const maxFunctions = 400;

const known = new WeakMap<CodeRef, boolean>();

/** False when nothing that stands behind a call of the function is ever reached; what cannot be seen may return. */
export function mayReturn(ref: CodeRef): boolean {
  return new Question().ask(ref).returns;
}

/** `lowest`: the outermost function under way whose answer this one hangs on; its own depth or more when it hangs on none. */
interface Answer {
  readonly returns: boolean;
  readonly lowest: number;
}

class Question {
  /** Functions under way, by their depth: as long as nothing else is known, they do not return. */
  readonly #open = new Map<CodeRef, number>();
  #asked = 0;

  ask(slice: CodeRef): Answer {
    const ref = slice.whole ?? slice;
    const depth = this.#open.size;
    const under = this.#open.get(ref);
    if (under !== undefined) return { returns: false, lowest: under };
    const found = known.get(ref);
    if (found !== undefined) return { returns: found, lowest: depth };
    this.#asked += 1;
    const code = this.#asked > maxFunctions ? undefined : ref.resolve();
    if (!code) return { returns: true, lowest: depth };
    this.#open.set(ref, depth);
    const answer = this.#look(code, depth);
    this.#open.delete(ref);
    if (answer.returns || answer.lowest >= depth) known.set(ref, answer.returns);
    return answer;
  }

  #look(code: Code, depth: number): Answer {
    const walk = new Walk(code);
    let lowest = depth;
    for (;;) {
      if (walk.toEnd()) return { returns: true, lowest: depth };
      const call = walk.nextCall();
      if (call === undefined) return { returns: false, lowest };
      const callee = this.ask(call.callee);
      if (callee.returns) walk.goOn(call.at);
      else lowest = Math.min(lowest, callee.lowest);
    }
  }
}

/** The ways through a code, which stop in front of calls of functions that may be seen. */
class Walk {
  readonly #instructions: readonly Instruction[];
  readonly #seen = new Set([0]);
  readonly #work = [0];
  readonly #calls: { readonly at: number; readonly callee: CodeRef }[] = [];

  constructor({ instructions }: Code) {
    this.#instructions = instructions;
    work(instructions.length);
  }

  /** Whether a way leads to the end, around all calls that were not gone over. */
  toEnd(): boolean {
    for (let at = this.#work.pop(); at !== undefined; at = this.#work.pop()) {
      const instruction = this.#instructions[at];
      const { ends } = instruction ? meaningOf(instruction) : {};
      if (!instruction || ends === 'function' || ends === 'process') return true;
      if (callsNow(instruction) && instruction.callee.kind === 'static')
        this.#calls.push({ at, callee: instruction.callee.code });
      else this.#follow(instruction, at);
    }
    return false;
  }

  nextCall(): { readonly at: number; readonly callee: CodeRef } | undefined {
    return this.#calls.pop();
  }

  /** Over a call that returns. */
  goOn(at: number): void {
    const instruction = this.#instructions[at];
    if (instruction) this.#follow(instruction, at);
  }

  #follow(instruction: Instruction, at: number): void {
    for (const next of successors(instruction, at)) {
      if (this.#seen.has(next)) continue;
      this.#seen.add(next);
      this.#work.push(next);
    }
  }
}
