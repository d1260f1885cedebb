/**
 * A witness as a Mermaid sequence diagram (https://mermaid.js.org/syntax/sequenceDiagram.html): one participant per
 * process, one note or arrow per step, the blocked operation last. Everything that comes from source text is escaped.
 */
import type { WitnessStep } from './diagnostic.ts';

/** Longer texts are cut: a diagram is read at a glance, the numbered steps beside it have the whole. */
const MAX_TEXT = 70;

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
    const text = escapeMermaid(`${step.text} (line ${step.location.startLine})`);
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
  const short = units.length > MAX_TEXT ? [...units.slice(0, MAX_TEXT - 1), '…'] : units;
  return short.map((unit) => (/[A-Za-z0-9 .,()*/_=+-]/.test(unit) ? unit : `#${unit.codePointAt(0)};`)).join('') || '?';
}
