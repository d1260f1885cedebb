/**
 * What the names of Go methods promise. Names alone never cause a report: they only choose which functions are looked
 * at, or make a rule quiet.
 */

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

const registrationWords: readonly string[] = [
  'subscribe',
  'addlistener',
  'addhandler',
  'addobserver',
  'addcallback',
  'addsubscriber',
  'attach',
  'observe',
  'watch',
  'register',
  'listen',
  'on',
  'notify',
];

const undoWords: readonly string[] = [
  'unsubscribe',
  'remove',
  'unregister',
  'deregister',
  'detach',
  'unwatch',
  'unlisten',
  'off',
  'cancel',
  'stop',
  'close',
  'delete',
  'unobserve',
  'forget',
];

/** `Start`, `Run`, `NewServer`, ...: a function that a program calls once for one value. */
export function isStartName(name: string): boolean {
  return startsWithWord(name, startWords);
}

/** `Subscribe`, `OnEvent`, `AddListener`, ...: registers something until it is undone. */
export function isRegistrationName(name: string): boolean {
  return (
    startsWithWord(name, registrationWords) ||
    /^[aA]dd\w*(Callback|Listener|Handler|Observer|Subscriber|Hook)s?$/.test(name)
  );
}

/** `Unsubscribe`, `RemoveListener`, `Off`, `Close`, ...: may undo a registration. */
export function isUndoName(name: string): boolean {
  return startsWithWord(name, undoWords);
}

/** Whether `name` is one of the words or begins with one at a camel-case boundary. */
function startsWithWord(name: string, words: readonly string[]): boolean {
  const lower = name.toLowerCase();
  return words.some((word) => {
    if (!lower.startsWith(word)) return false;
    const next = name.charAt(word.length);
    return next === '' || next !== next.toLowerCase() || /[0-9_]/.test(next);
  });
}
