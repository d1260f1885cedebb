/**
 * Local values that keep a resource in a field: `s := &Server{conn: conn}`. As long as nobody but the function has such a
 * value, nobody but the function has the resource.
 */
import type { CompositeLit, Expr, FuncDecl, Ident, Node } from '../../go/ast.ts';
import type { Binding, GoPackage, TypeInfo } from '../../go/package.ts';
import { isStopName } from '../../go/stop-names.ts';
import { isInside } from '../ownership/precedence.ts';
import { walkAround } from '../ownership/reach.ts';
import type { Acquisition } from './acquisition.ts';
import { fateOf } from './fate.ts';
import type { Resource } from './resource.ts';

export interface Holding {
  /** Where the resource, or a value that keeps it, goes into a field of such a value. */
  readonly stores: ReadonlySet<Ident>;
  /** The values, with the resource as they have it: released by `conn.Close()`, or by methods of theirs that do so. */
  readonly holders: readonly (readonly [Binding, Resource])[];
}

const none: Holding = { stores: new Set(), holders: [] };

/** A value in a value in a value. */
const maxHolders = 4;

export function holdingOf(
  pkg: GoPackage,
  { resource, binding, inside }: Pick<Acquisition, 'resource' | 'inside'> & { readonly binding: Binding },
): Holding {
  // What any reference settles, and what its own end settles, is judged by its own variable.
  if (resource.anyUse || resource.ends || resource.emptyWhen) return none;
  const stores = new Set<Ident>();
  const holders: (readonly [Binding, Resource])[] = [];
  const queue: (readonly [Binding, Resource])[] = [[binding, resource]];
  for (let next = queue.shift(); next && holders.length < maxHolders; next = queue.shift()) {
    for (const use of pkg.usesOf(next[0])) {
      const access = accessBy(pkg, next[1], use);
      if (access) holders.push([access, { ...next[1], releasedBy: [] }]);
      const place = placeOf(pkg, use);
      if (!place || place.holder.func !== inside || place.holder === binding) continue;
      if (!livesWithin(pkg, place.holder, next[0])) continue;
      const known = holders.find(([each]) => each === place.holder);
      const held = known ?? ([place.holder, inField(pkg, next[1], place)] as const);
      if (!isOwnUntil(pkg, held, use)) continue;
      stores.add(use);
      if (known) continue;
      holders.push(held);
      queue.push(held);
    }
  }
  return { stores, holders };
}

/** `js` of `js, err := conn.JetStream()`: whoever has it has what it needs. */
function accessBy(pkg: GoPackage, { givesAccess }: Resource, use: Ident): Binding | undefined {
  const selector = givesAccess && pkg.parentOf(use);
  if (selector?.kind !== 'SelectorExpr' || selector.x !== use || !givesAccess?.includes(selector.sel.name))
    return undefined;
  const call = pkg.parentOf(selector);
  const assignment = call && pkg.parentOf(call);
  const target = assignment?.kind === 'AssignStmt' && assignment.tok === ':=' ? assignment.lhs[0] : undefined;
  return target?.kind === 'Ident' ? pkg.bindingOf(target) : undefined;
}

/** The holder is declared in the block of what it keeps, or in one below: it is not there any longer than that. */
function livesWithin(pkg: GoPackage, holder: Binding, kept: Binding): boolean {
  let block = kept.decl && pkg.parentOf(kept.decl);
  while (block?.kind === 'GenDecl' || block?.kind === 'DeclStmt') block = pkg.parentOf(block);
  if (block?.kind !== 'BlockStmt' && block?.kind !== 'CaseClause' && block?.kind !== 'CommClause') return false;
  return holder.decl !== undefined && isInside(holder.decl, block);
}

/** Nobody else is given the value before that use of it. */
function isOwnUntil(pkg: GoPackage, [holder, resource]: readonly [Binding, Resource], { range }: Ident): boolean {
  const before = pkg.usesOf(holder).filter((use) => use.range.start < range.start);
  return before.every((use) => pkg.enclosing(use).inner === undefined && fateOf(pkg, resource, use) === 'read');
}

/** A field of a value that a function has just made. */
export interface Place {
  readonly holder: Binding;
  readonly type: TypeInfo;
  readonly field: string;
}

/** The field that a value goes to: `s` and `conn` of `s := &Server{conn: value}`, or of `s.conn = value`. */
export function placeOf(pkg: GoPackage, value: Expr): Place | undefined {
  const parent = pkg.parentOf(value);
  if (parent?.kind === 'KeyValueExpr' && parent.value === value && parent.key.kind === 'Ident') {
    const literal = pkg.parentOf(parent);
    const made = literal?.kind === 'CompositeLit' ? madeIn(pkg, literal) : undefined;
    return made && { ...made, field: parent.key.name };
  }
  const target = parent?.kind === 'AssignStmt' ? parent.lhs[parent.rhs.indexOf(value)] : undefined;
  if (target?.kind !== 'SelectorExpr' || target.x.kind !== 'Ident') return undefined;
  const holder = pkg.bindingOf(target.x);
  const made = holder && literalOf(holder);
  const type = made && pkg.typeInfoOf(pkg.typeOf(made));
  return holder && type ? { holder, type, field: target.sel.name } : undefined;
}

/** The new variable that a literal, or its address, is the value of. */
function madeIn(pkg: GoPackage, literal: CompositeLit): Omit<Place, 'field'> | undefined {
  const around = pkg.parentOf(literal);
  const value: Node = around?.kind === 'UnaryExpr' && around.op === '&' ? around : literal;
  const assignment = pkg.parentOf(value);
  if (assignment?.kind !== 'AssignStmt' || assignment.tok !== ':=') return undefined;
  const target = assignment.lhs[assignment.rhs.indexOf(value as Expr)];
  const holder = target?.kind === 'Ident' ? pkg.bindingOf(target) : undefined;
  const type = pkg.typeInfoOf(pkg.typeOf(literal));
  return holder && holder.ident === target && type ? { holder, type } : undefined;
}

function literalOf({ kind, global, decl, ident }: Binding): CompositeLit | undefined {
  if (kind !== 'var' || global || decl?.kind !== 'AssignStmt' || decl.tok !== ':=' || !ident) return undefined;
  const value = decl.rhs[decl.lhs.length === decl.rhs.length ? decl.lhs.indexOf(ident) : -1];
  const made = value?.kind === 'UnaryExpr' && value.op === '&' ? value.x : value;
  return made?.kind === 'CompositeLit' ? made : undefined;
}

/** The resource as a value has it that keeps it in a field. */
export function inField(pkg: GoPackage, resource: Resource, { type, field }: Omit<Place, 'holder'>): Resource {
  const { parts, ...rest } = resource;
  const prefixed = (way: string) => (way.startsWith('(') ? `${field}${way}` : `${field}.${way}`);
  const ways = resource.releasedBy.map((way) => (way.endsWith('(x)') ? way : prefixed(way)));
  const names = new Set(resource.releasedBy.flatMap((way) => /(\w+)\(\)$/.exec(way)?.[1] ?? []));
  const own = [...type.methods.values()]
    .filter((method) => isStopName(method.name.name) || releases(pkg, method, field, names))
    .map((method) => `${method.name.name}()`);
  return {
    ...rest,
    releasedBy: [...ways, ...own],
    ...(parts ? { parts: parts.map((part) => `${field}.${part}`) } : {}),
  };
}

/** `s.conn.Close()` somewhere in a method of `s`, or in what it calls. */
function releases(pkg: GoPackage, method: FuncDecl, field: string, names: ReadonlySet<string>): boolean {
  let found = false;
  walkAround(pkg, method, (node) => {
    if (found || node.kind !== 'SelectorExpr' || !names.has(node.sel.name)) return;
    found = node.x.kind === 'SelectorExpr' && node.x.sel.name === field;
  });
  return found;
}
