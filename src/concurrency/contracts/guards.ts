/** The locks and counters of a package that its functions share: in fields, embedded, and in variables of the package. */
import type { CallExpr, Expr, File, FuncDecl, FuncLit, Ident, Node, SelectorExpr } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { FieldInfo, GoPackage, TypeInfo } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { type GoType, isNamed } from '../../go/types.ts';
import { contains } from '../../text/offset.ts';
import type { StuckProcess } from '../leak.ts';

/** A call of a method of a lock or counter. */
export interface GuardCall {
  readonly method: string;
  readonly call: CallExpr;
  readonly func?: FuncDecl;
  readonly inner?: FuncLit;
  readonly file: File;
}

export interface Guard {
  readonly kind: 'lock' | 'counter';
  /** The type in whose values it lies; absent for a variable of the package. */
  readonly owner?: TypeInfo;
  /** The field that it is; absent for one that is embedded, and for a variable. */
  readonly field?: FieldInfo;
  readonly calls: readonly GuardCall[];
  /** Code that is not seen may use it, too. */
  readonly open: boolean;
}

const lockMethods = ['Lock', 'RLock', 'TryLock', 'TryRLock', 'Unlock', 'RUnlock'] as const;

const guards = new WeakMap<GoPackage, readonly Guard[]>();

/** All of them, those in fields first, in source order. Found once for a package: several contracts ask. */
export function guardsOf(pkg: GoPackage): readonly Guard[] {
  const known = guards.get(pkg) ?? [...findGuards(pkg)];
  guards.set(pkg, known);
  return known;
}

function* findGuards(pkg: GoPackage): Iterable<Guard> {
  const uses = new LockUses(pkg);
  for (const type of pkg.types.values()) {
    for (const field of type.fields.values()) {
      const guard = field.embedded ? embeddedLock(uses, type, field) : guardInField(type, field);
      if (guard) yield guard;
    }
  }
  yield* variableLocks(pkg);
}

/** Calls of some methods of a guard. */
export function callsOf({ calls }: Guard, ...methods: readonly string[]): readonly GuardCall[] {
  return calls.filter(({ method }) => methods.includes(method));
}

function isOf(type: GoType, name: string): boolean {
  return isNamed(type.kind === 'pointer' ? type.elem : type, 'sync', name);
}

function isLock(type: GoType): boolean {
  return isOf(type, 'Mutex') || isOf(type, 'RWMutex');
}

/** One that only the package can use, and does not hand on. */
function guardInField(owner: TypeInfo, field: FieldInfo): Guard | undefined {
  if (isExported(field.name) && isExported(owner.name)) return undefined;
  const kind = isLock(field.type) ? 'lock' : isOf(field.type, 'WaitGroup') ? 'counter' : undefined;
  if (!kind || field.uses.some((use) => use.kind === 'read' || (use.kind === 'assign' && kind === 'counter')))
    return undefined;
  const calls = field.uses.flatMap(({ kind: what, method, node, ...around }): readonly GuardCall[] =>
    what === 'call' && method !== undefined && node.kind === 'CallExpr' ? [{ ...around, method, call: node }] : [],
  );
  return { kind, owner, field, calls, open: false };
}

/** `type T struct { sync.Mutex }`: its methods are those of the value. */
function embeddedLock(uses: LockUses, owner: TypeInfo, field: FieldInfo): Guard | undefined {
  if (!isLock(field.type) || owner.methods.has('Lock')) return undefined;
  return { kind: 'lock', owner, calls: uses.of(owner, field), open: isExported(owner.name) };
}

/** Where a method of a lock is named, with the type on which it is called and the field, if any, that is named before it. */
interface LockUse {
  readonly selector: SelectorExpr;
  readonly type: TypeInfo | undefined;
  readonly through?: { readonly field: FieldInfo; readonly owner: TypeInfo | undefined };
}

/** The calls of embedded locks. Types are asked for once, however many types embed a lock. */
class LockUses {
  readonly #pkg: GoPackage;
  #uses: readonly LockUse[] | undefined;

  constructor(pkg: GoPackage) {
    this.#pkg = pkg;
  }

  of(owner: TypeInfo, field: FieldInfo): readonly GuardCall[] {
    this.#uses ??= lockMethods.flatMap((method) =>
      this.#pkg.selectorsNamed(method, new RegExp(`\\.${method}\\(`)).map((selector) => this.#use(selector)),
    );
    return this.#uses
      .filter(({ type, through }) => (through?.field === field ? through.owner : type) === owner)
      .flatMap(({ selector }) => guardCall(this.#pkg, selector));
  }

  #use(selector: SelectorExpr): LockUse {
    const { x } = selector;
    const typeOf = (expr: Expr) => this.#pkg.typeInfoOf(this.#pkg.typeOf(expr));
    const field = this.#pkg.fieldOf(x);
    const through = field && x.kind === 'SelectorExpr' ? { through: { field, owner: typeOf(x.x) } } : {};
    return { selector, type: typeOf(x), ...through };
  }
}

/** `var mu sync.Mutex`, and locks in a variable whose type is written out: `var state struct { sync.Mutex; n int }`. */
function* variableLocks(pkg: GoPackage): Iterable<Guard> {
  for (const { decls, path } of pkg.files) {
    if (isTestFile(path)) continue;
    for (const decl of decls) {
      if (decl.kind !== 'GenDecl' || decl.tok !== 'var') continue;
      for (const spec of decl.specs)
        if (spec.kind === 'ValueSpec') for (const name of spec.names) yield* locksIn(pkg, name);
    }
  }
}

function* locksIn(pkg: GoPackage, name: Ident): Iterable<Guard> {
  const binding = pkg.global(name.name);
  const type = binding && pkg.typeOfBinding(binding);
  if (!binding || !type || !(isLock(type) || type.kind === 'struct')) return;
  const found = new Map<string, GuardCall[]>();
  for (const use of pkg.usesOf(binding)) {
    const chain = selectorChain(pkg, use);
    const [call] = chain ? guardCall(pkg, chain) : [];
    // Somebody else may have it.
    if (!call && isLock(type)) return;
    if (!call || !chain) continue;
    const place = chain.x.kind === 'SelectorExpr' ? chain.x.sel.name : '';
    found.set(place, [...(found.get(place) ?? []), call]);
  }
  for (const calls of found.values()) yield { kind: 'lock', calls, open: isExported(name.name) };
}

/** `state.mu.Lock` around `state`. */
function selectorChain(pkg: GoPackage, use: Ident): SelectorExpr | undefined {
  let at: SelectorExpr | undefined;
  for (let up: Node | undefined = pkg.parentOf(use); up?.kind === 'SelectorExpr'; up = pkg.parentOf(up)) at = up;
  return at;
}

function guardCall(pkg: GoPackage, selector: SelectorExpr): readonly GuardCall[] {
  const call = pkg.parentOf(selector);
  if (call?.kind !== 'CallExpr' || call.fun !== selector) return [];
  const callee = pkg.calleeOf(call);
  if (callee.kind !== 'externalMethod' || callee.path !== 'sync' || !/^(RW)?Mutex$/.test(callee.type)) return [];
  const file = pkg.fileOf(selector);
  return isTestFile(file.path) ? [] : [{ method: selector.sel.name, call, file, ...pkg.enclosing(call) }];
}

/** Whether a stuck process waits at one of a lock's calls. */
export function asksFor({ calls }: Guard, { kind, site }: StuckProcess): boolean {
  if (kind !== 'lock' && kind !== 'rlock') return false;
  return calls.some(({ file, call }) => file === site.file && contains(site.range, call.range));
}
