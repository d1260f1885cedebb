/** What the kinds of values that a setting may have are called in messages. */

const kindNames: ReadonlyMap<string, string> = new Map([
  ['string', 'a string'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['array', 'a list'],
  ['object', 'a group of settings'],
  ['record', 'a group of settings'],
]);

export function kindName(expected: string): string {
  return kindNames.get(expected) ?? `of type ${expected}`;
}

/** Whether a limit is one of length. */
export function isLength(origin: string): boolean {
  return origin === 'string' || origin === 'array';
}
