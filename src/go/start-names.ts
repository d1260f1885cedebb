/** Names that say that something begins, which a program does once for one value. */
const startWords: readonly string[] = [
  'start',
  'run',
  'serve',
  'listen',
  'open',
  'new',
  'init',
  'setup',
  'launch',
  'begin',
  'connect',
  'dial',
  'boot',
  'main',
  'must',
  'make',
  'create',
  'build',
  'watch',
];

/** `Start`, `Run`, `NewServer`, ...: a function that a program calls once for one value. */
export function isStartName(name: string): boolean {
  return startsWithWord(name, startWords);
}

/** Whether `name` is one of the words or begins with one at a camel-case boundary. */
export function startsWithWord(name: string, words: readonly string[]): boolean {
  const lower = name.toLowerCase();
  return words.some((word) => {
    if (!lower.startsWith(word)) return false;
    const next = name.charAt(word.length);
    return next === '' || next !== next.toLowerCase() || /[0-9_]/.test(next);
  });
}
