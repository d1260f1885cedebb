/**
 * The path to the stuck operation in words, cut to the steps that matter: what made the object, what started the stuck
 * processes, what was done with the object, the choices that led somebody away, and the operation that stays blocked.
 */
import type { Location, WitnessStep } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import type { TraceStep } from '../../concurrency/leak.ts';
import { functionAt, operationAt, type SourceSite, sourceSite } from './operation.ts';
import { processNames } from './process-names.ts';
import { relevantSteps } from './relevance.ts';
import { heldLock } from './root-cause.ts';
import { departedName, entryName, type Story, theCaller } from './story.ts';
import { type NameOf, stuckWords, wordsOf } from './witness-words.ts';

/** More steps than this tell nobody anything; the middle is left out, the ends stay. */
const MAX_STEPS = 14;

/** The witness of a story; its last step is the blocked operation. */
export function witnessOf(story: Story, pass: Pass): readonly WitnessStep[] {
  const names = processNames(story.leak, entryName(story));
  const nameOf = (id: number) => names.get(id) ?? 'a goroutine';
  const steps: WitnessStep[] = [];
  const gone = new Set<number>();
  let before: TraceStep | undefined;
  for (const step of relevantSteps(story)) {
    if (step.what.kind === 'end' && gone.has(step.process.id)) continue;
    if (step.what.kind === 'return' && !story.leak.stuck.some((one) => one.process.id === step.process.id))
      gone.add(step.process.id);
    if (isOtherSide(step, before)) continue;
    const place = sourceSite(step.site, step.callers);
    const text = place && wordsOf(step, place, nameOf);
    if (!place || !text) continue;
    before = step;
    const process = nameOf(step.process.id);
    const one = {
      location: pointAt(pass, place, step),
      process,
      text: located(step, text, whereWords(step, place, process)),
    };
    const last = steps.at(-1);
    if (last?.process !== one.process || last.text !== one.text || last.location.startLine !== one.location.startLine)
      steps.push(one);
  }
  const short = steps.length <= MAX_STEPS ? steps : [...steps.slice(0, MAX_STEPS / 2), ...steps.slice(-MAX_STEPS / 2)];
  return [...short, ...stuckSteps(story, pass, nameOf)];
}

/** The receive that belongs to the send told before, or the other way round. */
function isOtherSide({ what, process }: TraceStep, before: TraceStep | undefined): boolean {
  if (!before || !('partner' in what) || !('partner' in before.what)) return false;
  return what.partner?.id === before.process.id && before.what.partner?.id === process.id;
}

/** ` in F` for what is done in another function than the one that the process is named after. */
function whereWords({ process: { code } }: Pick<TraceStep, 'process'>, place: SourceSite, process: string): string {
  const here = functionAt(place);
  const isNamed = process === here || process.endsWith(`.${here}`);
  const isEntry = here === functionAt(code.site) && process !== theCaller;
  return here === undefined || isEntry || isNamed ? '' : ` in \`${here}\``;
}

/** The words of a step, with the function in which it happens. */
function located(step: TraceStep, text: string, where: string): string {
  if (step.what.kind === 'go' || step.what.kind === 'count' || step.what.kind === 'branch') return text;
  return step.what.kind === 'return' ? `${text}${where.replace(' in ', ' from ')}` : `${text}${where}`;
}

/** Steps that are told by the head of their own statement, not by an operation around it. */
const STATEMENTS: ReadonlySet<TraceStep['what']['kind']> = new Set(['return', 'end', 'branch', 'go']);

/** The location of a site: the operation, or the head of the statement that stands there. */
export function pointAt(pass: Pass, site: SourceSite, step?: TraceStep): Location {
  if (step && STATEMENTS.has(step.what.kind)) return pass.at(site.file, headRange(site));
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

/** Who is missed, for the last step: ` now that F has returned`. */
function sinceWords(story: Story): string {
  const { root, departure, leak } = story;
  const telling = root.kind === 'send' || root.kind === 'recv' || root.kind === 'range';
  if (!telling || !departure || heldLock(leak)) return '';
  const name = departedName(story, departure);
  return name ? ` now that ${name} has ${departure.panicked ? 'panicked' : 'returned'}` : '';
}

function stuckSteps(story: Story, pass: Pass, nameOf: NameOf): readonly WitnessStep[] {
  const others = story.leak.stuck.filter((one) => one !== story.root);
  return [...others, story.root].flatMap((stuck) => {
    const place = sourceSite(stuck.site, stuck.callers);
    if (!place) return [];
    const location = pass.at(place.file, operationAt(place).range);
    const process = nameOf(stuck.process.id);
    const isRoot = stuck === story.root;
    const words = stuckWords(stuck.kind, operationAt(place), {
      where: whereWords(stuck, place, process),
      ...(isRoot && story.context !== undefined ? { context: story.context } : {}),
      ...(stuck.ticking ? { ticking: true } : {}),
    });
    return [{ location, process, text: `${words}${isRoot ? sinceWords(story) : ''}` }];
  });
}
