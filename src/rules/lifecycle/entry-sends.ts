/**
 * A send on a channel of a map that another function may have closed: it looks the channel up under a lock, releases the
 * lock and only then sends, while the other one closes the channel and deletes the entry under that lock.
 */
import { fixOf, insertAfter, refuse, removeLines } from '../../analysis/code-edits.ts';
import type { FixRefusal, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import type { CallExpr, Expr, FuncDecl, Ident, Node, SendStmt, Stmt } from '../../go/ast.ts';
import type { Binding, FieldInfo, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { isInside } from '../ownership/registration.ts';
import { textOf } from '../ownership/waiting.ts';
import { inReviewedFile, oneLine, related } from './wording.ts';

export interface EntrySend {
  readonly field: FieldInfo;
  readonly send: SendStmt;
  /** The release of the lock between the lookup and the send. */
  readonly release: CallExpr;
  readonly lookup: Node;
  /** Closes of entries by other functions, which hold a lock. */
  readonly closes: readonly CallExpr[];
}

export function entrySends(pass: Pass): readonly EntrySend[] {
  const { pkg } = pass;
  return [...pkg.types.values()].flatMap((type) =>
    [...type.fields.values()].filter((field) => holdsChannels(pkg, field)).flatMap((field) => sendsTo(pass, field)),
  );
}

function holdsChannels(pkg: GoPackage, field: FieldInfo): boolean {
  const type = pkg.underlying(field.type);
  return type.kind === 'map' && pkg.underlying(type.value).kind === 'chan';
}

function sendsTo(pass: Pass, field: FieldInfo): readonly EntrySend[] {
  const { pkg } = pass;
  const variables = entryVariables(pkg, field);
  const closes = variables.flatMap(({ variable, func }) => closesOf(pkg, variable).map((close) => ({ close, func })));
  const guarded = closes.filter(({ func }) => callsIn(func, /^Lock$/).length > 0);
  if (guarded.length === 0) return [];
  return variables.flatMap(({ variable, func, lookup }) => {
    const others = guarded.filter((one) => one.func !== func).map(({ close }) => close);
    if (others.length === 0 || !inReviewedFile(pass, func.file)) return [];
    return sendsOn(pkg, variable).flatMap((send): readonly EntrySend[] => {
      const release = releaseBetween(pkg, func, lookup, send);
      return release ? [{ field, send, release, lookup, closes: others }] : [];
    });
  });
}

interface EntryVariable {
  readonly variable: Binding;
  readonly lookup: Node;
  readonly func: FuncDecl;
}

/** Variables that hold what is looked up in the map, or ranged over. */
function entryVariables(pkg: GoPackage, field: FieldInfo): readonly EntryVariable[] {
  return field.uses.flatMap(({ node, func }): readonly EntryVariable[] => {
    const ident = func && entryIdent(pkg, node);
    const variable = ident && pkg.bindingOf(ident);
    return func && variable ? [{ variable, lookup: node, func }] : [];
  });
}

/** `v` of `v, ok := s.m[k]` and of `for _, v := range s.m`. */
function entryIdent(pkg: GoPackage, use: Node): Ident | undefined {
  if (use.kind === 'RangeStmt') return use.value?.kind === 'Ident' ? use.value : undefined;
  const index = pkg.parentOf(use);
  const assign = index?.kind === 'IndexExpr' && index.x === use ? pkg.parentOf(index) : undefined;
  if (assign?.kind !== 'AssignStmt' || !assign.rhs.includes(index as Expr)) return undefined;
  const [target] = assign.lhs;
  return target?.kind === 'Ident' ? target : undefined;
}

function closesOf(pkg: GoPackage, variable: Binding): readonly CallExpr[] {
  return pkg.usesOf(variable).flatMap((use) => {
    const call = pkg.parentOf(use);
    if (call?.kind !== 'CallExpr' || !call.args.includes(use)) return [];
    const callee = pkg.calleeOf(call);
    return callee.kind === 'builtin' && callee.name === 'close' ? [call] : [];
  });
}

function sendsOn(pkg: GoPackage, variable: Binding): readonly SendStmt[] {
  return pkg.usesOf(variable).flatMap((use) => {
    const send = pkg.parentOf(use);
    return send?.kind === 'SendStmt' && send.chan === use ? [send] : [];
  });
}

/** A release that is not deferred, stands in a block around the send, and lets nobody lock again before it. */
function releaseBetween(pkg: GoPackage, func: FuncDecl, lookup: Node, send: SendStmt): CallExpr | undefined {
  const between = (call: CallExpr) => call.range.start > lookup.range.end && call.range.end < send.range.start;
  const release = callsIn(func, /^R?Unlock$/).findLast((call) => {
    const stmt = pkg.parentOf(call);
    const block = stmt?.kind === 'ExprStmt' ? pkg.parentOf(stmt) : undefined;
    return between(call) && block !== undefined && isInside(send, block);
  });
  const again = callsIn(func, /^R?Lock$/).some((call) => between(call) && call.range.start > (release?.range.end ?? 0));
  return again ? undefined : release;
}

function callsIn(func: FuncDecl, name: RegExp): readonly CallExpr[] {
  const calls: CallExpr[] = [];
  walk(func, (node) => {
    if (node.kind === 'CallExpr' && node.fun.kind === 'SelectorExpr' && name.test(node.fun.sel.name)) calls.push(node);
    return node.kind !== 'FuncLit';
  });
  return calls;
}

export function describeEntrySend({ field, send, release, closes }: EntrySend, pass: Pass): Report {
  const { pkg } = pass;
  const file = pkg.fileOf(send);
  const channel = oneLine(textOf(pkg, send.chan));
  const [close] = closes;
  const closer = (close && pkg.enclosing(close).func?.name.name) ?? 'another function';
  return {
    location: pass.at(file, send),
    message: `\`${channel}\` comes from \`${field.owner.name}.${field.name}\`, and the lock is released before this send: \`${closer}\` may have closed it by then, and the send panics.`,
    advice: 'Hold the lock over a send that cannot block, or make receivers wait for something other than the close.',
    severity: 'warning',
    related: [
      related(pass, release, 'the lock is released here'),
      ...closes.slice(0, 2).map((one) => related(pass, one, 'and the channel is closed here')),
    ],
    causes: [release, ...closes].map((node) => pass.at(pkg.fileOf(node), node)),
  };
}

/** The lock is held to the end of a function whose send does not block. */
export function entrySendFix(
  { send, release, lookup }: EntrySend,
  pkg: GoPackage,
): readonly SuggestedFix[] | FixRefusal {
  const select = selectAround(pkg, send);
  if (!select?.clauses.some(({ comm }) => comm === undefined))
    return refuse('the send may block while the lock is held');
  const stmt = pkg.parentOf(release);
  const block = stmt && pkg.parentOf(stmt);
  const lock = block?.kind === 'BlockStmt' && stmt ? lockBefore(block.list, release, lookup) : undefined;
  if (!stmt || !lock || release.fun.kind !== 'SelectorExpr') return refuse('it is not clear where the lock is taken');
  const after = block?.kind === 'BlockStmt' ? block.list.filter(({ range }) => range.start > select.range.end) : [];
  if (after.length > 0) return refuse('the function goes on after the send, and would hold the lock');
  const file = pkg.fileOf(send);
  return [
    fixOf(file, 'Hold the lock over the send', [
      insertAfter(file, lock, [`defer ${textOf(pkg, release)}`]),
      removeLines(file, stmt),
    ]),
  ];
}

function selectAround(pkg: GoPackage, send: SendStmt) {
  const clause = pkg.parentOf(send);
  const select = clause?.kind === 'CommClause' ? pkg.parentOf(clause) : undefined;
  return select?.kind === 'SelectStmt' ? select : undefined;
}

/** `x.mu.RLock()` in the block of the release, before the lookup. */
function lockBefore(list: readonly Stmt[], release: CallExpr, lookup: Node): Stmt | undefined {
  if (release.fun.kind !== 'SelectorExpr') return undefined;
  const wanted = release.fun.sel.name.replace('Unlock', 'Lock');
  return list.findLast(
    (stmt) =>
      stmt.kind === 'ExprStmt' &&
      stmt.range.end < lookup.range.start &&
      stmt.x.kind === 'CallExpr' &&
      stmt.x.fun.kind === 'SelectorExpr' &&
      stmt.x.fun.sel.name === wanted,
  );
}
