/** What is said of an operation inside a standard library that blocks: who should have answered it, in the library's terms. */

interface Words {
  /** As the end of the sentence "`w.Write(b)` blocks forever: ...". */
  readonly missing: string;
  readonly advice: string;
}

const limit: Words = {
  missing: 'the limit of goroutines is reached, and none of them returns',
  advice: 'Start no goroutine of a group from one of its goroutines when it has a limit, and let each of them end.',
};

const member: Words = {
  missing: 'a goroutine of the group does not return',
  advice: 'Let every goroutine of the group end, for instance when a context is done.',
};

/** By the function of the library, as a code reference names it. */
const WORDS: ReadonlyMap<string, Words> = new Map([
  [
    '(*PipeWriter).Write',
    {
      missing: 'nobody reads from the pipe or closes its reader',
      advice: 'Close the reader of the pipe on every way out, best with `defer`: that ends the write.',
    },
  ],
  [
    '(*PipeReader).Read',
    {
      missing: 'nobody writes to the pipe or closes its writer',
      advice: 'Close the writer of the pipe on every way out, best with `defer`: that ends the read.',
    },
  ],
  [
    '(*Weighted).Acquire',
    {
      missing: 'nobody releases the semaphore',
      advice: 'Release what was acquired on every way out, best with `defer`.',
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
