/** Numbers that only the author knows: buffers made to measure, and counters that a loop lowers per item of work. */
import type { CallExpr, Expr, Node } from '../../../go/ast.ts';
import type { Binding, GoPackage } from '../../../go/package.ts';
import { nodesAround, type SourceSite, sourceSite } from '../operation.ts';
import type { Story } from '../story.ts';
import type { Assumption } from './assumption.ts';
import { isInTest } from './tests.ts';

/** A buffer is full that was made for just what is sent, or full of many. */
export function fullBuffer(pkg: GoPackage, story: Story): Assumption | undefined {
  const { name } = story.operation;
  if (fillsOwnBuffer(pkg, story))
    return { kind: 'wrong-measure', text: `more is sent on \`${name}\` than it was made for` };
  const capacity = capacityOf(story);
  if (story.root.kind !== 'send' || capacity === undefined || capacity < MANY) return undefined;
  const kind = isInTest(pkg, story.site) ? 'test-fills' : 'full-buffer';
  return { kind, text: `the buffer of \`${name}\` (${capacity}) is full`, told: true };
}

/** A buffer of so many values fills only when nobody has received for long. */
const MANY = 32;

/** The room of the channel, as the witness has made it. */
function capacityOf({ leak, root }: Story): number | undefined {
  for (const { what } of leak.trace)
    if (what.kind === 'make' && what.object !== undefined && what.object === root.object) return what.capacity;
  return undefined;
}

/** `Done` is called more often than the work that was counted. */
export function uncountedWork(pkg: GoPackage, story: Story): Assumption | undefined {
  if (!countsWork(pkg, story)) return undefined;
  return { kind: 'uncounted-work', text: `\`${story.operation.text}\` runs more often than the work was counted` };
}

/**
 * A function fills, by one send in a loop of its own, a buffer that it has made with a number for its size: the number was
 * measured for just this loop. A constant is measured for nothing, and a second send is not what was counted.
 */
function fillsOwnBuffer(pkg: GoPackage, { leak, root, site }: Story): boolean {
  if (root.kind !== 'send' || root.object === undefined) return false;
  const touches = leak.trace.filter(({ what }) => 'object' in what && what.object === root.object);
  if (touches.some(({ process }) => process.id !== root.process.id)) return false;
  const sends = touches.filter(({ what }) => what.kind === 'send').map((step) => sourceSite(step.site, step.callers));
  if (sends.some((place) => place?.range.start !== site.range.start)) return false;
  const size = roomOf(root.madeAt && sourceSite(root.madeAt, []));
  return size !== undefined && pkg.constantOf(size) === undefined && loopAround(site) !== undefined;
}

function roomOf(made: SourceSite | undefined): Expr | undefined {
  const call = made && nodesAround(made.file, made.range).findLast((node) => node.kind === 'CallExpr');
  return call?.kind === 'CallExpr' ? call.args[1] : undefined;
}

/**
 * `Done` once per round of a loop: how many rounds there are hangs on work that is counted elsewhere. A counter of the
 * function itself that is raised by constants outside of all loops counts no work.
 */
function countsWork(pkg: GoPackage, { root, site, operation }: Story): boolean {
  if (root.kind !== 'panic-negative-waitgroup' || loopAround(site) === undefined) return false;
  const group = operation.target?.kind === 'Ident' ? pkg.bindingOf(operation.target) : undefined;
  return group === undefined || !isRaisedOnce(pkg, group);
}

/** Whether all that is done with a counter is seen, and nothing of it raises the counter more than once. */
function isRaisedOnce(pkg: GoPackage, group: Binding): boolean {
  if (group.kind !== 'var' || group.global) return false;
  return pkg.usesOf(group).every((use) => {
    const selected = pkg.parentOf(use);
    const call = selected?.kind === 'SelectorExpr' ? pkg.parentOf(selected) : undefined;
    if (selected?.kind !== 'SelectorExpr' || call?.kind !== 'CallExpr' || call.fun !== selected) return false;
    return selected.sel.name === 'Done' || selected.sel.name === 'Wait' || isRaisedBySome(pkg, call, group);
  });
}

/** `wg.Add(2)` in the function that declares the counter, outside of loops. */
function isRaisedBySome(pkg: GoPackage, call: CallExpr, group: Binding): boolean {
  const [delta] = call.args;
  const { func, inner } = pkg.enclosing(call);
  if (delta === undefined || pkg.constantOf(delta) === undefined || (inner ?? func) !== group.func) return false;
  return loopAround({ file: pkg.fileOf(call), range: call.range }) === undefined;
}

/** The loop of its innermost function in which a place stands. */
function loopAround({ file, range }: SourceSite): Node | undefined {
  const path = nodesAround(file, range);
  const func = path.findLastIndex((node) => node.kind === 'FuncLit' || node.kind === 'FuncDecl');
  return path.slice(func + 1).findLast((node) => node.kind === 'ForStmt' || node.kind === 'RangeStmt');
}
