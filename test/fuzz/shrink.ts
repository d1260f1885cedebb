/** Makes an input smaller on which a process hangs or dies: fast-check cannot, as it would hang along. */

/** Each trial may cost a deadline. */
const mostTrials = 30;

/** The smallest input found that still fails: parts of its texts and lists are taken away, large ones first. */
export async function smaller(input: unknown, fails: (input: unknown) => Promise<boolean>): Promise<unknown> {
  let best = input;
  let trials = 0;
  for (let parts = 2; parts <= 16; parts *= 2) {
    for (let part = 0; part < parts && trials < mostTrials; part += 1) {
      const candidate = without(best, part, parts);
      if (JSON.stringify(candidate) === JSON.stringify(best)) continue;
      trials += 1;
      if (await fails(candidate)) best = candidate;
    }
  }
  return best;
}

/** The input with one of so many equal parts of its longest text or list taken away. */
function without(input: unknown, part: number, parts: number): unknown {
  if (typeof input === 'string') {
    const lines = input.split(/(?<=\n)/);
    return lines.length > 1 ? cut(lines, part, parts).join('') : cut([...input], part, parts).join('');
  }
  if (typeof input !== 'object' || input === null) return input;
  if (Array.isArray(input) && input.length > 1) return cut(input, part, parts);
  const [longest] = Object.entries(input).sort(([, a], [, b]) => sizeOf(b) - sizeOf(a));
  return longest
    ? Object.assign(Array.isArray(input) ? [] : {}, input, { [longest[0]]: without(longest[1], part, parts) })
    : input;
}

function cut<T>(items: readonly T[], part: number, parts: number): readonly T[] {
  const size = Math.ceil(items.length / parts);
  return [...items.slice(0, part * size), ...items.slice((part + 1) * size)];
}

function sizeOf(value: unknown): number {
  return JSON.stringify(value)?.length ?? 0;
}
