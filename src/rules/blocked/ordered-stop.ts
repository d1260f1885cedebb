/** Where the order of a send and of the stop of its receiver is given: the send comes first, or does not come at all. */
import type { CallExpr, FuncDecl, Node } from '../../go/ast.ts';
import type { FieldInfo, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';

/** How far above the function of the send its callers are looked at. */
const maxCallers = 3;

/** Whether the function of a send, or who calls it, decides itself when the stop comes; or a lock or counter does. */
export function isOrdered(pkg: GoPackage, stop: FieldInfo, inside: FuncDecl, send: Node): boolean {
  const closers = closersOf(pkg, stop);
  if (closers.some(({ func }) => reaches(pkg, func, inside, 0))) return true;
  return closers.some((closer) => isKeptOut(pkg, closer, inside, send));
}

/** A function that brings the stop, and where. */
interface Closer {
  readonly func: FuncDecl;
  readonly at: Node;
}

/** Closes of a channel; for a context the calls of a cancel function in a field of the same type. */
function closersOf(pkg: GoPackage, stop: FieldInfo): readonly Closer[] {
  const isChannel = pkg.underlying(stop.type).kind === 'chan';
  const uses = isChannel
    ? stop.uses.filter(({ kind }) => kind === 'close')
    : [...stop.owner.fields.values()].flatMap(({ name, uses: all }) =>
        /cancel/i.test(name) ? all.filter(({ kind, method }) => kind === 'call' && method === undefined) : [],
      );
  return uses.flatMap(({ func, node }) => (func ? [{ func, at: node }] : []));
}

/** Whether a function calls another, in whatever depth. */
function reaches(pkg: GoPackage, from: FuncDecl, to: FuncDecl, depth: number): boolean {
  if (from === to) return true;
  if (depth >= maxCallers) return false;
  return pkg.callersOf(to).some((call) => {
    const { func } = pkg.enclosing(call);
    return func !== undefined && func !== to && reaches(pkg, from, func, depth + 1);
  });
}

/** Both take the same lock, or who stops waits first for a counter that the function lowers. */
function isKeptOut(pkg: GoPackage, { func, at }: Closer, inside: FuncDecl, send: Node): boolean {
  const taken = (name: RegExp) => fieldsOf(pkg, inside, name, (call) => call.range.start < send.range.start);
  const locked = (name: RegExp) => fieldsOf(pkg, func, name, (call) => call.range.start < at.range.start);
  const shared = taken(/^R?Lock$/).some((lock) => locked(/^Lock$/).includes(lock));
  if (shared || taken(/^Lock$/).some((lock) => locked(/^RLock$/).includes(lock))) return true;
  const counted = fieldsOf(pkg, inside, /^Done$/, () => true);
  const awaited = fieldsOf(pkg, func, /^Wait$/, (call) => call.range.start < at.range.start);
  return counted.some((counter) => awaited.includes(counter));
}

/** Fields of which a function calls a method of such a name. */
function fieldsOf(
  pkg: GoPackage,
  { body }: FuncDecl,
  name: RegExp,
  test: (call: CallExpr) => boolean,
): readonly (FieldInfo | string)[] {
  const found: (FieldInfo | string)[] = [];
  if (body)
    walk(body, (node) => {
      if (node.kind !== 'CallExpr' || node.fun.kind !== 'SelectorExpr' || !name.test(node.fun.sel.name)) return;
      if (!test(node)) return;
      // An embedded lock has no field of its own in the call.
      found.push(pkg.fieldOf(node.fun.x) ?? '');
    });
  return found;
}
