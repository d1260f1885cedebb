/** Which Go types are values with an object behind them: structs, arrays and the sync types. Copying copies them. */
import type { GoPackage } from '../../go/package.ts';
import type { GoType } from '../../go/types.ts';
import type { NewObject } from '../ir.ts';

/** Sync types of the standard library that the machine has objects for. */
const syncObjects: ReadonlyMap<string, NewObject> = new Map([
  ['Mutex', { kind: 'mutex' }],
  ['RWMutex', { kind: 'rwmutex' }],
  ['WaitGroup', { kind: 'waitgroup' }],
  ['Cond', { kind: 'cond' }],
  ['Once', { kind: 'once' }],
]);

/** The machine's object for a value of the type, when it is one of the sync types themselves (not a pointer). */
export function syncObject(type: GoType): NewObject | undefined {
  return type.kind === 'named' && type.path === 'sync' ? syncObjects.get(type.name) : undefined;
}

/** The type below defined types of the package, at most a few steps down. */
export function resolveNamed(pkg: GoPackage, type: GoType): GoType {
  let current = type;
  for (let steps = 0; steps < 8 && current.kind === 'named'; steps++) {
    const below = pkg.underlying(current);
    if (below === current) return current;
    current = below;
  }
  return current;
}

/** Types of other packages that are structs with state of their own, so that a zero value is not nil. */
const externalStructs: ReadonlySet<string> = new Set([
  'bytes.Buffer',
  'strings.Builder',
  'time.Time',
  'time.Timer',
  'time.Ticker',
  'net/http.Server',
  'net/http.Client',
  'net/http.Transport',
  'net.Dialer',
  'sync.Map',
  'sync.Pool',
  'os/exec.Cmd',
  'sync/atomic.Bool',
  'sync/atomic.Int32',
  'sync/atomic.Int64',
  'sync/atomic.Uint32',
  'sync/atomic.Uint64',
  'sync/atomic.Uintptr',
  'sync/atomic.Pointer',
  'sync/atomic.Value',
]);

export function isExternalStruct(type: GoType): boolean {
  return type.kind === 'named' && type.path !== '' && externalStructs.has(`${type.path}.${type.name}`);
}

/** Whether assignment of such a value copies an object. */
export function isValueObject(pkg: GoPackage, type: GoType): boolean {
  if (syncObject(type)) return true;
  const below = resolveNamed(pkg, type);
  return below.kind === 'struct' || below.kind === 'array' || isExternalStruct(below);
}
