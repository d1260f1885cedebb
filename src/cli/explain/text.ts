/** The explanation of one function for people. */
import { visible } from '../escape.ts';
import { painter } from '../format/paint.ts';
import type { ExplainedPlace, Explanation } from './explanation.ts';

/** More callees than these are counted only; JSON lists all. */
const maxCallees = 25;

const rungs: Readonly<Record<Explanation['searches'][number]['rung'], string>> = {
  program: 'with everything that it reaches',
  package: 'without the packages that are imported',
  made: 'only code that concerns what it creates',
  own: 'only code that concerns what its own text creates',
  text: 'its own text alone',
  callbacks: 'functions that it passes to unseen code',
  buffers: 'with buffers that other code has filled',
  contract: 'a contract of its type',
};

export function explanationText(explanation: Explanation, colours: boolean): string {
  const paint = painter(colours);
  const { callees, entry } = explanation;
  const lines = [
    `${paint('bold', visible(explanation.function))} ${paint('faint', where(explanation.place))}`,
    `  entry: ${entry.chosen ? 'yes' : 'no'}, ${visible(entry.reason)}`,
    `  callees seen: ${callees.seen.length}`,
    ...some(
      callees.seen,
      ({ name, place, instructions, effects }) =>
        `${name} ${where(place)}, ${[count(instructions, 'instruction'), ...effects].join(', ')}`,
    ),
    `  callees unseen: ${callees.unseen.length}`,
    ...some(
      callees.unseen,
      ({ name, reason, place, calls }) => `${name}: ${reason}; ${count(calls, 'call')}, first at ${where(place)}`,
    ),
    ...(explanation.searches.length === 0 ? ['  searches: none'] : explanation.searches.flatMap(searchLines)),
  ];
  return `${lines.join('\n')}\n`;
}

function searchLines(search: Explanation['searches'][number]): readonly string[] {
  const { instructions, outcome, reason, states, transitions } = search;
  const sliced = instructions
    ? `, ${instructions.before} instructions before slicing, ${instructions.after} after`
    : '';
  const ended = reason === null ? outcome : `${outcome}: ${visible(reason)}`;
  return [
    `  search of ${visible(search.of)} ${where(search.place)} ${rungs[search.rung]}${sliced}`,
    `    ${count(states, 'state')}, ${count(transitions, 'transition')}, ${ended}`,
    ...search.leaks.flatMap(leakLines),
  ];
}

function leakLines(leak: Explanation['searches'][number]['leaks'][number]): readonly string[] {
  const { operation, place, rule, severity, leftOut, assumptions } = leak;
  const what = operation === null ? '' : `: ${visible(operation)} ${where(place)}${rule === null ? '' : ` (${rule})`}`;
  const fate = severity === 'silent' ? 'dropped' : severity;
  return [
    `    leak, ${fate}${what}${leftOut === null ? '' : `; ${leftOut}`}`,
    ...assumptions.map(
      (one) => `      assumes ${one.kind}: ${visible(one.text)}${one.place ? `, ${where(one.place)}` : ''}`,
    ),
  ];
}

function some<T>(all: readonly T[], line: (one: T) => string): readonly string[] {
  const shown = all.slice(0, maxCallees).map((one) => `    ${visible(line(one))}`);
  const more = all.length - shown.length;
  return more > 0 ? [...shown, `    and ${more} more; --format json lists them`] : shown;
}

function where(place: ExplainedPlace | null): string {
  return place === null ? '(library)' : visible(`${place.path}:${place.line}`);
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
