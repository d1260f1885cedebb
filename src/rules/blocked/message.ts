/** One sentence per finding: the operation and the missing partner. Claims no more than the path shows. */
import type { TraceStep } from '../../concurrency/leak.ts';
import type { BlockedRule } from './classify.ts';
import type { Departure } from './departure.ts';
import { lineOf, lockAdvice, lockSentence, waitGroupAdvice, waitGroupSentence } from './guard-words.ts';
import { libraryWords } from './library-words.ts';
import { isEmptySelect, isTimerChannel, operationAt, sameSite, sourceSite } from './operation.ts';
import { outsiderAdvice, outsiderCondition } from './outsider.ts';
import { conditionOf, type Verdict } from './plausibility/verdict.ts';
import { couldAnswer } from './root-cause.ts';
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
  if (story.leak.contract?.replaced) return 'End the goroutine of the earlier call before another one takes its place.';
  if (story.leak.contract?.forgets)
    return 'Answer every request on every path of the goroutine, or close the channel for the answer.';
  const outside = story.leak.outsider ? outsiderAdvice(story) : undefined;
  if (outside !== undefined) return outside;
  const library = libraryWords(story.root.library);
  if (library) return library.advice;
  switch (rule) {
    case 'unreceived-send':
      if (isInsideCall(story)) return CALL_ADVICE;
      return story.operation.kind === 'select'
        ? SELECT_ADVICE
        : 'Give the channel a buffer for every send, or select on a context or done channel alongside the send.';
    case 'double-send':
      return 'Return after the first send.';
    case 'unsent-receive':
      if (story.context !== undefined)
        return `Cancel \`${story.context}\` when its work is done, preferably with \`defer cancel()\`.`;
      if (isEmptySelect(story.operation)) return 'Wait for something that can end, such as `<-ctx.Done()`.';
      if (story.root.ticking) return tickingAdvice(story);
      if (isInsideCall(story)) return CALL_ADVICE;
      return story.operation.kind === 'select'
        ? SELECT_ADVICE
        : `Close ${channelWords(story)} or send on it on every path, for instance in a \`defer\` of the sender.`;
    case 'unclosed-range':
      if (isTimerChannel(story.operation.target))
        return 'Select on a done channel alongside the ticker: stopping a ticker does not close its channel.';
      return `Close \`${name}\` once, after the last send.`;
    case 'nil-channel':
      if (isTimerChannel(story.operation.target)) return 'Just stop the timer: there is nothing to drain.';
      return 'Create the channel before it is used.';
    case 'stopped-loop-send':
      return 'Select on the channel that stops the loop alongside this operation.';
    case 'waitgroup-imbalance':
      return waitGroupAdvice(story);
    case 'unsignalled-cond':
      if (story.leak.contract)
        return 'Wake all waiters where the goroutines are told to stop, for instance with `context.AfterFunc`, and check for the stop in the loop around the wait.';
      return 'Signal after every change of the condition, and wait in a loop that checks it under the lock.';
    case 'held-lock':
      return lockAdvice(story);
    case 'send-after-close':
      return 'Close the channel once, in the only goroutine that sends on it, after its last send.';
  }
}

/** The operation stands inside a library function: what it is called on, such as a package, is no channel. */
function isInsideCall({ operation }: Story): boolean {
  return operation.kind === 'call';
}

const CALL_ADVICE =
  'Make sure that the other side of this call takes part or ends it on every path, for instance in a `defer`.';

const SELECT_ADVICE = 'Add a case that can always end the wait, such as `<-ctx.Done()`.';

/** The channel as a noun: its name, or where it comes from. */
function channelWords({ operation }: Story): string {
  const { target, name } = operation;
  return target?.kind === 'CallExpr' ? `the channel that \`${name}\` returns` : `\`${name}\``;
}

/** The arms of a `select`, as far as they fit into a sentence. */
function armsWords({ operation, site }: Story): string {
  const { node } = operation;
  const arms = node?.kind === 'SelectStmt' ? node.clauses.flatMap(({ comm }) => (comm ? [comm] : [])) : [];
  if (arms.length === 0 || arms.length > 3) return 'no case';
  const texts = arms.map((arm) => {
    const received = arm.kind === 'AssignStmt' ? arm.rhs[0] : undefined;
    return `\`${operationAt({ file: site.file, range: (received ?? arm).range }).text}\``;
  });
  if (texts.length === 1) return `its only case ${texts[0]} can never`;
  return `${texts.length === 2 ? 'neither' : 'none of'} ${texts.slice(0, -1).join(', ')} ${texts.length === 2 ? 'nor' : 'and'} ${texts.at(-1)} can`;
}

function selectSentence(story: Story): string {
  if (story.root.ticking) return tickingSentence(story);
  const { contract } = story.leak;
  if (contract?.forgets)
    return `this \`select\` waits until the whole \`${contract.type}\` ends: nobody else has the channel for the answer`;
  const arms = armsWords(story);
  return `this \`select\` blocks forever: ${arms === 'no case' ? 'no case can' : arms} become ready`;
}

function sentenceOf(rule: BlockedRule, story: Story): string {
  const { text, name } = story.operation;
  const library = libraryWords(story.root.library);
  if (library) return `\`${text}\` blocks forever: ${library.missing}${after(story)}`;
  switch (rule) {
    case 'unreceived-send':
      if (story.operation.kind === 'select') return `${selectSentence(story)}${after(story)}`;
      if (isInsideCall(story)) return `\`${text}\` blocks forever: nobody receives what it sends${after(story)}`;
      return `\`${text}\` blocks forever: nobody receives from ${channelWords(story)}${after(story)}`;
    case 'double-send':
      return `\`${text}\` blocks forever: the branch on line ${lineOf(story.earlierSend)} has already sent on \`${name}\` and does not return, and only one value is received`;
    case 'unsent-receive':
      if (isEmptySelect(story.operation)) return '`select {}` blocks forever, and this goroutine with it';
      if (story.operation.kind === 'select') return `${selectSentence(story)}${after(story)}`;
      if (story.context !== undefined && story.leak.outsider) return `\`${text}\` waits forever${after(story)}`;
      if (story.context !== undefined)
        return `\`${text}\` blocks forever: nobody cancels \`${story.context}\`${after(story)}`;
      if (isInsideCall(story)) return `\`${text}\` blocks forever: what it waits for never happens${after(story)}`;
      return `\`${text}\` blocks forever: nobody sends on or closes ${channelWords(story)}${after(story)}`;
    case 'unclosed-range':
      return `\`${text}\` never ends: nobody closes \`${name}\`${after(story)}`;
    case 'nil-channel':
      if (isTimerChannel(story.operation.target))
        return `\`${text}\` blocks forever: a timer of \`time.AfterFunc\` has no channel`;
      return `\`${text}\` blocks forever: ${story.operation.name === '' ? 'the channel' : `\`${name}\``} is nil here`;
    case 'stopped-loop-send':
      return stoppedLoop(story);
    case 'waitgroup-imbalance':
      return waitGroupSentence(story);
    case 'unsignalled-cond':
      if (story.leak.contract) return `\`${text}\` does not wake: the end signals nobody`;
      return `\`${text}\` never wakes: nobody signals${after(story)}`;
    case 'held-lock':
      return lockSentence(story, after(story).replace(/^ after/, ' when'));
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
