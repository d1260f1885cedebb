/**
 * Control flow of one code: which branches decide whether an instruction runs, and where the ways of a branch meet again.
 *
 * Ways that only end the whole program (exit, a panic that nobody recovers) are left out: nothing after them is a leak, so
 * they decide nothing. An endless loop counts as if it could be left at its head, as is usual for postdominance.
 */

import { work } from '../../work/meter.ts';
import { meaningOf, successors } from '../instructions.ts';
import type { Code, Instruction } from '../ir.ts';

export interface Flow {
  /** Successors, without those that only end the program where there are others; the index behind the last instruction stands for the end. */
  readonly next: readonly (readonly number[])[];
  /** Whether every way from here ends the program. */
  readonly doomed: Uint8Array;
  /** Where all ways from an instruction meet next; the index behind the last instruction stands for the end. */
  readonly meets: Int32Array;
  /** The instructions of several successors that decide whether an instruction runs. */
  readonly deciders: readonly (readonly number[])[];
  /** Whether the instruction can run again. */
  readonly looping: Uint8Array;
  /** Whether some way leads to the end of the function: nothing behind a call of it is reached otherwise. */
  readonly returns: boolean;
}

const known = new WeakMap<Code, Flow>();
const knownWithPanics = new WeakMap<Code, Flow>();

/** @param panicsReturn whether somebody may recover a panic, so that it is a way out of the function */
export function flowOf(code: Code, panicsReturn: boolean): Flow {
  const cache = panicsReturn ? knownWithPanics : known;
  let flow = cache.get(code);
  if (!flow) {
    flow = computeFlow(code, panicsReturn);
    cache.set(code, flow);
  }
  return flow;
}

function computeFlow(code: Code, panicsReturn: boolean): Flow {
  const { instructions } = code;
  work(instructions.length * 4);
  const end = instructions.length;
  const all = instructions.map((instruction, at) => {
    const { ends } = meaningOf(instruction);
    if (ends === 'function' || ends === 'process') return [end];
    if (ends === 'panic') return panicsReturn ? [end] : [];
    return successors(instruction, at).filter((target, index, list) => list.indexOf(target) === index);
  });
  const looping = loopsIn(all);
  const doomed = new Uint8Array(end + 1);
  const hopes = reaching(all, [
    end,
    ...instructions.flatMap((instruction, at) => (looping[at] === 1 || mayBlock(instruction) ? [at] : [])),
  ]);
  for (let at = 0; at < end; at += 1) if (hopes[at] === 0) doomed[at] = 1;
  const next = all.map((list) => {
    const alive = list.filter((target) => doomed[target] !== 1);
    return alive.length > 0 ? alive : list;
  });
  // What ends the program after an operation decides nothing any more.
  const ways = next.map((list, at) =>
    doomed[at] !== 1 && list.every((target) => doomed[target] === 1) ? [end] : list,
  );
  const meets = postdominators(ways, end);
  const returns = reaching(all, [end])[0] === 1;
  return { next, doomed, meets, deciders: decidersOf(ways, meets), looping, returns };
}

/** Whether a process may be stuck in an instruction, or start one that is. */
function mayBlock(instruction: Instruction): boolean {
  const { blocks, calls } = meaningOf(instruction);
  if (blocks === true || calls === 'goroutine') return true;
  if (calls !== 'now' || !('callee' in instruction)) return false;
  const { callee } = instruction;
  return callee.kind === 'value' || (callee.kind === 'static' && callee.code.resolve() !== undefined);
}

/** 1 for everything from which one of the targets can be reached. */
function reaching(next: readonly (readonly number[])[], targets: readonly number[]): Uint8Array {
  const before = reversed(next, next.length + 1);
  const found = new Uint8Array(next.length + 1);
  const open = [...targets];
  for (const at of open) found[at] = 1;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const from of before[at] ?? []) {
      if (found[from] === 1) continue;
      found[from] = 1;
      open.push(from);
    }
  }
  return found;
}

function reversed(next: readonly (readonly number[])[], count: number): readonly (readonly number[])[] {
  const result: number[][] = Array.from({ length: count }, () => []);
  next.forEach((targets, at) => {
    for (const target of targets) result[target]?.push(at);
  });
  return result;
}

/** Instructions on a cycle, by Tarjan's strongly connected components with an explicit stack. */
function loopsIn(next: readonly (readonly number[])[]): Uint8Array {
  const count = next.length;
  const looping = new Uint8Array(count + 1);
  const order = new Int32Array(count + 1);
  const low = new Int32Array(count + 1);
  const open = new Uint8Array(count + 1);
  const path: number[] = [];
  let met = 0;
  for (let root = 0; root < count; root += 1) {
    if (order[root] !== 0) continue;
    const work: { readonly at: number; child: number }[] = [{ at: root, child: 0 }];
    while (work.length > 0) {
      const top = work[work.length - 1] as { readonly at: number; child: number };
      const { at } = top;
      if (top.child === 0 && order[at] === 0) {
        met += 1;
        order[at] = met;
        low[at] = met;
        open[at] = 1;
        path.push(at);
      }
      const target = next[at]?.[top.child];
      top.child += 1;
      if (target !== undefined) {
        if (order[target] === 0 && target < count) work.push({ at: target, child: 0 });
        else if (open[target] === 1) low[at] = Math.min(low[at] as number, order[target] as number);
        continue;
      }
      work.pop();
      const parent = work[work.length - 1];
      if (parent) low[parent.at] = Math.min(low[parent.at] as number, low[at] as number);
      if (low[at] !== order[at]) continue;
      const members = path.splice(path.lastIndexOf(at));
      for (const member of members) open[member] = 0;
      if (members.length > 1 || next[at]?.includes(at) === true) for (const member of members) looping[member] = 1;
    }
  }
  return looping;
}

/** Immediate postdominators (Cooper, Harvey and Kennedy: "A Simple, Fast Dominance Algorithm"). */
function postdominators(next: readonly (readonly number[])[], end: number): Int32Array {
  const ways = next.map((list) => [...list]);
  leaveEndlessLoops(ways, end);
  const before = reversed(ways, end + 1);
  const { order, number } = postorder(before, end);
  const meets = new Int32Array(end + 1).fill(-1);
  meets[end] = end;
  for (let changed = true; changed; ) {
    changed = false;
    work(order.length);
    for (let index = order.length - 2; index >= 0; index -= 1) {
      const at = order[index] as number;
      let found = -1;
      for (const target of ways[at] ?? []) {
        if (meets[target] === -1) continue;
        found = found === -1 ? target : common(meets, number, found, target);
      }
      if (found === meets[at] || found === -1) continue;
      meets[at] = found;
      changed = true;
    }
  }
  return meets;
}

function common(meets: Int32Array, number: Int32Array, x: number, y: number): number {
  let [a, b] = [x, y];
  while (a !== b) {
    work();
    while ((number[a] as number) < (number[b] as number)) a = meets[a] as number;
    while ((number[b] as number) < (number[a] as number)) b = meets[b] as number;
  }
  return a;
}

/** Gives every instruction a way to the end. */
function leaveEndlessLoops(ways: number[][], end: number): void {
  for (;;) {
    work(ways.length);
    const ends = reaching(ways, [end]);
    const lost = ways.findIndex((list, at) => ends[at] === 0 && list.length > 0);
    if (lost === -1) return;
    ways[lost]?.push(end);
  }
}

/** Postorder of a walk backwards from the end, and the position of each instruction in it. */
function postorder(
  before: readonly (readonly number[])[],
  end: number,
): { readonly order: readonly number[]; readonly number: Int32Array } {
  const number = new Int32Array(end + 1).fill(-1);
  const seen = new Uint8Array(end + 1);
  const order: number[] = [];
  const work: { readonly at: number; child: number }[] = [{ at: end, child: 0 }];
  seen[end] = 1;
  while (work.length > 0) {
    const top = work[work.length - 1] as { readonly at: number; child: number };
    const from = before[top.at]?.[top.child];
    top.child += 1;
    if (from !== undefined) {
      if (seen[from] === 1) continue;
      seen[from] = 1;
      work.push({ at: from, child: 0 });
      continue;
    }
    number[top.at] = order.push(top.at) - 1;
    work.pop();
  }
  return { order, number };
}

/** Control dependence (Ferrante, Ottenstein and Warren): from each way of a branch up to where its ways meet. */
function decidersOf(next: readonly (readonly number[])[], meets: Int32Array): readonly (readonly number[])[] {
  const deciders: number[][] = next.map(() => []);
  next.forEach((targets, at) => {
    if (targets.length < 2) return;
    for (const target of targets) {
      let runner = target;
      for (
        let steps = 0;
        runner !== meets[at] && runner >= 0 && runner < next.length && steps <= next.length;
        steps += 1
      ) {
        work();
        const list = deciders[runner];
        if (list && list[list.length - 1] !== at) list.push(at);
        runner = meets[runner] as number;
      }
    }
  });
  return deciders;
}
