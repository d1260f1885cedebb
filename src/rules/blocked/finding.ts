/** From the explorer's leaks to findings: one per root cause, told from the shortest path. */
import type { Location, RelatedInformation, Report } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import type { Leak } from '../../concurrency/leak.ts';
import { type BlockedRule, ruleOf } from './classify.ts';
import { keptLock } from './guard-words.ts';
import { adviceOf, messageOf } from './message.ts';
import { nodesAround, operationAt, sourceSite, sourceText } from './operation.ts';
import { type Verdict, verdictOf } from './plausibility/verdict.ts';
import { rootOf } from './root-cause.ts';
import { scenarioOf } from './scenario.ts';
import { type Story, storyOf } from './story.ts';
import { isElsewhere, Told } from './told.ts';
import { pointAt, witnessOf } from './witness.ts';

/** A leak with the rule that speaks for it. */
export interface BlockedFinding {
  readonly rule: BlockedRule;
  readonly story: Story;
  readonly verdict: Verdict;
}

/**
 * One finding per blocked operation and rule; of several leaks at one operation the one that needs no outsider, then one
 * that says which methods lead to it, then the shortest. A leak whose root is only another victim of a cause that is already told is left out.
 */
export function findingsOf(pass: Pass, leaks: readonly Leak[]): readonly BlockedFinding[] {
  const judged: BlockedFinding[] = [];
  const ordered = [...leaks].sort(
    (a, b) =>
      Number(a.outsider) - Number(b.outsider) ||
      Number(a.contract?.next === true) - Number(b.contract?.next === true) ||
      Number(b.contract !== undefined) - Number(a.contract !== undefined) ||
      a.stuck.length - b.stuck.length ||
      a.trace.length - b.trace.length,
  );
  for (const leak of ordered) {
    const root = rootOf(leak);
    const story = root && storyOf(pass.pkg, leak, root);
    if (story) judged.push({ rule: ruleOf(story), story, verdict: verdictOf(pass.pkg, story) });
  }
  const told = new Told();
  for (const severity of ['error', 'warning'] as const)
    for (const finding of judged) if (finding.verdict.severity === severity && !told.covers(finding)) told.add(finding);
  countSilenced(pass, judged, told);
  return told.findings;
}

/** What nothing is said of is counted, once for each operation and assumption. */
function countSilenced(pass: Pass, judged: readonly BlockedFinding[], told: Told): void {
  const counted = new Set<string>();
  for (const finding of judged) {
    const { story, verdict } = finding;
    const assumption = verdict.assumptions.at(-1);
    if (verdict.severity !== 'silent' || !assumption || told.covers(finding)) continue;
    const location = pass.at(story.site.file, story.operation.range);
    const key = `${assumption.kind} ${location.path} ${story.operation.range.start}`;
    if (counted.has(key)) continue;
    counted.add(key);
    const { kind, text } = assumption;
    pass.implausible({
      location,
      operation: story.operation.text,
      entry: story.leak.entry.name,
      kind,
      assumption: text,
      ...(story.root.kind.startsWith('panic') ? { panics: true } : {}),
    });
  }
}

/** Says a finding. */
export function reportOf({ rule, story, verdict }: BlockedFinding, pass: Pass): Report {
  const start = story.root.process.start && sourceSite(story.root.process.start, []);
  return {
    location: locationOf(story, pass),
    message: capitalized(isElsewhere(story) ? messageFromAfar(rule, story, verdict) : messageOf(rule, story, verdict)),
    advice: adviceOf(rule, story),
    ...(verdict.severity === 'error' ? {} : { severity: 'warning' as const }),
    causes: causesOf(story, pass),
    related: relatedOf(story, pass),
    witness: witnessOf(story, pass),
    scenario: scenarioOf(story, pass),
    ...(start ? { subject: pass.at(start.file, start.range) } : {}),
    ...rootCauseOf(story, pass),
    ...identityOf(story),
  };
}

/** Where it is repaired: at the call that leads to another package, where the lock was taken that is kept, else where it blocks. */
function locationOf(story: Story, pass: Pass): Location {
  const place = keptLock(story) ?? (isElsewhere(story) ? story.reported : undefined);
  return place ? pass.at(place.file, operationAt(place).range) : pass.at(story.site.file, story.operation.range);
}

/** The loop that served the channel and has ended, whichever way it took; else the way out that was taken. */
function rootCauseOf({ stoppedLoop, departure }: Story, pass: Pass): { readonly rootCause?: Location } {
  const site = (stoppedLoop ?? departure)?.site;
  if (!site) return {};
  const decl = stoppedLoop && nodesAround(site.file, site.range)[0];
  return { rootCause: pass.at(site.file, decl?.kind === 'FuncDecl' ? decl.name.range : site.range) };
}

/** Where a change can have brought the leak: who left, by which choice, who started, who made, who holds. */
function causesOf(story: Story, pass: Pass): readonly Location[] {
  const { root, departure, leak } = story;
  const reason = departure?.reason;
  const arm = reason?.what.kind === 'select' && reason.what.arm !== 'default' ? reason.what.arm : reason?.site;
  const started = leak.stuck.flatMap((one) => (one.process.start ? [one.process.start] : []));
  const sites = [
    departure?.site,
    arm,
    story.earlierSend,
    root.heldAt,
    root.process.start,
    root.madeAt,
    ...started,
    ...root.callers,
  ];
  const found: Location[] = [];
  for (const site of sites) {
    const place = site && sourceSite(site, []);
    if (!place) continue;
    const location = pointAt(pass, place);
    if (!found.some((known) => known.path === location.path && known.startLine === location.startLine))
      found.push(location);
  }
  return found;
}

/** The other stuck operations, and where the object comes from. */
function relatedOf(story: Story, pass: Pass): readonly RelatedInformation[] {
  const others = story.leak.stuck.flatMap((one) => {
    const place = one === story.root ? undefined : sourceSite(one.site, one.callers);
    return place ? [{ location: pointAt(pass, place), message: `\`${operationAt(place).text}\` is also stuck` }] : [];
  });
  const { start } = story.root.process;
  const started = story.leak.contract && start && sourceSite(start, []);
  if (started) others.push({ location: pointAt(pass, started), message: 'its goroutine is started here' });
  const made = story.root.madeAt && sourceSite(story.root.madeAt, []);
  if (isElsewhere(story) || keptLock(story))
    others.unshift({
      location: pass.at(story.site.file, story.operation.range),
      message: `\`${story.operation.text}\` is stuck here`,
    });
  return made ? [...others, { location: pointAt(pass, made), message: 'created here' }] : others;
}

/** The call that leads to what is stuck in another package comes first. */
function messageFromAfar(rule: BlockedRule, story: Story, verdict: Verdict): string {
  const { text } = operationAt(story.reported);
  const place = story.site.file.path.split('/').slice(-2).join('/');
  return `\`${text}\` leaves a goroutine behind: in ${place}, ${messageOf(rule, story, verdict)}`;
}

/** The head of a `select` or a loop says too little to tell two of them apart; their arms do. */
function identityOf({ operation, site }: Story): { readonly identity?: string } {
  const { node } = operation;
  if (node?.kind !== 'SelectStmt') return {};
  const arms = node.clauses.map((clause) => (clause.comm ? sourceText(site.file, clause.comm.range) : 'default'));
  return { identity: `select ${arms.join(' | ')}` };
}

function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
