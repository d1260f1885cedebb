/**
 * A witness as a Mermaid sequence diagram (https://mermaid.js.org/syntax/sequenceDiagram.html): one participant per
 * process, one note or arrow per step, the blocked operation last. Everything that comes from source text is escaped.
 */
import type { WitnessStep } from './diagnostic.ts';

/** Code points of one line; longer texts go on in the next. */
const MAX_LINE = 34;

/** Longer texts are cut: a diagram is read at a glance, the numbered steps beside it have the whole. */
const MAX_TEXT = 4 * MAX_LINE;

/** Code points of a name, or of a word that is longer than a line. */
const MAX_WORD = 70;

/**
 * The diagram's source, without a fence; empty for a witness of fewer than two steps. A `starts ...` step is an arrow to
 * the process that appears next under a name not seen before; `... to X` and `what X sends` are arrows between processes.
 */
export function sequenceDiagram(witness: readonly WitnessStep[]): string {
  if (witness.length < 2) return '';
  const names = [...new Set(witness.map((step) => step.process))];
  const idOf = (name: string) => `p${names.indexOf(name)}`;
  const lines = ['sequenceDiagram', ...names.map((name) => `  participant ${idOf(name)} as ${escapeMermaid(name)}`)];
  for (const [at, step] of witness.entries()) {
    const text = wrapped(`${clippedText(step.text)} (line ${step.location.startLine})`);
    const partner = partnerOf(step, witness.slice(at + 1), names, witness.slice(0, at + 1));
    const own = idOf(step.process);
    if (at === witness.length - 1) lines.push(`  ${own}--x${own}: ${text}`);
    else if (partner) lines.push(`  ${own}->>${idOf(partner)}: ${text}`);
    else lines.push(`  Note over ${own}: ${text}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The other process that a step concerns: the one it starts, sends to, or receives from. */
function partnerOf(
  step: WitnessStep,
  later: readonly WitnessStep[],
  names: readonly string[],
  until: readonly WitnessStep[],
): string | undefined {
  const named = /(?: to | what )(.+?)(?: sends)?(?: in `[^`]*`)?$/.exec(step.text)?.[1];
  if (named !== undefined && names.includes(named) && named !== step.process) return named;
  if (!step.text.startsWith('starts ')) return undefined;
  return later.map((one) => one.process).find((name) => !until.some((one) => one.process === name));
}

function clippedText(text: string): string {
  const units = Array.from(text);
  return units.length > MAX_TEXT ? `${units.slice(0, MAX_TEXT - 1).join('')}…` : text;
}

/** Escaped lines of about equal length, joined as Mermaid breaks them. */
function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(/\s+(?!\d+\)$)/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= MAX_LINE) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map(escapeMermaid).join('<br/>');
}

/**
 * Text that Mermaid shows as it is: `#`, `;`, quotes, brackets, backquotes and everything outside printable ASCII letters
 * become character codes (`#35;`), line breaks and controls become blanks, and long texts are cut.
 */
export function escapeMermaid(text: string): string {
  const plain = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/`/g, '')
    .trim();
  const units = Array.from(plain);
  const short = units.length > MAX_WORD ? [...units.slice(0, MAX_WORD - 1), '…'] : units;
  return short.map((unit) => (/[A-Za-z0-9 .,()*/_=+-]/.test(unit) ? unit : `#${unit.codePointAt(0)};`)).join('') || '?';
}
