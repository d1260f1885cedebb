/** What is said of an operation inside a standard library that blocks: who should have answered it, in the library's terms. */

interface Words {
  /** As the end of the sentence "`w.Write(b)` blocks forever: ...". */
  readonly missing: string;
  readonly advice: string;
}

const limit: Words = {
  missing: 'the goroutine limit is reached, and none of them returns',
  advice:
    'Do not start a goroutine of a limited group from one of its own goroutines, and make sure that each of them returns.',
};

const member: Words = {
  missing: 'a goroutine of the group does not return',
  advice: 'Make sure that every goroutine of the group returns, for instance when a context is done.',
};

/** By the function of the library, as a code reference names it. */
const WORDS: ReadonlyMap<string, Words> = new Map([
  [
    '(*PipeWriter).Write',
    {
      missing: 'nobody reads from the pipe or closes its reader',
      advice: 'Close the read end of the pipe on every path, preferably with `defer`: that unblocks the write.',
    },
  ],
  [
    '(*PipeReader).Read',
    {
      missing: 'nobody writes to the pipe or closes its writer',
      advice: 'Close the write end of the pipe on every path, preferably with `defer`: that unblocks the read.',
    },
  ],
  [
    '(*Weighted).Acquire',
    {
      missing: 'nobody releases the semaphore',
      advice: 'Release what was acquired on every path, preferably with `defer`.',
    },
  ],
  ['(*Group).Go', limit],
  ['(*Pool).Go', limit],
  ['(*Group).Wait', member],
  ['(*Pool).Wait', member],
  ['(*WaitGroup).Wait', member],
]);

/** Undefined for functions whose operation says enough by itself. */
export function libraryWords(library: string | undefined): Words | undefined {
  return library === undefined ? undefined : WORDS.get(library);
}
