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
import type { FieldUse, GoPackage, GoroutineStart, TypeInfo } from '../../go/package.ts';
import { isExported, isPlainOperation, type OwnChannel, ownChannels } from './channels.ts';
import { constructorsOf } from './maker.ts';
import { type Func, Services } from './services.ts';
import { stopsOf } from './stops.ts';
import { endsWithClose } from './unclosed.ts';

/** What brings a goroutine of the type to life, after the value is made. */
export type Beginning =
  | { readonly kind: 'call'; readonly method: FuncDecl }
  /** The package starts it elsewhere: `go x.method(...)`. */
  | { readonly kind: 'go'; readonly method: FuncDecl };

export interface Contract {
  readonly type: TypeInfo;
  /** Absent: no function of the package makes one in plain sight. */
  readonly constructor: FuncDecl | undefined;
  readonly begin: readonly Beginning[];
  /** The method that asks; absent when a goroutine of the type does. */
  readonly method: FuncDecl | undefined;
  /** Calls of the method after which the channel has no room. */
  readonly calls: number;
  /** For a goroutine of the type: a method that gives it something to do. */
  readonly feeder: FuncDecl | undefined;
  readonly stop: FuncDecl | undefined;
  readonly operations: readonly FieldUse[];
  /** Goroutines without which the operation is not asked for, or not answered, when the package starts them by name. */
  readonly goroutines: readonly FuncDecl[] | undefined;
  /** Functions that hold the other end. */
  readonly servers: readonly Func[];
}

/** A channel with more room than this is not filled after the stop. */
const maxRoom = 2;

/** How far above an unexported function the methods that call it are looked for. */
const maxCallers = 3;

/** The contracts of a package that are worth a search, in the order of its types. */
export function contractsOf(pkg: GoPackage): readonly Contract[] {
  if (!pkg.goroutineStarts.some((start) => !start.file.path.endsWith('_test.go'))) return [];
  const services = new Services(pkg);
  return [...pkg.types.values()]
    .filter((type) => type.methods.size > 0 && !type.file.path.endsWith('_test.go'))
    .flatMap((type) => contractsOfType(pkg, type, services));
}

function contractsOfType(pkg: GoPackage, type: TypeInfo, services: Services): readonly Contract[] {
  const channels = ownChannels(pkg, type);
  if (channels.length === 0) return [];
  const found = new Map<string, Contract>();
  for (const channel of channels) {
    for (const [operations, partners] of sidesOf(channel)) {
      for (const contract of contractsOfSide(pkg, type, services, channel, operations, partners)) {
        const key = `${contract.method?.name.name ?? ''} ${contract.begin.map((one) => one.method.name.name).join()}`;
        const known = found.get(key);
        found.set(key, known ? merged(known, contract) : contract);
      }
    }
    for (const contract of unclosed(pkg, type, services, channel)) found.set(`range ${channel.field.name}`, contract);
  }
  return [...found.values()];
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
  const begin = beginningsOf(pkg, type, made, undefined, starts, services);
  if (operations.length === 0 || !begin || (begin.length === 0 && !made)) return [];
  const goroutines = namedGoroutines(pkg, type, starts);
  const servers: readonly Func[] = [];
  return [
    {
      type,
      constructor: made,
      begin,
      method: undefined,
      calls: 0,
      feeder: undefined,
      stop,
      operations,
      goroutines,
      servers,
    },
  ];
}

/** The same contract around a value of which only the goroutines run that it needs; undefined when it needs others. */
export function focused(contract: Contract): Contract | undefined {
  const { goroutines } = contract;
  if (!goroutines || goroutines.length === 0) return undefined;
  return { ...contract, constructor: undefined, begin: goroutines.map((method) => ({ kind: 'go', method })) };
}

type Side = readonly [operations: readonly FieldUse[], partners: readonly FieldUse[]];

function sidesOf(channel: OwnChannel): readonly Side[] {
  const receives = [...channel.receives, ...channel.ranges];
  const sides: Side[] = [[channel.receives, [...channel.sends, ...channel.closes]]];
  if (channel.capacity === undefined || channel.capacity <= maxRoom) sides.push([channel.sends, receives]);
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
    for (const method of askersOf(pkg, type, services, use)) {
      const known = asked.get(method ?? owner);
      if (known) known.uses.push(use);
      else asked.set(method ?? owner, { method, uses: [use] });
    }
  }
  const contracts: Contract[] = [];
  for (const { method, uses } of asked.values()) {
    const stop = stopsOf(pkg, type, services)[0];
    const free = [...servers].filter((server, i) => starts[i]?.length === 0 && server !== method && server !== stop);
    const room = method && operations === channel.sends ? channel.capacity : 0;
    if (room === undefined || (room > 0 && !isBusy(pkg, channel))) continue;
    if (free.length > 0 || (method && method === stop)) continue;
    const own = method ? [] : uses.flatMap((use) => startsOfUse(services, use));
    const made = constructorsOf(pkg, type)[0];
    const begin = beginningsOf(pkg, type, made, method, [...starts.flat(), ...own], services);
    if (!begin || (begin.length === 0 && !made)) continue;
    contracts.push({
      type,
      constructor: made,
      begin,
      method,
      calls: 1 + room,
      feeder: method ? undefined : feederOf(pkg, type, services, uses),
      goroutines: namedGoroutines(pkg, type, [...starts.flat(), ...own]),
      stop,
      operations: uses,
      servers: [...servers],
    });
  }
  return contracts;
}

/** Several places send, so that little room is soon filled. */
function isBusy(pkg: GoPackage, { sends }: OwnChannel): boolean {
  return sends.filter((use) => isPlainOperation(pkg, use)).length > 1;
}

/** A method that sends on a channel of the type from which the function around the operations receives. */
function feederOf(
  pkg: GoPackage,
  type: TypeInfo,
  services: Services,
  operations: readonly FieldUse[],
): FuncDecl | undefined {
  const owners = new Set(operations.map((use) => services.ownerOf(use.node)));
  for (const field of type.fields.values()) {
    if (!field.uses.some((use) => use.kind === 'receive' && owners.has(services.ownerOf(use.node)))) continue;
    const from = field.uses.find(
      ({ kind, func, inner }) =>
        kind === 'send' && func && !inner && isMethodOf(pkg, func, type) && services.startsOf(func).length === 0,
    );
    if (from?.func) return from.func;
  }
  return undefined;
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

function namedGoroutines(
  pkg: GoPackage,
  type: TypeInfo,
  starts: readonly GoroutineStart[],
): readonly FuncDecl[] | undefined {
  const found = new Set<FuncDecl>();
  for (const { callee } of starts) {
    if (callee.kind !== 'method' || !isMethodOf(pkg, callee.decl, type)) return undefined;
    // Who is handed a channel may be handed one of the value's own.
    if (callee.decl.type.params.some((param) => pkg.underlying(pkg.typeOfTypeExpr(param.type)).kind === 'chan'))
      return undefined;
    found.add(callee.decl);
  }
  return [...found];
}

function startsOfUse(services: Services, use: FieldUse): readonly GoroutineStart[] {
  const owner = services.ownerOf(use.node);
  return owner ? services.startsOf(owner) : [];
}

/** The methods through which others come to an operation; `undefined` stands for a goroutine of the type. */
function askersOf(
  pkg: GoPackage,
  type: TypeInfo,
  services: Services,
  use: FieldUse,
): readonly (FuncDecl | undefined)[] {
  const owner = services.ownerOf(use.node);
  if (!owner) return [];
  if (runsItself(pkg, type, services, owner)) return [undefined];
  if (owner.kind === 'FuncLit') return [];
  return entrancesOf(pkg, type, services, owner, 0);
}

/** Whether a function runs in goroutines that the type itself starts, alone. */
function runsItself(pkg: GoPackage, type: TypeInfo, services: Services, func: Func): boolean {
  const starts = services.startsOf(func);
  const ofType = (decl: FuncDecl | undefined) => decl !== undefined && isMethodOf(pkg, decl, type);
  return (
    starts.length > 0 &&
    starts.every(
      ({ callee, func: starter }) =>
        (callee.kind === 'method' && ofType(callee.decl)) ||
        ofType(starter) ||
        (starter !== undefined && constructorsOf(pkg, type).includes(starter)),
    )
  );
}

function entrancesOf(
  pkg: GoPackage,
  type: TypeInfo,
  services: Services,
  decl: FuncDecl,
  depth: number,
): readonly (FuncDecl | undefined)[] {
  const own = isMethodOf(pkg, decl, type);
  if (own && isExported(decl.name.name)) return [decl];
  const callers = new Set(pkg.callersOf(decl).flatMap((call) => services.ownerOf(call) ?? []));
  if (callers.size === 0 || depth >= maxCallers) return own ? [decl] : [];
  const above = [...callers].flatMap((caller): readonly (FuncDecl | undefined)[] => {
    if (runsItself(pkg, type, services, caller)) return [undefined];
    if (caller.kind === 'FuncLit' || caller === decl) return [];
    return isMethodOf(pkg, caller, type) ? entrancesOf(pkg, type, services, caller, depth + 1) : own ? [decl] : [];
  });
  return [...new Set(above)].slice(0, maxCallers);
}

export function isMethodOf(pkg: GoPackage, decl: FuncDecl, type: TypeInfo): boolean {
  return decl.recv !== undefined && pkg.typeInfoOf(pkg.typeOfTypeExpr(decl.recv.type)) === type;
}

/** What has to run so that the given goroutines do; undefined when that is not in plain sight. */
function beginningsOf(
  pkg: GoPackage,
  type: TypeInfo,
  made: FuncDecl | undefined,
  method: FuncDecl | undefined,
  starts: readonly GoroutineStart[],
  services: Services,
): readonly Beginning[] | undefined {
  const found = new Map<FuncDecl, Beginning>();
  for (const start of new Set(starts)) {
    const one = beginningOf(pkg, type, made, start, services);
    if (one === 'none') return undefined;
    if (one !== 'made' && one.method !== method) found.set(one.method, one);
  }
  return found.size > 2 ? undefined : [...found.values()];
}

function beginningOf(
  pkg: GoPackage,
  type: TypeInfo,
  made: FuncDecl | undefined,
  start: GoroutineStart,
  services: Services,
): Beginning | 'made' | 'none' {
  let at = services.ownerOf(start.node);
  for (let depth = 0; at && depth < maxCallers; depth++) {
    if (at === made) return 'made';
    const above = at.kind === 'FuncLit' ? services.startsOf(at)[0] : undefined;
    if (at.kind === 'FuncLit') {
      at = above && services.ownerOf(above.node);
      continue;
    }
    if (isMethodOf(pkg, at, type) && isExported(at.name.name)) return { kind: 'call', method: at };
    const callers = pkg.callersOf(at).filter((call) => !pkg.fileOf(call).path.endsWith('_test.go'));
    const next = callers[0] && services.ownerOf(callers[0]);
    if (
      isMethodOf(pkg, at, type) &&
      (!next || (next.kind === 'FuncDecl' && next !== made && !isMethodOf(pkg, next, type)))
    )
      return { kind: 'call', method: at };
    at = next;
  }
  const { callee } = start;
  return callee.kind === 'method' && isMethodOf(pkg, callee.decl, type) ? { kind: 'go', method: callee.decl } : 'none';
}
