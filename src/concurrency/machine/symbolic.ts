/**
 * Operators over values, and answers about symbols.
 *
 * A question about a symbol is asked once: the step is run again for every answer, and the answer is remembered with the
 * state. Integers that are compared with a constant or that count something take the values 0, 1 and 2 (and one that
 * fills the rooms of channels), and where these give only one answer, one value for the other: every run found so is a run that Go can have.
 */

import { cutPath, interrupted, type Run } from './run.ts';
import { objectAt, type State } from './state.ts';
import {
  CUT,
  type Expr,
  isCut,
  isLength,
  isRef,
  isSymbolic,
  leavesOf,
  type Sym,
  type Symbolic,
  term,
  type Value,
} from './value.ts';

/** Longest string that concatenation computes. */
const MAX_STRING = 128;

/** The value with everything known about its symbols put in. */
export function resolve(state: State, value: Value): Value {
  if (!isSymbolic(value)) return value;
  const known = state.facts.get(value);
  if (known !== undefined) return known;
  if (value.tag === 'sym') return value;
  const x = resolve(state, value.x);
  const y = resolve(state, value.y);
  return x === value.x && y === value.y ? value : evaluate(state, value.operator, x, y, Number.POSITIVE_INFINITY);
}

/** `x operator y` of resolved operands; integers beyond `largest` are cut. */
export function evaluate(state: State, operator: string, left: Value, right: Value, largest: number): Value {
  const [x, y] = [zeroLike(left, right), zeroLike(right, left)];
  switch (operator) {
    case 'not':
      return negate(x);
    case '==':
      return equal(state, x, y);
    case '!=':
      return negate(equal(state, x, y));
    case '<':
      return less(x, y);
    case '>':
      return less(y, x);
    case '>=':
      return negate(less(x, y));
    case '<=':
      return negate(less(y, x));
    case 'len':
      return typeof x === 'string' ? x.length : x === null ? 0 : isSymbolic(x) ? term('len', x, null) : CUT;
    default:
      return operator.startsWith('type:') ? typeTest(state, operator, x) : arithmetic(operator, x, y, largest);
  }
}

/** The zero value of a type that is not known is nil here; beside a number, text or truth it is the zero of that. */
function zeroLike(value: Value, other: Value): Value {
  if (value !== null) return value;
  if (typeof other === 'number') return 0;
  if (typeof other === 'string') return '';
  return typeof other === 'boolean' ? false : null;
}

function negate(x: Value): Value {
  if (typeof x === 'boolean') return !x;
  if (isSymbolic(x) && x.tag === 'expr' && x.operator === 'not') return x.x;
  return isSymbolic(x) ? term('not', x, null) : CUT;
}

function equal(state: State, x: Value, y: Value): Value {
  if (isCut(x) || isCut(y)) return CUT;
  if (x === y) return true;
  if (!isSymbolic(x) && !isSymbolic(y)) return false;
  if (!isSymbolic(x)) return equal(state, y, x);
  if (typeof y === 'boolean') return y ? x : negate(x);
  if (y === null && neverNil(x)) return false;
  if (isRef(y)) {
    const object = objectAt(state, y);
    if (object === undefined || !(object.outside || object.escaped)) return false;
  }
  return term('==', x, y);
}

function neverNil(x: Symbolic): boolean {
  if (x.tag === 'expr') return true;
  return x.hint === 'bool' || x.hint === 'int' || x.hint === 'len' || x.hint === 'string';
}

function less(x: Value, y: Value): Value {
  if (isCut(x) || isCut(y)) return CUT;
  if (typeof x === 'number' && typeof y === 'number') return x < y;
  if (typeof x === 'string' && typeof y === 'string') return x < y;
  if (x === y) return false;
  return term('<', x, y);
}

function typeTest(state: State, operator: string, x: Value): Value {
  if (isSymbolic(x)) return term(operator, x, null);
  if (!isRef(x)) return false;
  const object = objectAt(state, x);
  return object?.kind === 'struct' && object.shape?.typeName === operator.slice('type:'.length);
}

function arithmetic(operator: string, x: Value, y: Value, largest: number): Value {
  if (typeof x === 'string' && typeof y === 'string' && operator === '+') {
    return x.length + y.length <= MAX_STRING ? x + y : CUT;
  }
  if (typeof x !== 'number' || typeof y !== 'number') return symbolicArithmetic(operator, x, y);
  const result = compute(operator, x, y);
  return Number.isFinite(result) && Math.abs(result) <= largest ? result : CUT;
}

function symbolicArithmetic(operator: string, x: Value, y: Value): Value {
  if (y === 0 && (operator === '+' || operator === '-')) return x;
  if (x === 0 && operator === '+') return y;
  return term(operator, x, y);
}

function compute(operator: string, x: number, y: number): number {
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return Math.trunc(x / y);
    case '%':
      return x % y;
    case '&':
      return x & y;
    case '|':
      return x | y;
    case '^':
      return x ^ y;
    case '&^':
      return x & ~y;
    case '<<':
      return y < 31 ? x * 2 ** y : Number.NaN;
    case '>>':
      return Math.floor(x / 2 ** y);
    default:
      return Number.NaN;
  }
}

/** Whether a condition holds; asks when it is not known (then the result means nothing). */
export function demandTruth(run: Run, value: Value): boolean {
  const known = resolve(run.state, value);
  if (typeof known === 'boolean') return known;
  if (isCut(known)) cutPath(run, 'unsupported', 'a branch on a number too large to count');
  if (!isSymbolic(known)) return known !== null && known !== 0 && known !== '';
  if (known.tag === 'sym') return ask(run, known, [true, false]);
  if (known.operator === 'not') return !demandTruth(run, known.x);
  const leaf = countedLeaf(known);
  if (leaf !== undefined) return ask(run, leaf, choicesFor(run.state, leaf, known, counts(run)));
  return ask(run, known, [true, false]);
}

/** A number that counts something: a capacity, a delta. Asks when it is not known. */
export function demandInt(run: Run, value: Value): number {
  const known = resolve(run.state, value);
  if (typeof known === 'number') return known;
  if (isCut(known)) cutPath(run, 'unsupported', 'a count too large to follow');
  const leaf = isSymbolic(known) ? leavesOf(known)[0] : undefined;
  if (leaf !== undefined) ask(run, leaf, allowed(run.state, leaf, counts(run)));
  return 0;
}

/** The capacity of a channel. One that is not the length of something is taken to be at least 1: nobody asks for 0 so. */
export function demandCapacity(run: Run, value: Value): number {
  const known = resolve(run.state, value);
  const leaf = isSymbolic(known) ? leavesOf(known)[0] : undefined;
  if (leaf === undefined || isLength(leaf)) return demandInt(run, value);
  const choices = allowed(run.state, leaf, [1, 2]);
  ask(run, leaf, choices.length > 0 ? choices : [3]);
  return 0;
}

function ask(run: Run, about: Symbolic, answers: readonly Value[]): boolean {
  if (!interrupted(run)) run.fork = { about, answers };
  return false;
}

/** What else an answer tells: `x == c` true makes x that c. */
export function consequence(
  about: Symbolic,
  answer: Value,
): { readonly about: Sym; readonly answer: Value } | undefined {
  if (about.tag !== 'expr' || about.operator !== '==' || answer !== true) return undefined;
  if (!isSymbolic(about.x) || about.x.tag !== 'sym' || isSymbolic(about.y)) return undefined;
  return { about: about.x, answer: about.y };
}

/** The unknown that a comparison is decided by when it counts: lengths always, integers against something known. */
function countedLeaf(question: Expr): Symbolic | undefined {
  if (question.operator !== '==' && question.operator !== '<') return undefined;
  const leaves = leavesOf(question);
  if (leaves.length === 0 || leaves.length > 2 || !leaves.every(mayBeNumber)) return undefined;
  const length = leaves.find(isLength);
  if (length !== undefined) return length;
  if (leaves.length > 1 || question.operator === '==') return undefined;
  return typeof question.x === 'string' || typeof question.y === 'string' ? undefined : leaves[0];
}

function mayBeNumber(leaf: Symbolic): boolean {
  return isLength(leaf) || (leaf.tag === 'sym' && (leaf.hint === 'int' || leaf.hint === 'any'));
}

/** None, one, many, and where rooms have to be filled, as many as that takes. */
function counts({ machine: { program } }: Run): readonly number[] {
  return program.many === undefined ? [0, 1, 2] : [0, 1, 2, program.many];
}

/** The usual counts, and where these give one answer only, a value that gives the other. */
function choicesFor(state: State, leaf: Symbolic, question: Expr, usual: readonly number[]): readonly Value[] {
  const choices = allowed(state, leaf, usual);
  for (const wanted of [true, false]) {
    if (choices.some((choice) => answerWith(state, question, leaf, choice) === wanted)) continue;
    const other = allowed(state, leaf, candidates(question, isLength(leaf))).find(
      (choice) => answerWith(state, question, leaf, choice) === wanted,
    );
    if (other !== undefined) choices.push(other);
  }
  return choices.length > 0 ? choices : [3];
}

function candidates(question: Expr, length: boolean): number[] {
  const result = [3, 4, 5, 6, 7, 8];
  for (const constant of constantsOf(question)) result.push(constant - 1, constant, constant + 1, -constant);
  if (length) return result.filter((value) => value >= 0);
  return [-1, ...result];
}

function constantsOf(value: Value): readonly number[] {
  if (typeof value === 'number') return [value];
  if (!isSymbolic(value) || value.tag === 'sym') return [];
  return [...constantsOf(value.x), ...constantsOf(value.y)];
}

function allowed(state: State, leaf: Symbolic, values: readonly number[]): number[] {
  return values.filter((value) => state.facts.get(term('==', leaf, value) as Symbolic) !== false);
}

function answerWith(state: State, value: Value, leaf: Symbolic, choice: number): Value {
  if (value === leaf) return choice;
  if (!isSymbolic(value)) return value;
  if (value.tag === 'sym') return resolve(state, value);
  const x = answerWith(state, value.x, leaf, choice);
  const y = answerWith(state, value.y, leaf, choice);
  return evaluate(state, value.operator, x, y, Number.POSITIVE_INFINITY);
}
