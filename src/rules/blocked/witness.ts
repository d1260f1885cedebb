/**
 * The path to the stuck operation in words, cut to the steps that matter: what made the object, what started the stuck
 * processes, what was done with the object, the choices that led somebody away, and the operation that stays blocked.
 */
import type { Location, WitnessStep } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import type { StuckKind, TraceStep } from '../../concurrency/leak.ts';
import type { Node } from '../../go/ast.ts';
import { contains } from '../../text/offset.ts';
import {
  assignedName,
  nodesAround,
  type Operation,
  operationAt,
  type SourceSite,
  sourceSite,
  sourceText,
} from './operation.ts';
import { processNames } from './process-names.ts';
import { departuresOf, entryName, type Story, sameSite } from './story.ts';

/** More steps than this tell nobody anything; the middle is left out, the ends stay. */
const MAX_STEPS = 14;

/** The witness of a story; its last step is the blocked operation. */
export function witnessOf(story: Story, pass: Pass): readonly WitnessStep[] {
  const names = processNames(story.leak, entryName(story));
  const nameOf = (id: number) => names.get(id) ?? 'a goroutine';
  const matters = relevance(story);
  const steps: WitnessStep[] = [];
  const gone = new Set<number>();
  for (const step of story.leak.trace) {
    if (step.what.kind === 'stuck' || !matters(step)) continue;
    if (step.what.kind === 'end' && gone.has(step.process.id)) continue;
    if (step.what.kind === 'return' && !story.leak.stuck.some((one) => one.process.id === step.process.id))
      gone.add(step.process.id);
    const place = sourceSite(step.site, step.callers);
    const text = place && wordsOf(step, place, nameOf);
    if (!place || !text) continue;
    const one = { location: pointAt(pass, place, step), process: nameOf(step.process.id), text };
    const last = steps.at(-1);
    if (last?.process !== one.process || last.text !== one.text || last.location.startLine !== one.location.startLine)
      steps.push(one);
  }
  const short = steps.length <= MAX_STEPS ? steps : [...steps.slice(0, MAX_STEPS / 2), ...steps.slice(-MAX_STEPS / 2)];
  return [...short, ...stuckSteps(story, pass, nameOf)];
}

/** The location of a site: the operation, or the head of the statement that stands there. */
export function pointAt(pass: Pass, site: SourceSite, step?: TraceStep): Location {
  if (step && (step.what.kind === 'return' || step.what.kind === 'end' || step.what.kind === 'branch'))
    return pass.at(site.file, headRange(site));
  return pass.at(site.file, operationAt(site).range);
}

function headRange(site: SourceSite) {
  const text = site.file.text.slice(site.range.start, site.range.end);
  const end = text.indexOf('\n');
  if (end === -1) return site.range;
  // The end of a body is its closing brace.
  const onLastLine = site.range.end - 1;
  return text.trimStart().startsWith('{')
    ? { start: onLastLine as typeof site.range.start, end: site.range.end }
    : { start: site.range.start, end: (site.range.start + end) as typeof site.range.end };
}

function stuckSteps(story: Story, pass: Pass, nameOf: (id: number) => string): readonly WitnessStep[] {
  const others = story.leak.stuck.filter((one) => one !== story.root);
  return [...others, story.root].flatMap((stuck) => {
    const place = sourceSite(stuck.site, stuck.callers);
    if (!place) return [];
    const operation = operationAt(place);
    const location = pass.at(place.file, operation.range);
    return [{ location, process: nameOf(stuck.process.id), text: stuckWords(stuck.kind, operation) }];
  });
}

/** What a process that cannot go on is doing. */
function stuckWords(kind: StuckKind, { text, name }: Operation): string {
  const object = `\`${name || text}\``;
  switch (kind) {
    case 'send':
      return `sends on ${object}, and nobody can receive any more`;
    case 'recv':
      return `receives from ${object}, and nobody can send or close any more`;
    case 'nil-send':
      return `sends on ${object}, which is nil`;
    case 'nil-recv':
      return `receives from ${object}, which is nil`;
    case 'range':
      return `waits for the next value of ${object}, and nobody can send or close any more`;
    case 'select':
      return 'waits in `select`, and no arm can become ready any more';
    case 'wait':
      return `waits in \`${text}\`, and nobody can lower the counter any more`;
    case 'lock':
    case 'rlock':
      return `waits for ${object}, and nobody can unlock it any more`;
    case 'cond':
      return `waits in \`${text}\`, and nobody can signal any more`;
    case 'once':
      return `waits in \`${text}\` for a call that never ends`;
    case 'panic-send-closed':
      return `sends on ${object}, which is closed: panic`;
    case 'panic-close-closed':
      return `calls \`${text}\` a second time: panic`;
    case 'panic-negative-waitgroup':
      return `calls \`${text}\` although the counter is 0: panic`;
  }
}

/** Decides which steps are shown. */
function relevance(story: Story): (step: TraceStep) => boolean {
  const { leak } = story;
  const objects = new Set(leak.stuck.flatMap((one) => (one.object === undefined ? [] : [one.object])));
  const madeAt = leak.stuck.map((one) => one.madeAt);
  const departures = departuresOf(leak, story.root);
  const actors = new Set([...leak.stuck.map((one) => one.process.id), ...departures.map((one) => one.process.id)]);
  const reasons = new Set(departures.map((one) => one.reason));
  // Whoever did its part and went is no news; whoever went without it is.
  const took = new Set(
    leak.trace.flatMap(({ process, what }) =>
      'object' in what && what.object !== undefined && objects.has(what.object) ? [process.id] : [],
    ),
  );
  const shownDepartures = departures.filter(
    (one) => one.process.id === story.departure?.process.id || !took.has(one.process.id),
  );
  return (step) => {
    const { what } = step;
    if (reasons.has(step)) return true;
    if (what.kind === 'return' && sameSite(step.site, story.keeper)) return true;
    switch (what.kind) {
      case 'make':
        return (
          madeAt.some((site) => sameSite(step.site, site)) &&
          (what.object === undefined || objects.size === 0 || objects.has(what.object))
        );
      case 'go':
        return actors.has(what.started.id);
      case 'return':
      case 'end':
      case 'panic':
        return shownDepartures.some(
          (one) =>
            one.process.id === step.process.id && (!one.site || sameSite(step.site, one.site) || what.kind === 'panic'),
        );
      case 'count':
        return holdsWork(step, story);
      case 'branch':
        return avoidsPartner(step, story);
      case 'select':
        return what.object !== undefined && objects.has(what.object);
      case 'stuck':
        return true;
      case 'cancel':
        return false;
      default:
        return what.object !== undefined && objects.has(what.object);
    }
  };
}

/** A counted loop that starts goroutines or works on channels, locks or groups. */
function holdsWork(step: TraceStep, story: Story): boolean {
  const place = sourceSite(step.site, step.callers);
  if (!place) return false;
  const loop = loopAround(place);
  return (
    loop !== undefined &&
    story.leak.trace.some(
      (other) =>
        ['go', 'send', 'recv', 'wgAdd'].includes(other.what.kind) &&
        other.site.file === place.file &&
        contains(loop.range, other.site.range),
    )
  );
}

/** A condition whose body, not entered or entered, decides about the object: it names the target of the operation. */
function avoidsPartner(step: TraceStep, story: Story): boolean {
  const place = sourceSite(step.site, step.callers);
  const { name } = story.operation;
  if (!place || name === '') return false;
  const statement = nodesAround(place.file, place.range).findLast((node) => node.kind === 'IfStmt');
  if (!statement || contains(statement.range, story.site.range)) return false;
  const last = /\w+$/.exec(name)?.[0] ?? name;
  return new RegExp(`\\b${last}\\b`).test(place.file.text.slice(statement.range.start, statement.range.end));
}

function loopAround(place: SourceSite): Node | undefined {
  return nodesAround(place.file, place.range).findLast((node) => node.kind === 'ForStmt' || node.kind === 'RangeStmt');
}

type NameOf = (id: number) => string;

function wordsOf(step: TraceStep, place: SourceSite, nameOf: NameOf): string | undefined {
  const { what } = step;
  switch (what.kind) {
    case 'go':
      return `starts the ${nameOf(what.started.id)}`
        .replace('the goroutine', 'a goroutine')
        .replace(/ at (line )?\S+( \(\d+\))?$/, '');
    case 'make':
      return makeWords(place, what.capacity);
    case 'branch':
      return conditionWords(place, what.taken);
    case 'count':
      return `${loopWords(place)} ${timesWords(what.value)}`;
    case 'return':
      return 'returns';
    case 'end':
      return 'ends';
    case 'panic':
      return 'panics';
    case 'select':
      return armWords(what);
    case 'stuck':
      return undefined;
    default:
      return actionWords(step, place, nameOf);
  }
}

function makeWords(place: SourceSite, capacity: number | undefined): string {
  const name = assignedName(place);
  const what = name === undefined ? 'makes a channel' : `makes \`${name}\``;
  if (capacity === undefined) return name === undefined ? what : `makes \`${name}\``;
  return capacity === 0 ? `${what} without a buffer` : `${what} with room for ${capacity}`;
}

function conditionWords(place: SourceSite, taken: boolean): string | undefined {
  const statement = nodesAround(place.file, place.range).findLast(
    (node) => node.kind === 'IfStmt' || node.kind === 'ForStmt' || node.kind === 'CaseClause',
  );
  const condition = statement?.kind === 'IfStmt' || statement?.kind === 'ForStmt' ? statement.cond : undefined;
  if (!condition) return undefined;
  const inside = contains(condition.range, place.range) ? place.range : condition.range;
  return `finds \`${sourceText(place.file, inside)}\` ${taken ? 'true' : 'false'}`;
}

function loopWords(place: SourceSite): string {
  const loop = loopAround(place);
  return loop?.kind === 'RangeStmt'
    ? `runs the loop over \`${sourceText(place.file, loop.x.range, 40)}\``
    : 'runs the loop';
}

function timesWords(count: number): string {
  return count === 0 ? 'not at all' : count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

function armWords(what: Extract<TraceStep['what'], { kind: 'select' }>): string {
  if (what.arm === 'default') return 'takes `default`';
  const arm = sourceSite(what.arm, []);
  if (!arm) return 'takes an arm of its `select`';
  const operation = operationAt(arm);
  if (/\.Done\(\)$/.test(operation.name)) return `sees \`${operation.name}\` fire`;
  return `takes the arm \`${operation.text}\``;
}

function actionWords(step: TraceStep, place: SourceSite, nameOf: NameOf): string | undefined {
  const { text, name } = operationAt(place);
  const { what } = step;
  if (!('kind' in what)) return undefined;
  const partner = 'partner' in what && what.partner ? nameOf(what.partner.id) : undefined;
  switch (what.kind) {
    case 'send':
      return partner ? `sends on \`${name}\` to ${partner}` : `puts a value into the buffer of \`${name}\``;
    case 'recv':
      if (what.fromClosed) return `finds \`${name}\` closed`;
      return partner ? `receives from \`${name}\` what ${partner} sends` : `receives from \`${name}\``;
    case 'close':
      return `closes the channel: \`${text}\``;
    case 'lock':
      return `locks \`${name || text}\``;
    case 'unlock':
      return `unlocks \`${name || text}\``;
    case 'wgAdd':
      return `raises the counter: \`${text}\``;
    case 'wgDone':
      return `lowers the counter: \`${text}\``;
    case 'wait':
      return `passes \`${text}\``;
    case 'signal':
      return `wakes waiters: \`${text}\``;
    case 'once':
      return `enters \`${text}\``;
    default:
      return undefined;
  }
}
