/**
 * What the methods of a type expect of each other: an operation on a channel of the type whose partner is a goroutine of
 * the type, and that goroutine may end while the operation can still be asked for.
 *
 *  1. The channel lies in a field that only the package can operate on.
 *  2. Every operation at its other end runs in goroutines of the type alone, in the asking method, or in a stop method.
 *  3. The operation waits for nothing else.
 *
 * Whether it can be stuck is for a search to say; here is only what there is to search.
 */
import type { FuncDecl } from '../../go/ast.ts';
import type { FieldUse, GoPackage, TypeInfo } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { isPlainOperation, type OwnChannel, ownChannels } from './channels.ts';
import { feedersOf } from './feeders.ts';
import { fetchedContracts } from './fetched.ts';
import { forgottenContracts } from './forgotten.ts';
import { methodsLeadingTo } from './leading-methods.ts';
import { constructorsOf } from './maker.ts';
import { type Answering, requestContracts } from './requests.ts';
import { type Func, Services, startsOfUse } from './services.ts';
import { namedGoroutines, runOf, type Starter, startersOf, takesContext } from './starters.ts';
import { stopsOf } from './stops.ts';
import { unasked } from './unasked.ts';
import { endsWithClose } from './unclosed.ts';
import { unsignalledContracts } from './unsignalled.ts';
import { unstartedContracts } from './unstarted.ts';

export interface Contract {
  readonly type: TypeInfo;
  /** Absent: no function of the package makes one in plain sight. */
  readonly constructor: FuncDecl | undefined;
  readonly starters: readonly Starter[];
  /** The method that asks; absent when a goroutine of the type does. */
  readonly method: FuncDecl | undefined;
  /** Calls of the method after which the channel has no room. */
  readonly calls: number;
  /** For a goroutine of the type: a method that gives it something to do. */
  readonly feeder: FuncDecl | undefined;
  readonly stop: FuncDecl | undefined;
  /** In place of a stop method: who is given the context whose end is the end of the goroutines. */
  readonly context?: FuncDecl;
  /** Serves the channel until it returns, in a goroutine of the caller. */
  readonly run?: FuncDecl;
  readonly operations: readonly Operation[];
  /** Goroutines without which the operation is not asked for, or not answered, when the package starts them by name. */
  readonly goroutines: readonly FuncDecl[] | undefined;
  /** Functions that hold the other end. */
  readonly servers: readonly Func[];
  /** The operations answer what the method asks for, and the method may leave first. */
  readonly answers?: Answering;
  /** The operations wait for an answer that the goroutines of the type may forget. */
  readonly forgets?: true;
  /** Called before the method, whether it fails or not. */
  readonly failing?: FuncDecl;
}

/** An operation of a contract: of a field of the type, or one on what travels in it. */
export type Operation = Pick<FieldUse, 'file' | 'node' | 'func'>;

/** A channel with more room than this is a queue. */
const maxRoom = 2;
/** Who makes a longer queue has counted what goes into it. */
const largestQueue = 256;

/** The contracts of a package that are worth a search, in the order of its types. */
export function contractsOf(pkg: GoPackage): readonly Contract[] {
  const starts = pkg.goroutineStarts.some((start) => !isTestFile(start.file.path));
  // Others may start what serves a type.
  if (!starts && !pkg.files.some(({ text }) => /\bchan\b/.test(text) && /\bselect\b|\bclose\(/.test(text))) return [];
  const services = new Services(pkg);
  return [...pkg.types.values()]
    .filter((type) => type.methods.size > 0 && !isTestFile(type.file.path))
    .flatMap((type) => contractsOfType(pkg, type, services));
}

function contractsOfType(pkg: GoPackage, type: TypeInfo, services: Services): readonly Contract[] {
  const channels = ownChannels(pkg, type);
  const found = new Map<string, Contract>();
  for (const channel of channels) {
    for (const [operations, partners] of sidesOf(channel)) {
      for (const contract of contractsOfSide(pkg, type, services, channel, operations, partners)) {
        const key = `${contract.method?.name.name ?? ''} ${contract.starters.map((one) => one.method.name.name).join()}`;
        const known = found.get(key);
        found.set(key, known ? merged(known, contract) : contract);
      }
    }
    for (const contract of unclosed(pkg, type, services, channel)) found.set(`range ${channel.field.name}`, contract);
    for (const contract of fetchedContracts(pkg, type, services, channel))
      found.set(`fetched ${channel.field.name}`, contract);
    for (const contract of forgottenContracts(pkg, type, services, channel))
      found.set(`forgotten ${channel.field.name} ${contract.method?.name.name ?? ''}`, contract);
    for (const contract of unstartedContracts(pkg, type, services, channel))
      found.set(`unstarted ${channel.field.name} ${contract.method?.name.name ?? ''}`, contract);
    for (const contract of requestContracts(pkg, type, services, channel))
      found.set(`request ${channel.field.name} ${contract.method?.name.name ?? ''}`, contract);
  }
  return [...found.values(), ...unsignalledContracts(pkg, type, services)];
}

function merged(a: Contract, b: Contract): Contract {
  return {
    ...a,
    calls: Math.max(a.calls, b.calls),
    operations: [...new Set([...a.operations, ...b.operations])],
    servers: [...new Set([...a.servers, ...b.servers])],
    goroutines: a.goroutines && b.goroutines && [...new Set([...a.goroutines, ...b.goroutines])],
  };
}

/** A goroutine that only the close of a channel ends, in a type that ends by other means. */
function unclosed(pkg: GoPackage, type: TypeInfo, services: Services, channel: OwnChannel): readonly Contract[] {
  const [stop] = stopsOf(pkg, type, services);
  if (!stop || !endsWithClose(pkg, channel, stop)) return [];
  const operations = channel.ranges.filter((use) => startsOfUse(services, use).length > 0);
  const starts = operations.flatMap((use) => startsOfUse(services, use));
  const [made] = constructorsOf(pkg, type);
  const starters = startersOf(pkg, type, made, undefined, starts, services);
  if (operations.length === 0 || !starters || (starters.length === 0 && !made)) return [];
  return [
    unasked({
      type,
      constructor: made,
      starters,
      stop,
      operations,
      goroutines: namedGoroutines(pkg, type, starts),
    }),
  ];
}

/** The same contract around a value of which only the goroutines run that it needs; undefined when it needs others. */
export function focused(contract: Contract): Contract | undefined {
  const { goroutines } = contract;
  if (!goroutines || goroutines.length === 0) return undefined;
  return { ...contract, constructor: undefined, starters: goroutines.map((method) => ({ kind: 'go', method })) };
}

type Side = readonly [operations: readonly FieldUse[], partners: readonly FieldUse[]];

function sidesOf(channel: OwnChannel): readonly Side[] {
  const receives = [...channel.receives, ...channel.ranges];
  const sides: Side[] = [[channel.receives, [...channel.sends, ...channel.closes]]];
  if (channel.capacity === undefined || channel.capacity <= largestQueue) sides.push([channel.sends, receives]);
  return sides;
}

function contractsOfSide(
  pkg: GoPackage,
  type: TypeInfo,
  services: Services,
  channel: OwnChannel,
  operations: readonly FieldUse[],
  partners: readonly FieldUse[],
): readonly Contract[] {
  const servers = new Set(partners.flatMap((use) => services.ownerOf(use.node) ?? []));
  const starts = [...servers].map((server) => services.startsOf(server));
  if (servers.size === 0 || servers.size > 4) return [];
  if (!partners.some((use) => serves(pkg, services, use))) return [];
  const asked = new Map<Func, { readonly method: FuncDecl | undefined; readonly uses: FieldUse[] }>();
  for (const use of operations) {
    if (!isPlainOperation(pkg, use)) continue;
    const owner = services.ownerOf(use.node);
    if (!owner) continue;
    for (const method of methodsLeadingTo(pkg, type, services, use)) {
      const known = asked.get(method ?? owner);
      if (known) known.uses.push(use);
      else asked.set(method ?? owner, { method, uses: [use] });
    }
  }
  const contracts: Contract[] = [];
  for (const { method, uses } of asked.values()) {
    const stop = stopsOf(pkg, type, services)[0];
    const free = [...servers].filter((server, i) => starts[i]?.length === 0 && server !== method && server !== stop);
    const room = method && operations === channel.sends ? roomToFill(pkg, channel) : 0;
    if (room === undefined) continue;
    const run = free.length === 1 && method ? runOf(pkg, type, free[0]) : undefined;
    if ((free.length > 0 && !run) || (method && method === stop)) continue;
    const own = method ? [] : uses.flatMap((use) => startsOfUse(services, use));
    const made = constructorsOf(pkg, type)[0];
    const begun = startersOf(pkg, type, made, method, [...starts.flat(), ...own], services);
    const starters = begun && run ? [...begun, { kind: 'go', method: run } as const] : begun;
    if (!starters || (starters.length === 0 && !made)) continue;
    // A loop of the caller's without a context ends by itself here; what a stop method does to it, senders may know.
    const alone = run && !takesContext(pkg, run);
    contracts.push({
      type,
      constructor: made,
      starters,
      ...(run ? (alone ? { run } : { context: run }) : {}),
      method,
      // What a loop is given first may be why it returns.
      calls: 1 + room + (alone ? 1 : 0),
      feeder: method
        ? undefined
        : feedersOf(pkg, type, services, new Set(uses.map((use) => services.ownerOf(use.node))))[0],
      goroutines: namedGoroutines(pkg, type, [...starts.flat(), ...own]),
      stop: alone ? undefined : stop,
      operations: uses,
      servers: [...servers],
    });
  }
  return contracts;
}

/**
 * The room that the calls of a method fill: a queue of some length stands for one with room for one. Little room may be
 * all that one sender ever needs, so it counts as filled only where several send.
 */
function roomToFill(pkg: GoPackage, channel: OwnChannel): number | undefined {
  const { capacity } = channel;
  if (capacity === undefined || capacity === 0) return capacity;
  if (capacity > maxRoom) return 1;
  return isBusy(pkg, channel) ? capacity : undefined;
}

/** Several places send, so that little room is soon filled. */
function isBusy(pkg: GoPackage, { sends }: OwnChannel): boolean {
  return sends.filter((use) => isPlainOperation(pkg, use)).length > 1;
}

/** Answers again and again, in a loop: not a token that is given back once. */
function serves(pkg: GoPackage, services: Services, use: FieldUse): boolean {
  if (use.kind === 'range') return true;
  if (use.kind === 'close') return false;
  const owner = services.ownerOf(use.node);
  for (let at = pkg.parentOf(use.node); at && at !== owner; at = pkg.parentOf(at)) {
    if (at.kind === 'ForStmt' || at.kind === 'RangeStmt') return true;
    if (at.kind === 'DeferStmt') return false;
  }
  return false;
}
