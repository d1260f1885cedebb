/**
 * A `for` that its author meant to end and that does not, or a goroutine of a call that can never end.
 *
 *  1. `break` in a select arm of an endless loop leaves only the select: the arm receives from a `Done()` or from a
 *     channel that is only ever closed, and nothing follows the select in the loop.
 *  2. An empty arm for such a channel: after the close the loop spins. Where another arm leaves the loop, 1 and 2 are
 *     warnings.
 *  3. An endless loop without any way out, in a goroutine that is started again and again although a context is at
 *     hand, or the loop hands one that never ends to what it waits for (a type with a stop method is the business of
 *     `start-without-stop`).
 */
import { fixOf, insertAfter, refuse, replaceNode } from '../../analysis/code-edits.ts';
import type { FixRefusal, Report, SuggestedFix, WitnessStep } from '../../analysis/diagnostic.ts';
import { anyRule, type Pass, type Rule } from '../../analysis/rule.ts';
import { isEndlessContext } from '../../concurrency/open/stops.ts';
import type { BranchStmt, CallExpr, CommClause, ForStmt, FuncDecl, Node, SelectStmt } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { channelField, channelOf } from '../ownership/channel.ts';
import { armReceive, breakTarget, exitsOf, isEndless, labelOf } from '../ownership/loop.ts';
import { type Goroutine, goroutinesKey } from '../ownership/owner.ts';
import type { ServiceLoop } from '../ownership/service-loop.ts';
import { textOf } from '../ownership/waiting.ts';
import { contextAt } from './equipment.ts';
import { loopFix } from './loop-fix.ts';
import { unstoppedStarts } from './unstopped-start.ts';
import { howOften, inReviewedFile, nameOf, oneLine, related } from './wording.ts';

interface DeadArm {
  readonly kind: 'break' | 'empty';
  readonly loop: ForStmt;
  readonly arm: CommClause;
  readonly branch?: BranchStmt;
}

interface EndlessGoroutine {
  readonly kind: 'goroutine';
  readonly goroutine: Goroutine;
  readonly loop: ServiceLoop;
  /** The context at hand; absent: the loop hands one that never ends to `call`. */
  readonly context?: string;
  readonly call?: CallExpr;
}

function detect(pass: Pass): readonly (DeadArm | EndlessGoroutine)[] {
  const arms = deadArms(pass);
  const loops = new Set<object>(arms.map((arm) => arm.loop));
  return [...arms, ...endlessGoroutines(pass).filter(({ loop }) => !loops.has(loop.loop))];
}

function deadArms(pass: Pass): readonly DeadArm[] {
  const found: DeadArm[] = [];
  for (const func of pass.pkg.funcDecls) {
    if (!pass.files.includes(func.file) || !mayHoldLoop(func)) continue;
    const body = func.body;
    if (!body) continue;
    walk(body, (node) => {
      if (node.kind === 'ForStmt' && isEndless(pass.pkg, node)) found.push(...deadArmsOf(pass.pkg, node));
    });
  }
  return found;
}

/** A cheap look at the text before anything is lowered. */
function mayHoldLoop(func: FuncDecl): boolean {
  const body = func.bodyRange ? func.file.text.slice(func.bodyRange.start, func.bodyRange.end) : '';
  return body.includes('select {') && body.includes('for ');
}

function deadArmsOf(pkg: GoPackage, loop: ForStmt): readonly DeadArm[] {
  const select = loop.body.list.at(-1);
  if (select?.kind !== 'SelectStmt' || exitsOf(pkg, loop).some((exit) => !exit.arm)) return [];
  return select.clauses.flatMap((arm) => deadArm(pkg, loop, select, arm) ?? []);
}

function deadArm(pkg: GoPackage, loop: ForStmt, select: SelectStmt, arm: CommClause): DeadArm | undefined {
  const last = arm.body.at(-1);
  const leaves =
    last?.kind === 'BranchStmt' && last.tok === 'break' && !last.label && breakTarget(pkg, last) === select;
  if (!leaves && (arm.body.length > 0 || hasCommentInside(pkg, arm))) return undefined;
  if (!isClosedOnly(pkg, arm)) return undefined;
  return leaves ? { kind: 'break', loop, arm, branch: last } : { kind: 'empty', loop, arm };
}

/** An arm that holds an explanation is left alone. */
function hasCommentInside(pkg: GoPackage, arm: CommClause): boolean {
  const file = pkg.fileOf(arm);
  const line = file.lines.lineAt(arm.range.start);
  const next = file.lines.lineText(line + 1).trim();
  return next.startsWith('//');
}

/** The arm receives from a `Done()`, or from a channel field that the package closes and nobody sends on. */
function isClosedOnly(pkg: GoPackage, arm: CommClause): boolean {
  const from = armReceive(arm);
  const ref = from && channelOf(pkg, from);
  if (ref?.kind === 'done') return true;
  if (ref?.kind !== 'field') return false;
  const channel = channelField(pkg, ref.field);
  return channel.private && channel.closes.length > 0 && channel.sends.length === 0;
}

function endlessGoroutines(pass: Pass): readonly EndlessGoroutine[] {
  const spoken = new Set(unstoppedStarts(pass).map((one) => one.goroutine));
  return pass.shared(goroutinesKey).flatMap((goroutine): readonly EndlessGoroutine[] => {
    const { start, repetition } = goroutine;
    if (spoken.has(goroutine) || start.kind === 'afterfunc' || !inReviewedFile(pass, start.file)) return [];
    const { kind } = repetition;
    if (kind === 'process' || (kind === 'once' && !isMaker(pass.pkg, start.func))) return [];
    const loop = goroutine.loops.find((each) => each.end.kind === 'never');
    if (!loop) return [];
    const context = kind === 'once' ? undefined : contextAt(pass.pkg, start.func, start.inner);
    if (context) return [{ kind: 'goroutine', goroutine, loop, context }];
    const call = endlessCall(pass.pkg, loop.loop);
    return call ? [{ kind: 'goroutine', goroutine, loop, call }] : [];
  });
}

/** Whoever calls it gets something new, as often as he likes: `Dial`, `NewConn`. */
function isMaker(pkg: GoPackage, func: FuncDecl | undefined): boolean {
  const [first] = func?.type.results ?? [];
  if (!func || !first || !isExported(func.name.name) || pkg.name === 'main') return false;
  const type = pkg.typeOfTypeExpr(first.type);
  return type.kind !== 'basic';
}

/** A call in the loop that is handed `context.Background()`: it could end, and does not. */
function endlessCall(pkg: GoPackage, loop: Node): CallExpr | undefined {
  let found: CallExpr | undefined;
  walk(loop, (node) => {
    if (found || node.kind === 'FuncLit') return false;
    const callee = node.kind === 'CallExpr' ? pkg.calleeOf(node) : undefined;
    if (node.kind !== 'CallExpr' || (callee?.kind === 'external' && callee.path === 'context')) return true;
    if (node.args.some((arg) => isEndlessContext(pkg, arg))) found = node;
    return !found;
  });
  return found;
}

const rule: Rule<DeadArm | EndlessGoroutine> = {
  meta: {
    id: 'inescapable-loop',
    group: 'blocked',
    summary:
      'A loop has no way out: a `break` that only leaves the select, an empty case for the end, or no exit at all.',
    severity: 'error',
    since: '0.1.0',
    knownProblems: [{ kind: 'miss', text: 'A loop whose only exit is a condition that never holds is not reported.' }],
  },
  detect,
  describe(finding, pass): Report {
    return finding.kind === 'goroutine' ? describeGoroutine(finding, pass) : describeArm(finding, pass);
  },
  fix(finding, pass): readonly SuggestedFix[] | FixRefusal {
    return finding.kind === 'goroutine'
      ? loopFix(pass.pkg, finding.goroutine, finding.loop)
      : armFix(pass.pkg, finding);
  },
};

/** The path on which the loop goes on forever. */
function spinning(
  kind: DeadArm['kind'],
  loop: DeadArm['loop'],
  arm: DeadArm['arm'],
  name: string,
  branch: DeadArm['branch'],
  pass: Pass,
): readonly WitnessStep[] {
  const file = pass.pkg.fileOf(loop);
  const { func, inner } = pass.pkg.enclosing(loop);
  const process =
    inner === undefined
      ? (func?.name.name ?? 'the function')
      : `function literal on line ${file.lines.lineAt(inner.range.start)}`;
  const leaves = kind === 'break' ? 'leaves the select and not the loop' : 'does nothing and does not leave the loop';
  return [
    { process, text: `waits in the select while \`${name}\` is closed`, location: pass.at(file, loop) },
    { process, text: `takes the case of \`${name}\`, which is ready from now on`, location: pass.at(file, arm) },
    { process, text: leaves, location: pass.at(file, branch ?? arm) },
    { process, text: `takes the case of \`${name}\` again, forever`, location: pass.at(file, arm) },
  ];
}

function describeArm({ kind, loop, arm, branch }: DeadArm, pass: Pass): Report {
  const { pkg } = pass;
  const file = pkg.fileOf(loop);
  const from = armReceive(arm);
  const name = oneLine(from ? textOf(pkg, from) : '');
  const otherwise = exitsOf(pkg, loop).length > 0;
  const what = kind === 'break' ? 'This `break` leaves only the select' : `The case for \`${name}\` is empty`;
  return {
    location: pass.at(file, branch ?? arm),
    message: `${what}, so the loop goes on and spins once \`${name}\` is closed.`,
    ...(otherwise ? { severity: 'warning' as const } : {}),
    advice: 'Return from the function, or break out of the loop with a label.',
    related: [related(pass, loop, 'the loop that never ends')],
    causes: [pass.at(file, arm)],
    witness: spinning(kind, loop, arm, name, branch, pass),
  };
}

function describeGoroutine({ goroutine, loop, context, call }: EndlessGoroutine, pass: Pass): Report {
  const { pkg } = pass;
  const called = call ? `\`${oneLine(textOf(pkg, call.fun))}\`` : '';
  const location = pass.at(goroutine.start.file, goroutine.start.node);
  const name = nameOf(pkg, goroutine);
  return {
    location,
    severity: 'warning',
    message: `${name.startsWith('the') ? `T${name.slice(1)}` : name} is started ${howOften(pkg, goroutine)} and loops with no way out, ${context ? `although \`${context}\` is available` : `and the context that it passes to ${called} never ends`}.`,
    advice: context
      ? `Leave the loop when \`${context}\` is done.`
      : `Pass ${called} a context that ends with the work it serves, and leave the loop then.`,
    related: [related(pass, loop.loop, 'the loop with no way out')],
    causes: [pass.at(pkg.fileOf(loop.loop), loop.loop)],
    subject: location,
  };
}

/** Returns where the function has no results; else breaks by the label that the loop has. */
function armFix(pkg: GoPackage, { loop, arm, branch }: DeadArm): readonly SuggestedFix[] | FixRefusal {
  const file = pkg.fileOf(loop);
  const { func, inner } = pkg.enclosing(loop);
  const label = labelOf(pkg, loop);
  const returns = (inner ?? func)?.type.results.length === 0;
  if (!returns && label === undefined) return refuse('what the function should return is not known');
  const leave = returns ? 'return' : `break ${label}`;
  const edit = branch ? replaceNode(file, branch, [leave]) : insertAfter(file, arm.comm ?? arm, [`\t${leave}`]);
  return [fixOf(file, returns ? 'Return from the function' : 'Break out of the loop with its label', [edit])];
}

export const inescapableLoop = anyRule(rule);
