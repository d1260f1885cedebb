/**
 * What the names of Go methods promise. Names alone never cause a report: they only choose which functions are looked
 * at, or make a rule quiet.
 */

import { startsWithWord } from '../../go/start-names.ts';

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
