/**
 * A context whose cancel function only a local value has, in a function that returns an error without that value.
 *
 *  1. `ctx, cancel := context.WithCancel(parent)`, and all that is done with `cancel` is to keep it in a field of a local
 *     value of the package, whose type calls that field.
 *  2. Something that is given the value or its context before the error starts a goroutine, as far as the module shows.
 *  3. The error is returned before anybody else has got the value, and no method that cancels was called.
 *  4. Programs are left out: when their functions return an error, the process ends.
 *
 * Assumed: whoever gets the error lets `parent` live on.
 */
import { fixOf, insertBefore, refuse } from '../../analysis/code-edits.ts';
import type { FixRefusal, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import type { AssignStmt, CallExpr, Expr, FuncDecl, Ident, Node, ReturnStmt } from '../../go/ast.ts';
import type { Binding, FieldInfo, GoPackage, TypeInfo } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { errorReturns } from '../ownership/error-returns.ts';
import { droppingExits } from '../ownership/handing.ts';
import { isInside } from '../ownership/precedence.ts';
import { walkAround, walkOwn } from '../ownership/reach.ts';
import { textOf } from '../ownership/waiting.ts';
import { inReviewedFile, oneLine, related } from './wording.ts';

export interface DroppedCancel {
  readonly kind: 'dropped-cancel';
  readonly derived: AssignStmt;
  /** The variable of the value that keeps the cancel function, and the field in which it does. */
  readonly value: Binding;
  readonly field: FieldInfo;
  /** The call below which a goroutine starts. */
  readonly started: CallExpr;
  readonly exit: ReturnStmt;
  /** This one and all later ones of the function. */
  readonly exits: readonly ReturnStmt[];
}

const derives = /\bcontext\.With(Cancel|Timeout|Deadline)/;

export function droppedCancels(pass: Pass): readonly DroppedCancel[] {
  const { pkg } = pass;
  if (pkg.name === 'main') return [];
  return pkg.funcDecls.flatMap((func): readonly DroppedCancel[] => {
    const { bodyRange, file } = func;
    if (!bodyRange || !inReviewedFile(pass, file) || !derives.test(file.text.slice(bodyRange.start, bodyRange.end)))
      return [];
    const exits = errorReturns(pkg, func);
    return exits.length === 0 ? [] : derivationsOf(pkg, func).flatMap((one) => judge(pkg, func, one, exits) ?? []);
  });
}

interface Kept {
  readonly derived: AssignStmt;
  readonly context: Ident | undefined;
  readonly value: Binding;
  readonly field: FieldInfo;
  /** From here on the value has it. */
  readonly from: number;
}

function derivationsOf(pkg: GoPackage, { body }: FuncDecl): readonly Kept[] {
  const found: Kept[] = [];
  if (body)
    walkOwn(body, (node) => {
      const kept = node.kind === 'AssignStmt' ? keptOf(pkg, node) : undefined;
      if (kept) found.push(kept);
      return true;
    });
  return found;
}

function keptOf(pkg: GoPackage, derived: AssignStmt): Kept | undefined {
  const [call] = derived.rhs;
  if (call?.kind !== 'CallExpr' || derived.lhs.length !== 2 || !derives.test(textOf(pkg, call.fun))) return undefined;
  const [context, cancel] = derived.lhs;
  const names = { derived, context: context?.kind === 'Ident' ? context : undefined };
  if (cancel?.kind === 'SelectorExpr') {
    const into = intoField(pkg, cancel);
    return into && { ...names, ...into, from: derived.range.end };
  }
  const binding = cancel?.kind === 'Ident' && derived.tok === ':=' ? pkg.bindingOf(cancel) : undefined;
  if (binding?.ident !== cancel || !binding) return undefined;
  const [use, ...others] = pkg.usesOf(binding).filter((one) => one !== cancel);
  const into = use && others.length === 0 ? keptBy(pkg, use) : undefined;
  return into && { ...names, ...into };
}

/** `v := &T{cancel: cancel}` and `v.cancel = cancel`. */
function keptBy(pkg: GoPackage, use: Ident): Omit<Kept, 'derived' | 'context'> | undefined {
  const parent = pkg.parentOf(use);
  if (parent?.kind === 'AssignStmt') {
    const target = parent.lhs[parent.rhs.indexOf(use)];
    const into = target && intoField(pkg, target);
    return into && { ...into, from: parent.range.end };
  }
  const literal = parent?.kind === 'KeyValueExpr' && parent.value === use ? pkg.parentOf(parent) : undefined;
  if (literal?.kind !== 'CompositeLit' || parent?.kind !== 'KeyValueExpr' || parent.key.kind !== 'Ident')
    return undefined;
  const around = pkg.parentOf(literal);
  const made = around?.kind === 'UnaryExpr' ? around : literal;
  const assignment = pkg.parentOf(made);
  if (assignment?.kind !== 'AssignStmt' || assignment.tok !== ':=') return undefined;
  const target = assignment.lhs[assignment.rhs.indexOf(made as Expr)];
  const value = target?.kind === 'Ident' ? pkg.bindingOf(target) : undefined;
  const field = pkg.typeInfoOf(pkg.typeOf(literal))?.fields.get(parent.key.name);
  return value && field && value.ident === target ? { value, field, from: assignment.range.end } : undefined;
}

function intoField(pkg: GoPackage, target: Expr): Pick<Kept, 'value' | 'field'> | undefined {
  if (target.kind !== 'SelectorExpr' || target.x.kind !== 'Ident') return undefined;
  const [value, field] = [pkg.bindingOf(target.x), pkg.fieldOf(target)];
  return value?.kind === 'var' && !value.global && field ? { value, field } : undefined;
}

function judge(
  pkg: GoPackage,
  func: FuncDecl,
  kept: Kept,
  candidates: readonly ReturnStmt[],
): DroppedCancel | undefined {
  const { derived, value, field, from } = kept;
  const type: TypeInfo = field.owner;
  if (value.func !== func || !field.uses.some((use) => use.kind === 'call' && use.method === undefined))
    return undefined;
  const signals = { channels: new Set<FieldInfo>(), cancels: true };
  const dropping = droppingExits(pkg, { binding: value, type, signals, inside: func, from }, candidates).filter(
    (one) => !endsProperly(func, kept, one),
  );
  for (const [at, exit] of dropping.entries()) {
    const started = startBefore(pkg, func, kept, exit);
    if (started) return { kind: 'dropped-cancel', derived, value, field, started, exit, exits: dropping.slice(at) };
  }
  return undefined;
}

/** The field is called by the function itself, on a way to the exit or in a deferred function. */
function endsProperly(func: FuncDecl, { field }: Kept, exit: ReturnStmt): boolean {
  return field.uses.some(
    (use) =>
      use.func === func && use.kind === 'call' && (use.inner !== undefined || use.node.range.start < exit.range.start),
  );
}

/** A call between the derivation and the exit that is given the value or the context, and starts a goroutine. */
function startBefore(
  pkg: GoPackage,
  { body }: FuncDecl,
  { context, value, from }: Kept,
  exit: ReturnStmt,
): CallExpr | undefined {
  const derived = context && pkg.bindingOf(context);
  const isOurs = (node: Node) => node.kind === 'Ident' && [value, derived].includes(pkg.bindingOf(node));
  let found: CallExpr | undefined;
  if (body)
    walkOwn(body, (node) => {
      if (found || node.kind !== 'CallExpr' || node.range.start < from || node.range.start >= exit.range.start)
        return !found;
      const callee = pkg.calleeOf(node);
      const decl = callee.kind === 'func' || callee.kind === 'method' ? callee.decl : undefined;
      if (decl && mentions(node, isOurs) && isOnTheWay(pkg, node, exit) && starts(pkg, decl)) found = node;
      return !found;
    });
  return found;
}

function mentions(call: CallExpr, isOurs: (node: Node) => boolean): boolean {
  let found = false;
  walk(call, (node) => {
    found ||= isOurs(node);
    return !found && node.kind !== 'FuncLit';
  });
  return found;
}

/** Every block around the call is one around the exit, or the condition of the branch that holds the exit. */
function isOnTheWay(pkg: GoPackage, call: CallExpr, exit: ReturnStmt): boolean {
  for (let at = pkg.parentOf(call); at; at = pkg.parentOf(at))
    if (at.kind === 'BlockStmt' || at.kind === 'CaseClause' || at.kind === 'CommClause') return isInside(exit, at);
  return false;
}

function starts(pkg: GoPackage, decl: FuncDecl): boolean {
  let found = false;
  walkAround(pkg, decl, (node) => {
    found ||= node.kind === 'GoStmt';
  });
  return found;
}

export function describeDroppedCancel({ derived, value, field, started, exit }: DroppedCancel, pass: Pass): Report {
  const { pkg } = pass;
  const at = (node: Node) => pass.at(pkg.fileOf(node), node);
  const cancel = `${value.name}.${field.name}`;
  return {
    location: at(started),
    message: `The goroutines of \`${value.name}\` leak when line ${pkg.fileOf(exit).lines.lineAt(exit.range.start)} returns an error: \`${cancel}\` ends them, and nobody has \`${value.name}\` by then.`,
    advice: `Call \`${cancel}\` before the error is returned.`,
    related: [
      related(pass, exit, 'this return drops it'),
      related(pass, derived, 'their context, which ends no sooner than its parent'),
    ],
    causes: [at(exit), at(derived)],
    identity: `${oneLine(textOf(pkg, started.fun))} ${cancel}`,
  };
}

export function droppedCancelFix(
  pkg: GoPackage,
  { value, field, exits, derived }: DroppedCancel,
): readonly SuggestedFix[] | FixRefusal {
  const file = pkg.fileOf(derived);
  const shares = (exit: ReturnStmt) =>
    file.text.slice(file.lines.lineStart(file.lines.lineAt(exit.range.start)), exit.range.start).trim() !== '';
  if (exits.some((exit) => pkg.parentOf(exit)?.kind !== 'BlockStmt' || shares(exit)))
    return refuse('a return shares its line with other code');
  const call = `${value.name}.${field.name}()`;
  const edits = exits.map((exit) => insertBefore(file, exit, [call]));
  return [fixOf(file, `Call \`${call}\` before the error is returned`, edits)];
}
