/**
 * A goroutine that waits for a state by sleeping in a loop.
 *
 *  1. The loop stands in the function that a goroutine runs, not started for the process, and holds one `time.Sleep` of
 *     its own.
 *  2. It does nothing else but look: reading statements, and branches that leave the loop. At least one branch leaves
 *     on a condition that is not about an error.
 *     Calls in it only ask.
 *  3. Nothing bounds it: no context, channel, clock or counter takes part in it.
 */
import type { FixRefusal, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import { anyRule, type Pass, type Rule } from '../../analysis/rule.ts';
import type { CallExpr, Expr, ForStmt, Node, Stmt } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { exitsOf, isEndless } from '../ownership/loop.ts';
import { type Goroutine, goroutinesKey } from '../ownership/owner.ts';
import { bodyOf, walkOwn } from '../ownership/reach.ts';
import { textOf } from '../ownership/waiting.ts';
import { pollingFix } from './polling-fix.ts';
import { inReviewedFile, oneLine, related } from './wording.ts';

export interface Polling {
  readonly goroutine: Goroutine;
  readonly loop: ForStmt;
  readonly sleep: CallExpr;
  /** What is waited for. */
  readonly state: Expr;
}

function detect(pass: Pass): readonly Polling[] {
  const found = new Map<ForStmt, Polling>();
  for (const goroutine of pass.shared(goroutinesKey)) {
    const { func, start } = goroutine;
    if (!func || goroutine.repetition.kind === 'process' || !inReviewedFile(pass, start.file)) continue;
    const body = bodyOf(func);
    if (!body) continue;
    walkOwn(body, (node) => {
      if (node.kind !== 'ForStmt' || found.has(node)) return;
      const polling = judge(pass.pkg, node);
      if (polling) found.set(node, { goroutine, loop: node, ...polling });
    });
  }
  return [...found.values()];
}

function judge(pkg: GoPackage, loop: ForStmt): Pick<Polling, 'sleep' | 'state'> | undefined {
  if (loop.init || loop.post || isBounded(pkg, loop)) return undefined;
  const sleeps = loop.body.list.filter((stmt) => sleepOf(pkg, stmt));
  const sleep = sleeps[0] && sleepOf(pkg, sleeps[0]);
  if (!sleep || sleeps.length > 1 || !loop.body.list.every((stmt) => onlyLooks(pkg, stmt))) return undefined;
  const state = isEndless(pkg, loop) ? leavingCondition(pkg, loop) : loop.cond;
  if (!onlyReads(pkg, loop) || isEndedByOwner(pkg, loop)) return undefined;
  if (!state || isTurn(pkg, loop, state)) return undefined;
  return !/\berr\b/i.test(textOf(pkg, state)) && readsState(state) ? { sleep, state } : undefined;
}

function sleepOf(pkg: GoPackage, stmt: Stmt): CallExpr | undefined {
  if (stmt.kind !== 'ExprStmt' || stmt.x.kind !== 'CallExpr') return undefined;
  const callee = pkg.calleeOf(stmt.x);
  return callee.kind === 'external' && callee.path === 'time' && callee.name === 'Sleep' ? stmt.x : undefined;
}

/** The condition of the first `if` of the loop that leaves it. */
function leavingCondition(pkg: GoPackage, loop: ForStmt): Expr | undefined {
  const exits = exitsOf(pkg, loop).map((exit) => exit.node);
  const leaving = loop.body.list.find((stmt) => stmt.kind === 'IfStmt' && exits.some((exit) => isIn(exit, stmt)));
  return leaving?.kind === 'IfStmt' ? leaving.cond : undefined;
}

function isIn(inner: Node, outer: Node): boolean {
  return outer.range.start <= inner.range.start && inner.range.end <= outer.range.end;
}

/** The sleep, a reading declaration, lock and unlock, or an `if` whose branch ends by leaving. */
function onlyLooks(pkg: GoPackage, stmt: Stmt): boolean {
  if (sleepOf(pkg, stmt)) return true;
  if (stmt.kind === 'AssignStmt') return stmt.tok === '=' || stmt.tok === ':=';
  if (stmt.kind === 'DeclStmt' || stmt.kind === 'EmptyStmt') return true;
  if (stmt.kind === 'ExprStmt')
    return (
      stmt.x.kind === 'CallExpr' && stmt.x.fun.kind === 'SelectorExpr' && /^R?(Unl|L)ock$/.test(stmt.x.fun.sel.name)
    );
  if (stmt.kind !== 'IfStmt' || stmt.els) return false;
  const last = stmt.body.list.at(-1);
  return last?.kind === 'ReturnStmt' || last?.kind === 'BranchStmt';
}

const readerName = /^(is|has|get|load|exists?|contains|len|cap|status|state|ready|alive|running|pending|string|equal)/i;

/** Every call in the loop, outside its leaving branches, asks and does not act: no arguments, or a name that reads. */
function onlyReads(pkg: GoPackage, loop: ForStmt): boolean {
  let reads = true;
  const look = (node: Node): boolean => {
    if (node.kind === 'BlockStmt' && node !== loop.body) return false;
    if (node.kind === 'CallExpr' && node.args.length > 0 && pkg.calleeOf(node).kind !== 'conversion') {
      const name =
        node.fun.kind === 'SelectorExpr' ? node.fun.sel.name : node.fun.kind === 'Ident' ? node.fun.name : '';
      if (name !== 'Sleep' && !readerName.test(name)) reads = false;
    }
    return reads;
  };
  if (loop.cond) walk(loop.cond, look);
  walk(loop.body, look);
  return reads;
}

/** One of several conditions that leave the loop says that the owner has ended what is waited on. */
function isEndedByOwner(pkg: GoPackage, loop: ForStmt): boolean {
  const conditions = loop.body.list.flatMap((stmt) => (stmt.kind === 'IfStmt' ? [textOf(pkg, stmt.cond)] : []));
  if (loop.cond) conditions.push(textOf(pkg, loop.cond));
  return conditions.length > 1 && conditions.some((text) => /clos|stop|shut|quit|exit|cancel|dead/i.test(text));
}

const boundingNames =
  /^(ctx|context|Done|Err|After|Since|Until|Now|Before|Deadline|deadline|timeout|Timeout|attempts?|retries|tries|count|Tick)$/;

/** A context, a channel, the clock or a counter takes part. */
function isBounded(pkg: GoPackage, loop: ForStmt): boolean {
  let bounded = false;
  const look = (node: Node): boolean => {
    if (node.kind === 'Ident' && boundingNames.test(node.name)) bounded = true;
    if (node.kind === 'SelectStmt' || node.kind === 'SendStmt' || node.kind === 'IncDecStmt' || node.kind === 'GoStmt')
      bounded = true;
    if (node.kind === 'UnaryExpr' && node.op === '<-') bounded = true;
    if (node.kind === 'AssignStmt' && node.tok !== '=' && node.tok !== ':=') bounded = true;
    if (node.kind === 'CallExpr' && node.args.some((arg) => isContextLike(pkg, arg))) bounded = true;
    return !bounded;
  };
  if (loop.cond) walk(loop.cond, look);
  walk(loop.body, look);
  return bounded;
}

function isContextLike(pkg: GoPackage, arg: Expr): boolean {
  const type = pkg.typeOf(arg);
  return type.kind === 'named' && type.path === 'context';
}

/** It waits for its turn: the same function takes what is polled, and gives it back in a deferred call, however it is left. */
function isTurn(pkg: GoPackage, loop: ForStmt, state: Expr): boolean {
  const { func, inner } = pkg.enclosing(loop);
  const body = (inner ?? func)?.body;
  const polled = state.kind === 'UnaryExpr' && state.op === '!' ? state.x : state;
  if (!body || (polled.kind !== 'IndexExpr' && polled.kind !== 'SelectorExpr')) return false;
  const [whole, list] = [textOf(pkg, polled), polled.kind === 'IndexExpr' ? textOf(pkg, polled.x) : undefined];
  let given = false;
  walk(body, (node) => {
    if (node.kind === 'DeferStmt')
      walk(node, (part) => {
        given ||= part.kind === 'AssignStmt' && part.lhs.some((target) => textOf(pkg, target) === whole);
        const [first] = part.kind === 'CallExpr' && textOf(pkg, part.fun) === 'delete' ? part.args : [];
        given ||= first !== undefined && textOf(pkg, first) === list;
        return !given;
      });
    return !given;
  });
  return given;
}

/** A call, a field or an element is read, so that somebody else can change what is waited for. */
function readsState(state: Expr): boolean {
  let reads = false;
  walk(state, (node) => {
    if (node.kind === 'CallExpr' || node.kind === 'SelectorExpr' || node.kind === 'IndexExpr' || node.kind === 'Ident')
      reads = true;
    return !reads;
  });
  return reads;
}

const rule: Rule<Polling> = {
  meta: {
    id: 'sleep-polling',
    group: 'lifecycle',
    summary: 'A goroutine waits for a state by sleeping in a loop, and nothing bounds the wait.',
    severity: 'warning',
    since: '0.1.0',
    knownProblems: [{ kind: 'miss', text: 'A loop that does other work between two checks is not reported.' }],
  },
  detect,
  describe({ goroutine, loop, sleep, state }, pass): Report {
    const { pkg } = pass;
    const file = pkg.fileOf(loop);
    const subject = pass.at(goroutine.start.file, goroutine.start.node);
    return {
      location: pass.at(file, sleep),
      message: `The goroutine polls \`${oneLine(textOf(pkg, state))}\` with \`${oneLine(textOf(pkg, sleep))}\` and never ends if that never changes; no context can end the wait.`,
      advice:
        'Wait for an event: a channel that is closed when the state changes, or at least a ticker in a select with a context.',
      related: [related(pass, goroutine.start.node, 'the goroutine is started here')],
      causes: [pass.at(file, loop), subject],
      subject,
    };
  },
  fix(finding, pass): readonly SuggestedFix[] | FixRefusal {
    return pollingFix(pass.pkg, finding);
  },
};

export const sleepPolling = anyRule(rule);
