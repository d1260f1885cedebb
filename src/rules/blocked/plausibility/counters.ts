/**
 * Counters that decide whether the answer comes: `left--; if left == 0 { close(done) }`. What a counter starts from and how
 * often it is moved hang together; a search takes the one as it comes, and finds that the number is never reached.
 */
import type { TraceStep } from '../../../concurrency/leak.ts';
import type { Expr, IfStmt, Node } from '../../../go/ast.ts';
import { walk } from '../../../go/walk.ts';
import { contains } from '../../../text/offset.ts';
import { nodesAround, sourceSite, sourceText } from '../operation.ts';
import type { Story } from '../story.ts';
import { answersIn, comparesNumbers, lastNameOf } from './answering.ts';
import type { Assumption } from './assumption.ts';
import { missedBy } from './missed.ts';

/** The answer stands in a branch that was not taken, because of a counter. */
export function unreachedCount(story: Story): Assumption | undefined {
  const waits = missedBy(story);
  for (const step of story.leak.trace) {
    const place = sourceSite(step.site, step.callers);
    const choice = place && choiceAt(step);
    if (!place || !choice || contains(choice.statement.range, story.site.range)) continue;
    const { left } = choice;
    if (left === undefined || !waits.some((wait) => answersIn(left, wait, story.operation.node))) continue;
    const text = `\`${sourceText(place.file, choice.statement.cond.range)}\` never changes its value`;
    return { kind: 'unreached-count', text, place };
  }
  return undefined;
}

/**
 * A loop that counts down by hand waits for one answer more, and all who were started have answered: how many are started
 * and what the counter begins with hang together.
 */
export function unstartedAnswer({ leak, root, operation, site }: Story): Assumption | undefined {
  if (root.object === undefined || (root.kind !== 'recv' && root.kind !== 'select')) return undefined;
  const loop = nodesAround(site.file, site.range).findLast((node) => node.kind === 'ForStmt');
  if (loop?.kind !== 'ForStmt' || loop.post?.kind === 'IncDecStmt' || !loop.cond || !comparesNumbers(loop.cond))
    return undefined;
  const { trace } = leak;
  const answered = new Set(trace.filter(({ what }) => isSendOn(what, root.object)).map(({ process }) => process.id));
  const started = trace.flatMap(({ what }) => (what.kind === 'go' ? [what.started.id] : []));
  if (answered.size === 0 || !started.every((id) => answered.has(id))) return undefined;
  const text = `\`${sourceText(site.file, loop.cond.range)}\` expects more answers on \`${operation.name}\` than were requested`;
  return { kind: 'unreached-count', text, place: site };
}

function isSendOn(what: TraceStep['what'], object: number | undefined): boolean {
  return what.kind === 'send' && what.object === object;
}

interface Choice {
  readonly statement: IfStmt;
  /** The branch that was not taken. */
  readonly left: Node | undefined;
}

/** The `if` over a counter that a step decides. */
function choiceAt({ site, what }: TraceStep): Choice | undefined {
  if (what.kind !== 'branch' || !site.file) return undefined;
  const path = nodesAround(site.file, site.range);
  const [decl] = path;
  const statement = path.findLast((node) => node.kind === 'IfStmt');
  const asked = path.findLast((node) => node.kind === 'BinaryExpr');
  if (!decl || statement?.kind !== 'IfStmt' || asked?.kind !== 'BinaryExpr') return undefined;
  if (!contains(statement.cond.range, asked.range) || !comparesNumbers(asked)) return undefined;
  if (![asked.x, asked.y].some((side) => isCounter(decl, side))) return undefined;
  return { statement, left: what.taken ? statement.els : statement.body };
}

/** Whether a function moves a number by steps: `n++`, `n -= k`. */
function isCounter(decl: Node, side: Expr): boolean {
  const name = lastNameOf(side);
  let moved = false;
  walk(decl, (node) => {
    if (node.kind === 'IncDecStmt') moved ||= lastNameOf(node.x) === name;
    if (node.kind === 'AssignStmt' && (node.tok === '+=' || node.tok === '-='))
      moved ||= node.lhs.some((target) => lastNameOf(target) === name);
    return !moved;
  });
  return moved && name !== undefined;
}
