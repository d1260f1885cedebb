/**
 * What the runtime would print for a goroutine that is stuck at a place: the names of functions as they stand on a
 * stack, and the reason it waits for.
 */
import type { Diagnostic, Location } from '../src/analysis/diagnostic.ts';
import type { CallExpr, File, FuncDecl, FuncLit, Node } from '../src/go/ast.ts';
import type { GoPackage, GoroutineStart } from '../src/go/package.ts';
import { children, walk } from '../src/go/walk.ts';
import { contains, type Range } from '../src/text/offset.ts';

type Func = FuncDecl | FuncLit;

/** `function() [wait reason]`, for the functions that may stand on the stack of the goroutine stuck at a diagnostic. */
export function stackLines(pkg: GoPackage, { location, subject, rule }: Diagnostic): readonly string[] {
  const node = operationAt(pkg, location);
  const own = node && innermost(pkg, node);
  if (!own) return [];
  const starts = subject ? startsAt(pkg, subject) : [];
  const functions = new Set([...framesAbove(pkg, own), ...starts.flatMap((start) => startedBy(pkg, start))]);
  const names = [
    ...[...functions].map((func) => runtimeName(pkg, func)),
    ...starts.flatMap((start) => wrapper(pkg, start)),
  ];
  const reasons = waitReasons(pkg, node, rule === 'nil-channel');
  return names.flatMap((name) => reasons.map((reason) => `${name}() [${reason}]`));
}

/** The name of the function in which a diagnostic stands. */
export function functionOf(pkg: GoPackage, { location }: Diagnostic): string {
  const node = operationAt(pkg, location);
  const own = node && innermost(pkg, node);
  return own ? runtimeName(pkg, own) : '';
}

/** The name of the innermost function around a range; empty list outside of functions. */
export function functionNamesAt(pkg: GoPackage, file: File | undefined, span: Range): readonly string[] {
  const decl = pkg.funcDecls.find((one) => one.file === file && contains(one.range, span));
  if (!decl) return [];
  let func: Func = decl;
  walk(decl, (node) => {
    if (!contains(node.range, span)) return false;
    if (node.kind === 'FuncLit' && node.range.start !== span.start) func = node;
    return true;
  });
  return [runtimeName(pkg, func)];
}

/** The operation that a location points at: the outermost node that begins there and waits. */
function operationAt(pkg: GoPackage, { path, range }: Location): Node | undefined {
  const file = pkg.files.find((one) => one.path === path);
  const decl = file?.decls.find((one) => contains(one.range, range));
  let found: Node | undefined;
  if (decl)
    walk(decl, (node) => {
      if (found || !contains(node.range, range)) return false;
      if (node.range.start === range.start && waitReasons(pkg, node, false).length > 0) found = node;
      return true;
    });
  return found;
}

/** The wait reasons of the runtime for an operation; several where the type of its receiver is not known. */
function waitReasons(pkg: GoPackage, node: Node, isNil: boolean): readonly string[] {
  const nil = isNil ? ' (nil chan)' : '';
  switch (node.kind) {
    case 'SendStmt':
      return [`chan send${nil}`];
    case 'UnaryExpr':
      return node.op === '<-' ? [`chan receive${nil}`] : [];
    case 'RangeStmt':
      return [`chan receive${nil}`];
    case 'SelectStmt':
      return [node.clauses.length === 0 ? 'select (no cases)' : 'select'];
    case 'CallExpr':
      return methodReasons(pkg, node);
    default:
      return [];
  }
}

/** A writer that waits for another writer waits for the mutex inside its RWMutex. */
const byMethod: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Lock: { Mutex: ['sync.Mutex.Lock'], RWMutex: ['sync.RWMutex.Lock', 'sync.Mutex.Lock'] },
  RLock: { RWMutex: ['sync.RWMutex.RLock'] },
  Wait: { WaitGroup: ['sync.WaitGroup.Wait'], Cond: ['sync.Cond.Wait'] },
  Do: { Once: ['sync.Mutex.Lock'] },
};

function methodReasons(pkg: GoPackage, call: CallExpr): readonly string[] {
  if (call.fun.kind !== 'SelectorExpr') return [];
  const reasons = byMethod[call.fun.sel.name] ?? {};
  const callee = pkg.calleeOf(call);
  if (callee.kind === 'method') return [];
  if (callee.kind !== 'externalMethod' || callee.type === 'Locker') return Object.values(reasons).flat();
  return (callee.path === 'sync' && reasons[callee.type]) || [];
}

/** The innermost function around a node, the node itself left out. */
function innermost(pkg: GoPackage, node: Node): Func | undefined {
  const { func, inner } = pkg.enclosing(node);
  return inner === node ? enclosingOf(pkg, node as FuncLit) : (inner ?? func);
}

function enclosingOf(pkg: GoPackage, lit: FuncLit): Func | undefined {
  const parent = pkg.parentOf(lit);
  return parent && innermost(pkg, parent);
}

/** A function and those that may have called it in the same goroutine, as far as calls by name show it. */
function framesAbove(pkg: GoPackage, own: Func): ReadonlySet<Func> {
  const frames = new Set<Func>([own]);
  for (const func of frames) {
    for (const call of callsOf(pkg, func)) {
      if (pkg.parentOf(call)?.kind === 'GoStmt') continue;
      const caller = innermost(pkg, call);
      if (caller) frames.add(caller);
    }
  }
  return frames;
}

function callsOf(pkg: GoPackage, func: Func): readonly CallExpr[] {
  if (func.kind === 'FuncDecl') return [...pkg.callersOf(func), ...(func.recv ? callsByName(pkg, func.name.name) : [])];
  const parent = pkg.parentOf(func);
  if (parent?.kind !== 'CallExpr') return [];
  return parent.fun === func || isDo(parent) ? [parent] : callsOfParameter(pkg, parent, func);
}

/** `once.Do(func() { ... })` runs its argument in place. */
function isDo({ fun }: CallExpr): boolean {
  return fun.kind === 'SelectorExpr' && fun.sel.name === 'Do';
}

/** Where a function of the package calls the literal that a call gives it. */
function callsOfParameter(pkg: GoPackage, call: CallExpr, lit: FuncLit): readonly CallExpr[] {
  const callee = pkg.calleeOf(call);
  if (callee.kind !== 'func' && callee.kind !== 'method') return [];
  const names = callee.decl.type.params.flatMap((field) => field.names);
  const name = names[call.args.indexOf(lit)];
  const found: CallExpr[] = [];
  walk(callee.decl, (node) => {
    if (node.kind === 'CallExpr' && node.fun.kind === 'Ident' && pkg.bindingOf(node.fun)?.ident === name)
      found.push(node);
    return true;
  });
  return found;
}

/** Calls of a method through an interface. */
function callsByName(pkg: GoPackage, name: string): readonly CallExpr[] {
  const found: CallExpr[] = [];
  for (const decl of pkg.funcDecls)
    walk(decl, (node) => {
      const named = node.kind === 'CallExpr' && node.fun.kind === 'SelectorExpr' && node.fun.sel.name === name;
      if (named && pkg.calleeOf(node).kind === 'dynamic') found.push(node);
      return true;
    });
  return found;
}

/** The start of the goroutine that a location points at. */
function startsAt(pkg: GoPackage, { path, range }: Location): readonly GoroutineStart[] {
  return pkg.goroutineStarts.filter(
    ({ file, node, call }) => file.path === path && (begins(node, range) || begins(call, range)),
  );
}

/** The function that the compiler puts around a call with `go`, when what is called is no literal without arguments. */
function wrapper(pkg: GoPackage, { node, callee }: GoroutineStart): readonly string[] {
  const around = callee.kind === 'lit' ? undefined : innermost(pkg, node);
  return around ? [`${runtimeName(pkg, around)}.gowrap1`] : [];
}

function begins(node: Node, { start }: Range): boolean {
  return node.range.start === start;
}

/** What runs in a goroutine. */
function startedBy(pkg: GoPackage, { callee, call: { fun } }: GoroutineStart): readonly Func[] {
  if (callee.kind === 'func' || callee.kind === 'method') return [callee.decl];
  if (callee.kind === 'lit') return [callee.lit];
  if (fun.kind !== 'SelectorExpr') return [];
  const { name } = fun.sel;
  return pkg.funcDecls.filter((decl) => decl.recv && decl.name.name === name);
}

/** The runtime's name of a function: `Grpc660.func2.1`, `(*T).run`. */
function runtimeName(pkg: GoPackage, func: Func): string {
  const decl = func.kind === 'FuncDecl' ? func : pkg.enclosing(func).func;
  if (!decl) return '';
  let name = receiverOf(pkg, decl) + decl.name.name;
  let around: Node = decl;
  for (let depth = 0; around !== func; depth++) {
    const literals = outermostLiterals(around);
    const index = literals.findIndex((lit) => contains(lit.range, func.range));
    const lit = literals[index];
    if (!lit) return name;
    name += depth === 0 ? `.func${index + 1}` : `.${index + 1}`;
    if (lit === func) return name;
    around = lit.body;
  }
  return name;
}

function receiverOf(pkg: GoPackage, decl: FuncDecl): string {
  const type = decl.recv?.type;
  if (!type) return '';
  const file = pkg.fileOf(decl);
  return type.kind === 'StarExpr' ? `(*${textOf(file, type.x)}).` : `${textOf(file, type)}.`;
}

function textOf({ text }: File, { range: { start, end } }: Node): string {
  return text.slice(start, end);
}

function outermostLiterals(root: Node): readonly FuncLit[] {
  const found: FuncLit[] = [];
  const visit = (node: Node): void => {
    if (node.kind === 'FuncLit' && node !== root) found.push(node);
    else for (const child of children(node)) visit(child);
  };
  visit(root);
  return found;
}
