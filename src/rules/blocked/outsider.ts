/**
 * Leaks that hang on what code outside does: the condition, by the way in which the outside knows the object. Such a leak
 * is a warning, because the outside may well do its part.
 */
import type { OutsideRole } from '../../concurrency/leak.ts';
import { putAway, sentAway } from '../../concurrency/machine/sent-jobs.ts';
import { entryFunc } from '../../concurrency/open/place.ts';
import { isExported } from '../../go/exported.ts';
import { operationAt, sourceSite } from './operation.ts';
import { contractCondition } from './stopped-loop-send.ts';
import { literalEntry, type Story } from './story.ts';

/** How one side of the outside is called, and where the object is found there. */
interface Party {
  readonly who: string;
  /** How the party knows the channel. */
  readonly channel: string;
}

/** Which role is told when there are several: the one that the author of the function has in hand. */
const ORDER: readonly Exclude<OutsideRole, 'caller'>[] = [
  'returned',
  'callback',
  'argument',
  'stored',
  'parameter',
  'result',
  'field',
];

/** The condition of a leak that depends on an outsider, as a clause: `if the caller of F stops reading from ch`. */
export function outsiderCondition(story: Story): string {
  const role = roleOf(story);
  if (story.leak.contract) return contractCondition(story.leak.contract);
  if (role === 'callback' && story.root.callback?.when === 'during')
    return `if \`${story.root.callback.callee}\` keeps calling the function it was given`;
  if (role === 'callback' && story.root.callback?.caught === true)
    return `if the callback is running when ${entryOf(story)} returns`;
  if (role === 'callback' && travels(story))
    return `if the code that ${story.root.callback?.callee === putAway ? 'takes' : 'receives'} the function calls it after ${entryOf(story)} has returned`;
  if (role === 'callback') return `if the callback is called after ${entryOf(story)} has returned`;
  const { who, channel } = partyOf(role, story);
  switch (story.root.kind) {
    case 'send':
    case 'panic-send-closed':
      if (role === 'returned' && isFetched(story)) return `if ${who} does not receive the result`;
      return `if ${who} stops reading from ${channel}`;
    case 'recv':
    case 'range':
      return story.context === undefined
        ? `if ${who} never sends on or closes ${channel}`
        : `if ${who} never cancels \`${story.context}\``;
    case 'lock':
    case 'rlock':
      return `if ${who} keeps the lock`;
    case 'wait':
      return `if ${who} does not call \`Done\` as often as the counter was raised`;
    case 'cond':
      return `if ${who} does not signal`;
    default: {
      const context = awaitedContext(story);
      return context === undefined ? `if ${who} neither answers nor cancels` : `if ${who} never cancels \`${context}\``;
    }
  }
}

/** What to do about it, one imperative sentence; undefined when the rule's own advice does. */
export function outsiderAdvice(story: Story): string | undefined {
  if (story.leak.contract) return undefined;
  if (roleOf(story) === 'callback' && story.root.callback?.caught === true)
    return 'Close a done channel when the function returns, and select on it alongside this operation.';
  if (roleOf(story) === 'callback' && travels(story))
    return 'Buffer the channel for the answer, since nobody may be waiting for it any more.';
  if (roleOf(story) === 'callback')
    return 'Undo the registration before the function returns, or select on a done channel alongside this operation.';
  if (story.context !== undefined && story.root.kind === 'recv')
    return 'End the wait when the function returns: select on a done channel that it closes, or use `context.AfterFunc` and stop it.';
  switch (story.root.kind) {
    case 'send':
      if (roleOf(story) === 'returned' && isFetched(story))
        return `Buffer \`${story.operation.name}\` for the one result: \`make(chan T, 1)\`.`;
      return 'Select on a context or done channel that the receiver controls alongside the send.';
    case 'recv':
    case 'select':
      return 'Add a case that can always end the wait, such as `<-ctx.Done()`.';
    case 'range':
      return 'Document who closes the channel, or select on a context alongside the receive.';
    default:
      return undefined;
  }
}

/** The caller cannot read itself: the channel is in a field that it cannot name, or behind a function that it was given. */
function isFetched({ field, leak }: Story): boolean {
  if (field) return !isExported(field.name);
  const entry = entryFunc(leak.entry.site);
  return entry?.type.results.some(({ type }) => type.kind === 'FuncType') === true;
}

/** The context whose end is the only way out of a loop that time keeps going. */
function awaitedContext({ root }: Story): string | undefined {
  const [only, ...others] = root.ticking ?? [];
  const arm = only && others.length === 0 ? sourceSite(only, []) : undefined;
  return arm && /^<-(.+)\.Done\(\)$/.exec(operationAt(arm).text)?.[1];
}

/** The function was sent on a channel or put in a list: it is called once. */
function travels({ root }: Story): boolean {
  return root.callback?.callee === sentAway || root.callback?.callee === putAway;
}

function roleOf({ root, leak }: Story): Exclude<OutsideRole, 'caller'> | undefined {
  const roles = root.outside ?? leak.stuck.flatMap((one) => one.outside ?? []);
  return ORDER.find((role) => roles.includes(role));
}

function partyOf(role: Exclude<OutsideRole, 'callback' | 'caller'> | undefined, story: Story): Party {
  const { name } = story.operation;
  const named = name === '' ? 'it' : `\`${name}\``;
  switch (role) {
    case 'returned':
      return { who: `the caller of ${entryOf(story)}`, channel: 'the channel that it returns' };
    case 'parameter':
    case undefined:
      return { who: `the caller of ${entryOf(story)}`, channel: named };
    case 'field':
      return { who: 'the code that shares it', channel: named };
    case 'result':
      return { who: 'the code that it came from', channel: named };
    case 'argument':
      return { who: 'the code that it was handed to', channel: named };
    case 'stored':
      return { who: 'the code that reads it where it is stored', channel: named };
  }
}

function entryOf({ leak }: Story): string {
  return literalEntry(leak)?.replace(/^(.*) at /, 'the $1 of ') ?? `\`${leak.entry.name}\``;
}
