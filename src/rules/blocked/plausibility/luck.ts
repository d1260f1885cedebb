/** Luck that a search has and programs hardly do: an element that nobody made, a panic, a history that is not seen. */
import type { TraceStep } from '../../../concurrency/leak.ts';
import type { Expr, FuncDecl, Ident, IndexExpr } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import { walk } from '../../../go/walk.ts';
import { contains } from '../../../text/offset.ts';
import { nodesAround, operationAt, type SourceSite, sourceSite, sourceText } from '../operation.ts';
import type { Story } from '../story.ts';
import { lastNameOf } from './answering.ts';
import type { Assumption } from './assumption.ts';

/** An element of a slice or map of channels is nil, although the package fills it: which one is used where is not known. */
export function unmadeElement(pkg: GoPackage, { root, operation, site }: Story): Assumption | undefined {
  if (root.kind !== 'nil-send' && root.kind !== 'nil-recv') return undefined;
  const element = elementOf(pkg, operation.target);
  const name = lastNameOf(element);
  if (element === undefined || name === undefined || !isFilled(pkg, name)) return undefined;
  const text = `an element of \`${sourceText(site.file, element.range, 40)}\` was never created`;
  return { kind: 'unmade-element', text, place: site };
}

/** Two elements of a list or map, at indexes that are written differently, are one: `xs[i]` is held, and `xs[j]` waited for. */
export function sameElement({ root, operation, site }: Story): Assumption | undefined {
  const held = root.heldAt && sourceSite(root.heldAt, []);
  const [first, second] = [held && indexIn(operationAt(held).target), indexIn(operation.target)];
  if (!held || !first || !second) return undefined;
  const [one, other] = [sourceText(held.file, first.range, 40), sourceText(site.file, second.range, 40)];
  if (one === other || sourceText(held.file, first.x.range, 40) !== sourceText(site.file, second.x.range, 40))
    return undefined;
  return { kind: 'same-element', text: `\`${one}\` and \`${other}\` are the same`, place: site };
}

function indexIn(expr: Expr | undefined): IndexExpr | undefined {
  if (expr?.kind === 'IndexExpr') return expr;
  return expr?.kind === 'SelectorExpr' || expr?.kind === 'ParenExpr' ? indexIn(expr.x) : undefined;
}

/** The list or map that a channel was taken from: `chans` for `chans[i]`, or for a variable that holds one of its elements. */
function elementOf(pkg: GoPackage, chan: Expr | undefined): Expr | undefined {
  if (chan?.kind === 'IndexExpr') return chan.indices[0]?.kind === 'BasicLit' ? undefined : chan.x;
  if (chan?.kind === 'SelectorExpr') return elementOf(pkg, chan.x);
  return chan?.kind === 'Ident' ? sourceOf(pkg, chan) : undefined;
}

function sourceOf(pkg: GoPackage, name: Ident): Expr | undefined {
  const decl = pkg.bindingOf(name)?.decl;
  if (decl?.kind === 'RangeStmt') return decl.x;
  if (decl?.kind !== 'AssignStmt') return undefined;
  const at = decl.lhs.findIndex((target) => target.kind === 'Ident' && target.name === name.name);
  const value = decl.rhs[at] ?? decl.rhs[0];
  return value?.kind === 'IndexExpr' ? value.x : undefined;
}

/** Whether some function puts elements into what has this name. */
function isFilled(pkg: GoPackage, name: string): boolean {
  return pkg.funcDecls.some((decl) => {
    let filled = false;
    walk(decl, (node) => {
      if (node.kind === 'AssignStmt')
        filled ||= node.lhs.some((target) => target.kind === 'IndexExpr' && lastNameOf(target) === name);
      return !filled;
    });
    return filled;
  });
}

/** Somebody panics on the way, and somebody recovers. */
export function panics(story: Story): Assumption | undefined {
  if (story.root.kind.startsWith('panic')) return undefined;
  const step = story.leak.trace.find(({ what }) => what.kind === 'panic');
  const place = step && sourceSite(step.site, step.callers);
  if (!step || !place) return undefined;
  const text = `the code on line ${place.file.lines.lineAt(place.range.start)} panics`;
  return { kind: 'panic', text, place, told: true };
}

/**
 * A crash says something only of a channel that the function around it made: what a channel from outside has been through, and
 * which flags beside it say so, is not known; and whoever gets one in a message or field relies on a protocol that the
 * order of its messages keeps, of which a search sees too little to call it broken.
 */
export function unknownHistory(pkg: GoPackage, { root, leak, operation }: Story): Assumption | undefined {
  if (root.kind !== 'panic-close-closed' && root.kind !== 'panic-send-closed') return undefined;
  const closed = leak.trace.findLast((step) => step.what.kind === 'close');
  const object = closed && 'object' in closed.what ? closed.what.object : undefined;
  const made = leak.trace.find(
    (step) => step.what.kind === 'make' && 'object' in step.what && step.what.object === object,
  );
  const isKnown =
    made !== undefined &&
    !leak.trace.some(isEndFromOutside) &&
    declaredIn(pkg, sourceSite(made.site, [])) === declaredIn(pkg, sourceSite(root.site, []));
  if (isKnown) return undefined;
  return {
    kind: 'unknown-history',
    text: `\`${operation.name}\` may already be closed, in an order that the search does not see`,
  };
}

/**
 * The end of a range over a channel from outside. When that channel is closed is up to the outside: often only after the
 * function that is at work here has closed another one.
 */
function isEndFromOutside({ site, what }: TraceStep): boolean {
  if (what.kind !== 'recv' || what.fromOutside !== true || what.fromClosed !== true || !site.file) return false;
  return nodesAround(site.file, site.range).some(
    (node) => node.kind === 'RangeStmt' && node.x.range.start === site.range.start,
  );
}

/** The declared function in which a place stands. */
function declaredIn(pkg: GoPackage, place: SourceSite | undefined): FuncDecl | undefined {
  return place && pkg.funcDecls.find((decl) => decl.file === place.file && contains(decl.range, place.range));
}
