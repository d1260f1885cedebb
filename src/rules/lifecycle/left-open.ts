/**
 * A done channel that one return leaves open.
 *
 *  1. A function makes `done` and starts a goroutine that waits, in one `select`, for `done` or for the end of a context
 *     (or a stop channel) that comes from outside the function.
 *  2. Nothing else is done with `done` in the goroutine; some return is preceded by a close, a send or a use that hands
 *     it on, and another is not. Then the goroutine lives on until the context ends, which may be much later.
 *  3. A return that is reached because that context has ended needs no close.
 */
import { fixOf, insertBefore, refuse } from '../../analysis/code-edits.ts';
import type { FixRefusal, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import type {
  AssignStmt,
  CommClause,
  Expr,
  FuncDecl,
  FuncLit,
  GoStmt,
  Ident,
  ReturnStmt,
  SelectStmt,
} from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { channelOf, makeCapacity } from '../ownership/channel.ts';
import { armReceive, hasDefault, isEndless, loopsAround } from '../ownership/loop.ts';
import { missedExits } from '../ownership/missed-exit.ts';
import { isInside } from '../ownership/precedence.ts';
import { walkOwn } from '../ownership/reach.ts';
import { isProcessEntry } from '../ownership/repetition.ts';
import { textOf } from '../ownership/waiting.ts';
import { inReviewedFile, oneLine, related } from './wording.ts';

export interface LeftOpen {
  readonly kind: 'left-open';
  readonly done: Ident;
  readonly go: GoStmt;
  readonly select: SelectStmt;
  /** What else ends the goroutine, as written. */
  readonly otherwise: string;
  /** Returns that leave `done` open. */
  readonly exits: readonly ReturnStmt[];
  /** Uses that release the goroutine on other ways. */
  readonly releases: readonly Ident[];
}

export function channelsLeftOpen(pass: Pass): readonly LeftOpen[] {
  const found: LeftOpen[] = [];
  for (const func of pass.pkg.funcDecls) {
    if (!inReviewedFile(pass, func.file) || !mayMake(func) || isProcessEntry(pass.pkg, func)) continue;
    if (!func.body) continue;
    walk(func.body, (node) => {
      const one = node.kind === 'AssignStmt' ? judge(pass.pkg, node) : undefined;
      if (one) found.push(one);
    });
  }
  return found;
}

/** A cheap look at the text before anything is lowered. */
function mayMake(func: FuncDecl): boolean {
  const body = func.bodyRange ? func.file.text.slice(func.bodyRange.start, func.bodyRange.end) : '';
  return /:= *make\(chan\b/.test(body) && /\bgo func\b/.test(body) && body.includes('select {');
}

function judge(pkg: GoPackage, assignment: AssignStmt): LeftOpen | undefined {
  const [done, value] = [assignment.lhs[0], assignment.rhs[0]];
  if (assignment.tok !== ':=' || assignment.lhs.length !== 1 || done?.kind !== 'Ident') return undefined;
  const { func, inner } = pkg.enclosing(assignment);
  const inside = inner ?? func;
  const binding = pkg.bindingOf(done);
  if (!value || !makeCapacity(pkg, value) || !binding || !inside?.body) return undefined;
  const uses = pkg.usesOf(binding);
  const waiter = waiterIn(pkg, inside, uses);
  if (!waiter) return undefined;
  const releases = uses.filter((use) => !isInside(use, waiter.go));
  if (releases.length === 0 || releases.some((use) => !isRelease(pkg, use))) return undefined;
  const exits = missedExits(pkg, { inside, assignment, after: waiter.go }, releases);
  const ended = waiter.otherwise.replace(/\.Done\(\)$/, '');
  const open = exits.filter((exit) => !mentions(pkg, exit, ended));
  return open.length > 0 ? { kind: 'left-open', done, ...waiter, exits: open, releases } : undefined;
}

/** The goroutine whose only use of the channel is a receive in a select that also waits for something from outside. */
function waiterIn(
  pkg: GoPackage,
  inside: FuncDecl | FuncLit,
  uses: readonly Ident[],
): Pick<LeftOpen, 'go' | 'select' | 'otherwise'> | undefined {
  const starts: GoStmt[] = [];
  if (inside.body)
    walkOwn(inside.body, (node) => {
      if (node.kind === 'GoStmt' && uses.some((use) => isInside(use, node))) starts.push(node);
    });
  const [go] = starts;
  if (starts.length !== 1 || !go || go.call.kind !== 'CallExpr' || go.call.fun.kind !== 'FuncLit') return undefined;
  const within = uses.filter((use) => isInside(use, go));
  const select = go.call.fun.body && mainSelect(pkg, go.call.fun);
  const arm = select?.clauses.find((each) => within.some((use) => armReceive(each) === use));
  if (!select || !arm || within.length !== 1 || hasDefault(select)) return undefined;
  if (!leadsOut(pkg, select, arm)) return undefined;
  const otherwise = otherEnd(pkg, inside, select, arm);
  return otherwise === undefined ? undefined : { go, select, otherwise };
}

/** The select that the goroutine begins with, or that its endless loop consists of. */
function mainSelect(pkg: GoPackage, lit: FuncLit): SelectStmt | undefined {
  const list = lit.body?.list ?? [];
  const loop = list.find((stmt) => stmt.kind === 'ForStmt');
  const within = loop?.kind === 'ForStmt' && isEndless(pkg, loop) ? loop.body.list : list;
  return within.find((stmt): stmt is SelectStmt => stmt.kind === 'SelectStmt');
}

/** The arm ends the goroutine: it returns, or the select is not in a loop. */
function leadsOut(pkg: GoPackage, select: SelectStmt, arm: CommClause): boolean {
  return arm.body.at(-1)?.kind === 'ReturnStmt' || loopsAround(pkg, select).length === 0;
}

/** The one other arm, when it waits for a context or stop channel that does not end with the function. */
function otherEnd(pkg: GoPackage, inside: FuncDecl | FuncLit, select: SelectStmt, arm: CommClause): string | undefined {
  const others = select.clauses.filter((each) => each !== arm);
  const from = others[0] && armReceive(others[0]);
  if (others.length !== 1 || !from) return undefined;
  const ref = channelOf(pkg, from);
  if (ref.kind !== 'done') return undefined;
  const fun = ref.call.fun;
  const context = fun.kind === 'SelectorExpr' ? fun.x : undefined;
  return context && outlives(pkg, inside, context) ? textOf(pkg, from) : undefined;
}

/** A parameter, a field, or what a method named `Context` returns: nothing that the function itself derives. */
function outlives(pkg: GoPackage, inside: FuncDecl | FuncLit, context: Expr): boolean {
  if (context.kind === 'SelectorExpr') return true;
  if (context.kind === 'CallExpr') return context.fun.kind === 'SelectorExpr' && context.fun.sel.name === 'Context';
  const binding = context.kind === 'Ident' ? pkg.bindingOf(context) : undefined;
  if (binding?.kind !== 'param' || !inside.body) return false;
  let again = false;
  walk(inside.body, (node) => {
    if (node.kind === 'AssignStmt')
      again ||= node.lhs.some((each) => each.kind === 'Ident' && each.name === binding.name);
    return !again;
  });
  return !again;
}

/** A close, a send, or an argument or value that hands the channel on; a receive releases nobody. */
function isRelease(pkg: GoPackage, use: Ident): boolean {
  const parent = pkg.parentOf(use);
  return parent?.kind === 'CallExpr' || (parent?.kind === 'SendStmt' && parent.chan === use);
}

/** A condition, case or result around or in the exit speaks of the context. */
function mentions(pkg: GoPackage, exit: ReturnStmt, context: string): boolean {
  if (textOf(pkg, exit).includes(context)) return true;
  for (let at = pkg.parentOf(exit); at && at.kind !== 'FuncLit' && at.kind !== 'FuncDecl'; at = pkg.parentOf(at)) {
    const head = at.kind === 'IfStmt' ? at.cond : at.kind === 'CommClause' ? at.comm : undefined;
    if (head && textOf(pkg, head).includes(context)) return true;
  }
  return false;
}

export function describeLeftOpen({ done, go, select, otherwise, exits, releases }: LeftOpen, pass: Pass): Report {
  const file = pass.pkg.fileOf(go);
  const [exit] = exits;
  const line = exit ? file.lines.lineAt(exit.range.start) : 0;
  const end = oneLine(otherwise);
  return {
    location: pass.at(file, go),
    message: `The return on line ${line} leaves \`${done.name}\` open, so the goroutine lives on until \`${end}\` is ready.`,
    advice: `Close \`${done.name}\` on every path, preferably with \`defer close(${done.name})\`.`,
    related: [
      ...exits.slice(0, 3).map((one) => related(pass, one, `leaves \`${done.name}\` open`)),
      related(pass, select, `waits for \`${done.name}\` or \`${end}\``),
      ...releases.slice(0, 2).map((use) => related(pass, use, 'another path releases the goroutine')),
    ],
    causes: [...exits, done].map((node) => pass.at(file, node)),
  };
}

/** A close before each return that misses it, where the returned values are computed without calls. */
export function leftOpenFix(pkg: GoPackage, { done, exits }: LeftOpen): readonly SuggestedFix[] | FixRefusal {
  const file = pkg.fileOf(done);
  const plain = exits.every((exit) => exit.results.every((result) => !/\w\(/.test(textOf(pkg, result))));
  if (!plain) return refuse('the returned values are computed by calls, which may need the goroutine');
  if (exits.some((exit) => pkg.parentOf(exit)?.kind !== 'BlockStmt'))
    return refuse('a return is not a statement of a block');
  const edits = exits.map((exit) => insertBefore(file, exit, [`close(${done.name})`]));
  return [fixOf(file, `Close \`${done.name}\` before the returns that leave it open`, edits)];
}
