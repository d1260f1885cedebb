/** Characters that a reader of the output would obey: it rings, moves, hides or reorders what is seen. */

type Ranges = readonly (readonly [number, number])[];

const controls: Ranges = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
];

const directions: Ranges = [
  [0x061c, 0x061c],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2066, 0x2069],
  [0xfeff, 0xfeff],
];

const c0: Ranges = [
  [0x00, 0x08],
  [0x0b, 0x1f],
];

/** Controls but tab and newline, and what changes the direction of a text. */
export function isObeyed(text: string): boolean {
  return holds(text, [...controls, ...directions]);
}

/** Controls of seven bits but tab and newline: what JSON has to escape. */
export function holdsControl(text: string): boolean {
  return holds(text, c0);
}

function holds(text: string, ranges: Ranges): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (ranges.some(([first, last]) => unit >= first && unit <= last)) return true;
  }
  return false;
}
