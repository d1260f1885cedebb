/**
 * Who holds the object that a leak is about: the variables that were given what its maker returned. Whoever is handed one of
 * them may do with the object what is missed.
 */
import type { Expr, Node } from '../../../go/ast.ts';
import { walk } from '../../../go/walk.ts';
import { assignedTo, nodesAround, type SourceSite, sourceSite } from '../operation.ts';
import type { Story } from '../story.ts';

/**
 * Whether a loop that ran not at all, or another one of the file over the same variable, hands on a variable that holds the
 * object: what is chosen to be empty is empty in each of them.
 */
export function emptyLoopHandsHolder(loop: Node, { file }: SourceSite, story: Story): boolean {
  const over = loop.kind === 'RangeStmt' && loop.x.kind === 'Ident' ? loop.x.name : undefined;
  const same: Node[] = [];
  for (const decl of over === undefined ? [] : file.decls)
    walk(decl, (node) => {
      if (node.kind === 'RangeStmt' && node.x.kind === 'Ident' && node.x.name === over) same.push(node);
      return true;
    });
  return [loop, ...same].some((each) => handsHolder(each, { file, range: each.range }, story));
}

/** Whether a loop hands on a variable that holds the object: as an argument, or into a field, a list or a channel. */
function handsHolder(loop: Node, place: SourceSite, story: Story): boolean {
  const names = new Set([...variablesOf(story), ...paramsAround(place, story)]);
  if (names.size === 0) return false;
  const isHolder = (expr: Expr): boolean => expr.kind === 'Ident' && names.has(expr.name);
  let hands = false;
  walk(loop, (node) => {
    hands ||= node.kind === 'CallExpr' && node.args.some(isHolder);
    hands ||= node.kind === 'AssignStmt' && node.lhs.some(({ kind }) => kind !== 'Ident') && node.rhs.some(isHolder);
    hands ||= node.kind === 'SendStmt' && isHolder(node.value);
    return !hands;
  });
  return hands;
}

/** The variables to which the functions on the way to the `make` have assigned their results. */
function variablesOf({ leak, root }: Story): readonly string[] {
  const made = makerOf({ leak, root });
  return (made?.callers ?? []).flatMap((site) => {
    const place = sourceSite(site, []);
    const target = place && assignedTo(place);
    return target?.kind === 'Ident' ? [target.name] : [];
  });
}

/** The parameters of the function around a place, when the maker's result was an argument of a call on the way. */
function paramsAround(place: SourceSite, { leak, root }: Story): readonly string[] {
  const isArgument = (makerOf({ leak, root })?.callers ?? []).some((site) => {
    const around = site.file ? nodesAround(site.file, site.range) : [];
    const at = around.findLastIndex((node) => node.kind === 'CallExpr' && node.range.start <= site.range.start);
    const [call, outer] = [around[at], around[at - 1]];
    return outer?.kind === 'CallExpr' && outer.args.some((arg) => arg === call);
  });
  const [decl] = isArgument ? nodesAround(place.file, place.range) : [];
  return decl?.kind === 'FuncDecl' ? decl.type.params.flatMap(({ names }) => names.map(({ name }) => name)) : [];
}

function makerOf({ leak, root }: Pick<Story, 'leak' | 'root'>) {
  if (root.object === undefined) return undefined;
  return leak.trace.find(({ what }) => what.kind === 'make' && what.object === root.object);
}
