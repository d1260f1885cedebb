/**
 * A method that keeps a lock while it waits for a goroutine, and the goroutine asks for the same lock: `Close` takes the
 * mutex of the value, tells the loop to end and waits for that, while the loop stands before the mutex. Nobody else can
 * help either of them.
 *
 *  1. The wait is for a counter or a channel in a field that only the package can use.
 *  2. Who lowers the counter, or stands at the other end of the channel, runs in a goroutine that the package starts.
 *  3. The lock lies in the value whose goroutine that is, or in one that a field of that value holds.
 *
 * Assumed: the method may be called at any time after the goroutine was started.
 */
import type { FuncDecl, Node } from '../../go/ast.ts';
import type { GoPackage, GoroutineStart, TypeInfo } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { contains } from '../../text/offset.ts';
import type { CodeRef, Site } from '../ir.ts';
import type { Leak, StuckProcess } from '../leak.ts';
import { functionName, type PackageLowering } from '../lower/package-lowering.ts';
import { Calls } from './calls.ts';
import { ownChannels } from './channels.ts';
import { type ContractSearch, searchesFor, slicedSearch } from './contract-search.ts';
import { feedersOf } from './feeders.ts';
import { asksFor, callsOf, type Guard, guardsOf } from './guards.ts';
import { isMethodOf } from './leading-methods.ts';
import { constructorsOf } from './maker.ts';
import { leadsTo, reachedFrom } from './reached.ts';
import { type Func, Services } from './services.ts';
import { type Starter, startersOf } from './starters.ts';

/** Operations of one field that wait, and the goroutines that alone can end the wait. */
interface Wait {
  /** The type in whose field the counter or channel lies. */
  readonly type: TypeInfo;
  readonly nodes: readonly Node[];
  readonly funcs: ReadonlySet<FuncDecl>;
  readonly servers: readonly Func[];
}

interface HeldWait {
  readonly guard: Guard;
  readonly method: FuncDecl;
  readonly wait: Wait;
  readonly made: FuncDecl | undefined;
  readonly starters: readonly Starter[];
  readonly feeders: readonly FuncDecl[];
  /** The field of the waiting type in which the value with the lock lies; absent: it is the same value. */
  readonly through: string | undefined;
}

/** So many of a package are searched; the rest is not decided. */
const maxSearches = 24;
/** More methods that send to the goroutines are not called. */
const maxFeeders = 2;

/** The searches for methods of `pkg` that wait with a lock held; only those in which functions of `only` take part. */
export function heldWaitSearches(
  pkg: GoPackage,
  lowering: PackageLowering,
  only?: (decl: FuncDecl) => boolean,
): Iterable<ContractSearch> {
  return searchesFor(heldWaitsOf(pkg), {
    concerns: ({ method, wait }) => [method, ...wait.servers.filter(isDecl)],
    only,
    most: maxSearches,
    searchOf: (held, over) => searchOf(lowering, held, over),
  });
}

function* heldWaitsOf(pkg: GoPackage): Iterable<HeldWait> {
  const locks = guardsOf(pkg).filter((guard) => guard.kind === 'lock' && guard.owner !== undefined);
  if (locks.length === 0 || pkg.goroutineStarts.length === 0) return;
  const services = new Services(pkg);
  const waits = waitsOf(pkg, services);
  for (const guard of waits.length === 0 ? [] : locks) {
    const takers = new Set(callsOf(guard, 'Lock', 'RLock').flatMap(({ func }) => func ?? []));
    const asked = waits.filter(({ servers }) => servers.some((server) => leadsTo(pkg, server, takers)));
    for (const method of asked.length === 0 ? [] : takers) {
      if (!guard.owner || !isMethodOf(pkg, method, guard.owner) || services.startsOf(method).length > 0) continue;
      const reached = reachedFrom(pkg, method);
      for (const wait of asked)
        if ([...wait.funcs].some((func) => reached.has(func))) yield* worldOf(pkg, services, guard, method, wait);
    }
  }
}

function waitsOf(pkg: GoPackage, services: Services): readonly Wait[] {
  const counters = guardsOf(pkg).flatMap(({ kind, owner, calls }) => {
    if (kind !== 'counter' || !owner) return [];
    const at = (name: string) => calls.filter(({ method }) => method === name).map(({ call }) => call);
    return waitOf(services, owner, at('Wait'), at('Done'));
  });
  const channels = [...pkg.types.values()]
    .filter(({ file, methods }) => methods.size > 0 && !isTestFile(file.path))
    .flatMap((type) =>
      ownChannels(pkg, type).flatMap(({ sends, receives, ranges, closes, capacity }) => {
        const nodes = (...uses: readonly (readonly { readonly node: Node }[])[]) => uses.flat().map(({ node }) => node);
        return [
          ...waitOf(services, type, nodes(receives), nodes(sends, closes)),
          ...(capacity === 0 ? waitOf(services, type, nodes(sends), nodes(receives, ranges)) : []),
        ];
      }),
    );
  return [...counters, ...channels];
}

/** A wait, when everybody who can end it runs in goroutines of the package. */
function waitOf(
  services: Services,
  type: TypeInfo,
  nodes: readonly Node[],
  partners: readonly Node[],
): readonly Wait[] {
  const servers = [...new Set(partners.flatMap((node) => services.ownerOf(node) ?? []))];
  if (servers.length === 0 || servers.some((server) => services.startsOf(server).length === 0)) return [];
  const owners = nodes.flatMap((node) => services.ownerOf(node) ?? []);
  const funcs = new Set(owners.filter(isDecl));
  return funcs.size === 0 ? [] : [{ type, nodes, funcs, servers }];
}

/** What has to be called before, so that the goroutines run. */
function* worldOf(pkg: GoPackage, services: Services, guard: Guard, method: FuncDecl, wait: Wait): Iterable<HeldWait> {
  const { type, servers } = wait;
  const through = guard.owner === type ? undefined : fieldOf(pkg, type, guard.owner);
  if (through === undefined && guard.owner !== type) return;
  const starts: readonly GoroutineStart[] = servers.flatMap((server) => services.startsOf(server));
  const [made] = constructorsOf(pkg, type);
  const starters = startersOf(pkg, type, made, method, starts, services);
  if (!starters || (starters.length === 0 && !made)) return;
  const loops = starts.flatMap(({ callee }): readonly Func[] => {
    if (callee.kind === 'lit') return [callee.lit];
    return 'decl' in callee ? [callee.decl] : [];
  });
  const feeders = feedersOf(pkg, type, services, new Set([...servers, ...loops])).filter((one) => one !== method);
  yield { guard, method, wait, made, starters, feeders: feeders.slice(0, maxFeeders), through };
}

function fieldOf(pkg: GoPackage, type: TypeInfo, held: TypeInfo | undefined): string | undefined {
  return [...type.fields.values()].find((field) => pkg.typeInfoOf(field.type) === held)?.name;
}

function searchOf(lowering: PackageLowering, held: HeldWait, over: boolean): ContractSearch | undefined {
  const { made, starters, feeders, method, wait, through } = held;
  const site = lowering.site(method.file, method.name);
  const entry: CodeRef = lowering.lazy(functionName(method), site, (self) => {
    const program = new Calls(lowering);
    const value = made ? program.begun(made, undefined) : program.literal(wait.type);
    for (const one of starters) {
      if (one.kind === 'call') program.begun(one.method, value);
      else program.go(one.method, value);
    }
    for (const feeder of feeders) program.go(feeder, value);
    const field = through === undefined ? undefined : wait.type.fields.get(through);
    program.call(method, field ? program.field(value, field) : value);
    return program.finish(self);
  });
  return slicedSearch(lowering, entry, over, {
    breaches: (result) => result.leaks.flatMap((leak) => breachOf(held, leak) ?? []),
    focused: () => undefined,
    own: [made, method, ...feeders, ...starters.map((one) => one.method), ...wait.servers.filter(isDecl)],
  });
}

/** The method waits, and who could end that waits for the lock. Others who are stuck besides play no part. */
function breachOf({ guard, wait, method }: HeldWait, leak: Leak): Leak | undefined {
  if (leak.outsider) return undefined;
  const waiting = leak.stuck.find(
    (one) => one.process.start === undefined && wait.nodes.some((node) => isAt(one, node)) && isForNothingElse(one),
  );
  const asking = leak.stuck.filter((one) => one !== waiting && asksFor(guard, one));
  const server = asking.find((one) => wait.servers.some((func) => [one.site, ...one.callers].some(isIn(func))));
  if (!waiting || !server) return undefined;
  const contract = { type: wait.type.name, method: method.name.name, stops: [], holds: true } as const;
  return { ...leak, stuck: [waiting, server], contract };
}

/** A `select` with other arms ends when these do, at the latest when the value is closed. */
function isForNothingElse({ kind, arms }: StuckProcess): boolean {
  return kind !== 'select' || arms?.length === 1;
}

function isAt({ site }: StuckProcess, node: Node): boolean {
  return contains(site.range, node.range) || contains(node.range, site.range);
}

function isIn(func: Func): (site: Site) => boolean {
  return ({ file, range }) =>
    (func.kind === 'FuncLit' || file === func.file) && file !== undefined && contains(func.range, range);
}

function isDecl(func: Func): func is FuncDecl {
  return func.kind === 'FuncDecl';
}
