/**
 * Functions in sight that acquire a resource and return it: their callers have to release it.
 *
 * Decided by the walk over the paths: each `return` of the variable, but those with an error of their own, is reached
 * while the resource is held and neither released nor handed on before. What is returned may be the resource or the field
 * that releases it: with `resp.Body` the caller has the body.
 */
import type { CallExpr, Expr, FuncDecl, ReturnStmt } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { mayReturnAcquired } from './acquiring-text.ts';
import { type Acquisition, acquisitionAt, resourceAcquiredBy } from './acquisition.ts';
import { visibleCallee } from './callee-name.ts';
import { holds } from './conditions.ts';
import { returnStates } from './paths.ts';
import type { Resource } from './resource.ts';
import type { ResourceTable } from './resources.ts';
import { isHandledElsewhere } from './silenced-elsewhere.ts';
import { held, settled } from './state.ts';

/** Functions that return each other's results. */
const maxDepth = 8;

interface Answers {
  readonly known: WeakMap<FuncDecl, Resource | null>;
  readonly asked: WeakSet<FuncDecl>;
}

const answers = new WeakMap<ResourceTable, Answers>();

function answersOf(table: ResourceTable): Answers {
  const found = answers.get(table) ?? { known: new WeakMap(), asked: new WeakSet() };
  answers.set(table, found);
  return found;
}

/** What the callee acquires for its caller, with the result in which the caller has it. */
export function acquirerOf(pkg: GoPackage, call: CallExpr, table: ResourceTable, depth: number): Resource | undefined {
  const callee = visibleCallee(pkg, call);
  if (!callee || depth > maxDepth || !mayReturnAcquired(callee.pkg, callee.decl, table)) return undefined;
  const { known, asked } = answersOf(table);
  const { decl } = callee;
  const found = known.get(decl);
  if (found !== undefined) return found ?? undefined;
  if (asked.has(decl)) return undefined;
  asked.add(decl);
  const returned = returnedResource(callee.pkg, decl, table, depth + 1);
  asked.delete(decl);
  const resource = returned && isHandledElsewhere(returned.rule, decl) ? undefined : returned;
  // Deeper down a chain may have been cut: only an answer from the top is final.
  if (resource || depth === 0) known.set(decl, resource ?? null);
  return resource;
}

function returnedResource(pkg: GoPackage, decl: FuncDecl, table: ResourceTable, depth: number): Resource | undefined {
  let found: Resource | undefined;
  if (!decl.body) return undefined;
  walk(decl.body, (node) => {
    if (found || node.kind === 'FuncLit') return false;
    if (node.kind === 'CallExpr') found = directly(pkg, node, table, depth) ?? byVariable(pkg, node, table, depth);
    return !found;
  });
  return found;
}

/** `return client.Do(req)`. */
function directly(pkg: GoPackage, call: CallExpr, table: ResourceTable, depth: number): Resource | undefined {
  const statement = pkg.parentOf(call);
  if (statement?.kind !== 'ReturnStmt') return undefined;
  const resource = resourceAcquiredBy(pkg, call, table, depth);
  const { func } = pkg.enclosing(call);
  if (resource?.value.kind !== 'result' || !func) return undefined;
  if (!holds(pkg, { resource, call, name: '', statement, inside: func, declares: false })) return undefined;
  const index = statement.results.length === 1 ? resource.value.index : statement.results.indexOf(call);
  return handedToCaller(resource, index, '');
}

/** `resp, err := client.Do(req)` and then `return resp, err`. */
function byVariable(pkg: GoPackage, call: CallExpr, table: ResourceTable, depth: number): Resource | undefined {
  const acquisition = acquisitionAt(pkg, call, table, depth);
  const binding = acquisition?.binding;
  if (!acquisition || !binding || acquisition.resource.value.kind !== 'result' || !holds(pkg, acquisition))
    return undefined;
  const returns = returnStates(pkg, { ...acquisition, binding }).flatMap(({ stmt, bits }) => {
    const place = placeIn(pkg, stmt, acquisition, binding);
    return place && !bringsAnError(pkg, stmt) ? [{ ...place, bits }] : [];
  });
  const [first] = returns;
  const same = returns.every(
    ({ index, path, bits }) =>
      index === first?.index && path === first.path && (bits & held) !== 0 && (bits & settled) === 0,
  );
  return first && same ? handedToCaller(acquisition.resource, first.index, first.path) : undefined;
}

/** Which value of a `return` is the resource, or the field that releases it. */
function placeIn(
  pkg: GoPackage,
  { results }: ReturnStmt,
  { resource }: Acquisition,
  binding: Binding,
): { readonly index: number; readonly path: string } | undefined {
  for (const [index, value] of results.entries()) {
    const { root, path } = selection(value);
    if (root.kind !== 'Ident' || pkg.bindingOf(root) !== binding) continue;
    if (path === '' || resource.releasedBy.some((way) => way.startsWith(`${path}.`))) return { index, path };
  }
  return undefined;
}

function selection(value: Expr): { readonly root: Expr; readonly path: string } {
  const names: string[] = [];
  let root = value;
  for (; root.kind === 'SelectorExpr' || root.kind === 'ParenExpr'; root = root.x)
    if (root.kind === 'SelectorExpr') names.unshift(root.sel.name);
  return { root, path: names.join('.') };
}

/** `return resp, errStatus`: the caller is told that there is nothing to release. */
function bringsAnError(pkg: GoPackage, { results }: ReturnStmt): boolean {
  const last = results.length > 1 ? results.at(-1) : undefined;
  if (last?.kind === 'CallExpr') return true;
  return last?.kind === 'Ident' && pkg.bindingOf(last)?.global === true && last.name !== 'nil';
}

/** As the caller has it: in another result, and released by what is left of each way. Conditions were met where it was acquired. */
function handedToCaller(resource: Resource, index: number, path: string): Resource {
  const { condition, emptyWhen, ...rest } = resource;
  const kept = condition === 'owner-stays' ? { condition } : {};
  const value = { kind: 'result', index } as const;
  if (path === '') return { ...rest, ...kept, ...(emptyWhen ? { emptyWhen } : {}), value };
  const releasedBy = resource.releasedBy.flatMap((way) =>
    way.startsWith(`${path}.`) ? [way.slice(path.length + 1)] : [],
  );
  return { ...rest, ...kept, value, releasedBy };
}
