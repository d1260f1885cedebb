/** One sentence per finding: the operation and the missing partner. Claims no more than the path shows. */
import type { StuckProcess, TraceStep } from '../../concurrency/leak.ts';
import type { BlockedRule } from './classify.ts';
import type { Departure } from './departure.ts';
import { libraryWords } from './library-words.ts';
import { isEmptySelect, operationAt, type SourceSite, sameSite, sourceSite } from './operation.ts';
import { outsiderAdvice, outsiderCondition } from './outsider.ts';
import { conditionOf, type Verdict } from './plausibility/verdict.ts';
import { couldAnswer, heldLock, holderOf } from './root-cause.ts';
import { departedName, entryName, type Story } from './story.ts';
import { tickingAdvice, tickingSentence } from './ticking.ts';

/** The message of a story under the rule that speaks for it. */
export function messageOf(rule: BlockedRule, story: Story, verdict: Verdict): string {
  const sentence = sentenceOf(rule, story);
  if (story.leak.outsider) return `${outsiderCondition(story)}, ${sentence}`;
  const condition = conditionOf(verdict);
  return condition === undefined ? sentence : `if ${condition}, ${sentence}`;
}

/** What to do next, one imperative sentence. */
export function adviceOf(rule: BlockedRule, story: Story): string {
  const { name } = story.operation;
  const outside = story.leak.outsider ? outsiderAdvice(story) : undefined;
  if (outside !== undefined) return outside;
  const library = libraryWords(story.root.library);
  if (library) return library.advice;
  switch (rule) {
    case 'unreceived-send':
      if (isInsideCall(story)) return CALL_ADVICE;
      return story.operation.kind === 'select'
        ? SELECT_ADVICE
        : 'Give the channel room for every send, or select on a context or done channel beside the send.';
    case 'double-send':
      return 'Return after the first send.';
    case 'unsent-receive':
      if (story.context !== undefined)
        return `Cancel \`${story.context}\` when its work is over, best with \`defer cancel()\`.`;
      if (isEmptySelect(story.operation)) return 'Wait for something that can end, such as `<-ctx.Done()`.';
      if (story.root.ticking) return tickingAdvice(story);
      if (isInsideCall(story)) return CALL_ADVICE;
      return story.operation.kind === 'select'
        ? SELECT_ADVICE
        : `Close ${channelWords(story)} or send on it on every path, for instance in a \`defer\` of the sender.`;
    case 'unclosed-range':
      if (isTickerChannel(story))
        return 'Select on a done channel beside the ticker: stopping a ticker does not close its channel.';
      return `Close \`${name}\` once, where the last send is over.`;
    case 'nil-channel':
      return 'Make the channel before it is used.';
    case 'stopped-loop-send':
      return 'Select on the channel that stops the loop beside this operation.';
    case 'waitgroup-imbalance':
      return waitGroupAdvice(story);
    case 'unsignalled-cond':
      if (story.leak.contract)
        return 'Wake all waiters where the goroutines are told to end, for instance with `context.AfterFunc`, and ask for the end in the loop around the wait.';
      return 'Signal after every change of the condition, and wait in a loop that checks it under the lock.';
    case 'held-lock':
      return lockAdvice(story);
    case 'send-after-close':
      return 'Close the channel once, in the only goroutine that sends on it, after its last send.';
  }
}

function waitGroupAdvice({ root, leak }: Story): string {
  if (root.kind !== 'wait') return 'Call `Done` once for each `Add`.';
  const stuck = leak.stuck.find((one) => one !== root);
  if (stuck)
    return `Let the goroutine that waits on line ${lineOf(sourceSite(stuck.site, stuck.callers))} end, so that it calls \`Done\`.`;
  return 'Call `Add` before the `go` statement and `defer` the `Done` as the first thing in the goroutine.';
}

/** The operation stands inside a library function: what it is called on, such as a package, is no channel. */
function isInsideCall({ operation }: Story): boolean {
  return operation.kind === 'call';
}

const CALL_ADVICE = 'Let the other side of this call take part or end it on every path, for instance in a `defer`.';

const SELECT_ADVICE = 'Add an arm that can always end the wait, such as `<-ctx.Done()`.';

function lockAdvice(story: Story): string {
  const { root, leak, keeper } = story;
  if (root.kind === 'once')
    return holderOf(leak, root) === root.process.id
      ? 'Do not call the `Once` from the function that it runs.'
      : 'Do not wait inside the `Once` for what is only released after it.';
  if (!isLock(root)) return 'Release the lock before the operation that waits.';
  if (keeper) return 'Release the lock on every way out, best with `defer`.';
  const holder = holderOf(leak, root);
  if (holder === root.process.id)
    return 'Release the lock before it is taken again, or move the work into a function that expects it to be held.';
  const other = leak.stuck.find((one) => one.process.id === holder);
  if (other && isLock(other)) return 'Take the two locks in the same order everywhere.';
  return 'Release the lock before the operation that waits, and on every path, best with `defer`.';
}

/** `t.C`: no other channel of that name can be ranged over without a close in sight. */
function isTickerChannel({ operation: { target } }: Story): boolean {
  return target?.kind === 'SelectorExpr' && target.sel.name === 'C';
}

/** The channel as a noun: its name, or where it comes from. */
function channelWords({ operation }: Story): string {
  const { target, name } = operation;
  return target?.kind === 'CallExpr' ? `the channel that \`${name}\` returns` : `\`${name}\``;
}

/** The arms of a `select`, as far as they fit into a sentence. */
function armsWords({ operation, site }: Story): string {
  const { node } = operation;
  const arms = node?.kind === 'SelectStmt' ? node.clauses.flatMap(({ comm }) => (comm ? [comm] : [])) : [];
  if (arms.length === 0 || arms.length > 3) return 'no arm';
  const texts = arms.map((arm) => {
    const received = arm.kind === 'AssignStmt' ? arm.rhs[0] : undefined;
    return `\`${operationAt({ file: site.file, range: (received ?? arm).range }).text}\``;
  });
  if (texts.length === 1) return `its only arm ${texts[0]} can never`;
  return `${texts.length === 2 ? 'neither' : 'none of'} ${texts.slice(0, -1).join(', ')} ${texts.length === 2 ? 'nor' : 'and'} ${texts.at(-1)} can`;
}

function selectSentence(story: Story): string {
  if (story.root.ticking) return tickingSentence(story);
  const arms = armsWords(story);
  return `this \`select\` blocks forever: ${arms === 'no arm' ? 'no arm can' : arms} become ready`;
}

function sentenceOf(rule: BlockedRule, story: Story): string {
  const { text, name } = story.operation;
  const library = libraryWords(story.root.library);
  if (library) return `\`${text}\` blocks forever: ${library.missing}${after(story)}`;
  switch (rule) {
    case 'unreceived-send':
      if (story.operation.kind === 'select') return `${selectSentence(story)}${after(story)}`;
      if (isInsideCall(story)) return `\`${text}\` blocks forever: nobody takes what it sends${after(story)}`;
      return `\`${text}\` blocks forever: nobody receives from ${channelWords(story)}${after(story)}`;
    case 'double-send':
      return `\`${text}\` blocks forever: the branch on line ${lineOf(story.earlierSend)} has already sent on \`${name}\` and does not return, and only one value is received`;
    case 'unsent-receive':
      if (isEmptySelect(story.operation)) return '`select {}` blocks forever, and this goroutine with it';
      if (story.operation.kind === 'select') return `${selectSentence(story)}${after(story)}`;
      if (story.context !== undefined && story.leak.outsider) return `\`${text}\` waits forever${after(story)}`;
      if (story.context !== undefined)
        return `\`${text}\` blocks forever: nobody cancels \`${story.context}\`${after(story)}`;
      if (isInsideCall(story)) return `\`${text}\` blocks forever: what it waits for never comes${after(story)}`;
      return `\`${text}\` blocks forever: nobody sends on or closes ${channelWords(story)}${after(story)}`;
    case 'unclosed-range':
      return `\`${text}\` never ends: nobody closes \`${name}\`${after(story)}`;
    case 'nil-channel':
      return `\`${text}\` blocks forever: ${story.operation.name === '' ? 'the channel' : `\`${name}\``} is nil here`;
    case 'stopped-loop-send':
      return stoppedLoop(story);
    case 'waitgroup-imbalance':
      return waitGroup(story);
    case 'unsignalled-cond':
      if (story.leak.contract) return `\`${text}\` does not wake: the end signals nobody`;
      return `\`${text}\` never wakes: nobody signals${after(story)}`;
    case 'held-lock':
      return lock(story);
    case 'send-after-close':
      return afterClose(story);
  }
}

function after(story: Story): string {
  const { departure } = story;
  if (!departure) return partnersStuck(story);
  return ` after ${departureWords(story, departure)}`;
}

/** Nobody left: then the partners are stuck themselves, or there never was one. */
function partnersStuck({ leak, root }: Story): string {
  const other = leak.stuck.find((one) => one !== root && couldAnswer(one, root));
  const place = other && sourceSite(other.site, other.callers);
  if (!place) return '';
  return `, because the other side waits on line ${lineOf(place)} (\`${operationAt(place).text}\`)`;
}

function departureWords(story: Story, departure: Departure): string {
  const who = departedName(story, departure) ?? `\`${entryName(story)}\``;
  if (departure.panicked) return `${who} panics`;
  if (!departure.site) return `${who} ends`;
  const node = departure.site.file.text.slice(departure.site.range.start, departure.site.range.end);
  const where = node.startsWith('return') ? ` on line ${lineOf(departure.site)}` : '';
  return `${who} returns${where}${reasonWords(departure.reason, story)}`;
}

function reasonWords(reason: TraceStep | undefined, story: Story): string {
  if (reason?.what.kind !== 'select' || reason.what.arm === 'default') return '';
  const arm = sourceSite(reason.what.arm, []);
  if (!arm) return '';
  const operation = operationAt(arm);
  return operation.kind === 'receive' && operation.name !== story.operation.name ? ` on \`${operation.text}\`` : '';
}

function stoppedLoop(story: Story): string {
  const { text, name, kind } = story.operation;
  const loop = story.stoppedLoop;
  if (kind === 'select')
    return `this \`select\` blocks forever once ${loop ? departureWords(story, loop) : 'the loop has returned'}`;
  const verb = kind === 'send' ? 'receives from' : 'sends on';
  return `\`${text}\` blocks forever once ${loop ? departureWords(story, loop) : 'its loop returns'}: nobody else ${verb} \`${name}\``;
}

function waitGroup({ root, operation, leak, keeper }: Story): string {
  if (root.kind === 'panic-negative-waitgroup')
    return `\`${operation.text}\` panics: the counter of \`${operation.name}\` is already 0`;
  const raised = root.heldAt && sourceSite(root.heldAt, []);
  if (keeper)
    return `\`${operation.text}\` never returns: the counter raised on line ${lineOf(raised)} is not lowered when its function returns on line ${endLineOf(keeper)}`;
  const stuck = leak.stuck.find((one) => one !== root);
  const why = stuck
    ? `: the goroutine that should call \`Done\` is stuck on line ${lineOf(sourceSite(stuck.site, stuck.callers))}`
    : ': no `Done` is left to lower the counter';
  return `\`${operation.text}\` never returns${why}${raised ? ` (raised on line ${lineOf(raised)})` : ''}`;
}

function lock(story: Story): string {
  const { root, operation, leak } = story;
  const held = heldLock(leak);
  if (held && held.waiter !== root && held.holder === root && !isLock(root)) {
    const waiter = sourceSite(held.waiter.site, held.waiter.callers);
    return `\`${operation.text}\` blocks forever while it holds the lock taken on line ${heldLine(held.waiter)}, which the other side needs on line ${lineOf(waiter)}`;
  }
  const subject = `\`${operation.text}\` blocks forever`;
  const holder = holderOf(leak, root);
  const other = leak.stuck.find((one) => one !== root && one.process.id === holder);
  if (root.kind === 'once')
    return other
      ? `${subject}: the function that it runs in another goroutine waits on line ${lineOf(sourceSite(other.site, other.callers))}`
      : `${subject}: the function that it runs waits for the same \`Once\``;
  if (other)
    return `${subject}: the lock has been held since line ${heldLine(root)} by a goroutine that waits on line ${lineOf(sourceSite(other.site, other.callers))}`;
  if (story.keeper)
    return `${subject}: the lock taken on line ${heldLine(root)} is not released when its function returns on line ${endLineOf(story.keeper)}`;
  if (holder === root.process.id)
    return `${subject}: this goroutine already holds the lock, since line ${heldLine(root)}`;
  if (!root.heldAt) return `${subject}: nobody unlocks \`${operation.name}\``;
  return `${subject}: the lock taken on line ${heldLine(root)} is not released${after(story).replace(/^ after/, ' when')}`;
}

function isLock(stuck: StuckProcess): boolean {
  return stuck.kind === 'lock' || stuck.kind === 'rlock' || stuck.kind === 'once';
}

function heldLine(stuck: StuckProcess): string {
  return lineOf(stuck.heldAt && sourceSite(stuck.heldAt, []));
}

function afterClose({ leak, root, operation }: Story): string {
  const closed = leak.trace.findLast(
    ({ what, site }) =>
      what.kind === 'close' &&
      (root.object === undefined || what.object === undefined || what.object === root.object) &&
      !sameSite(site, root.site),
  );
  const where = closed ? ` on line ${lineOf(sourceSite(closed.site, closed.callers))}` : '';
  if (root.kind === 'panic-close-closed')
    return `\`${operation.text}\` panics when the channel is already closed${where}`;
  return `\`${operation.text}\` panics when \`${operation.name}\` is already closed${where}`;
}

function endLineOf(site: SourceSite): number {
  return site.file.lines.linesOf(site.range).endLine;
}

export function lineOf(site: SourceSite | undefined): string {
  return site ? String(site.file.lines.lineAt(site.range.start)) : '?';
}
