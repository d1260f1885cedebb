/**
 * What the runtime would print for a goroutine that is stuck at a place: the names of functions as they stand on a
 * stack, and the reason it waits for.
 */
import type { Diagnostic, Location } from '../src/analysis/diagnostic.ts';
import type { CallExpr, File, FuncDecl, FuncLit, Node } from '../src/go/ast.ts';
import type { Callee, GoPackage } from '../src/go/package.ts';
import { children, walk } from '../src/go/walk.ts';
import { contains, type Range } from '../src/text/offset.ts';

type Func = FuncDecl | FuncLit;

/** `function() [wait reason]`, for the functions that may stand on the stack of the goroutine stuck at a diagnostic. */
export function stackLines(pkg: GoPackage, { location, subject, rule }: Diagnostic): readonly string[] {
  const node = operationAt(pkg, location);
  const own = node && innermost(pkg, node);
  if (!own) return [];
  const functions = new Set([...framesAbove(pkg, own), ...(subject ? startedAt(pkg, subject) : [])]);
  return [...functions].flatMap((func) =>
    waitReasons(pkg, node, rule === 'nil-channel').map((reason) => `${runtimeName(pkg, func)}() [${reason}]`),
  );
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

const byMethod: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Lock: { Mutex: 'sync.Mutex.Lock', RWMutex: 'sync.RWMutex.Lock' },
  RLock: { RWMutex: 'sync.RWMutex.RLock' },
  Wait: { WaitGroup: 'sync.WaitGroup.Wait', Cond: 'sync.Cond.Wait' },
  Do: { Once: 'sync.Mutex.Lock' },
};

function methodReasons(pkg: GoPackage, call: CallExpr): readonly string[] {
  if (call.fun.kind !== 'SelectorExpr') return [];
  const reasons = byMethod[call.fun.sel.name] ?? {};
  const callee = pkg.calleeOf(call);
  if (callee.kind !== 'externalMethod') return callee.kind === 'method' ? [] : Object.values(reasons);
  const reason = callee.path === 'sync' ? reasons[callee.type] : undefined;
  return reason ? [reason] : callee.type === 'Locker' ? Object.values(reasons) : [];
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
  if (func.kind === 'FuncLit') {
    const parent = pkg.parentOf(func);
    return parent?.kind === 'CallExpr' && (parent.fun === func || isDo(parent)) ? [parent] : [];
  }
  return [...pkg.callersOf(func), ...(func.recv ? callsByName(pkg, func.name.name) : [])];
}

/** `once.Do(func() { ... })` runs its argument in place. */
function isDo({ fun }: CallExpr): boolean {
  return fun.kind === 'SelectorExpr' && fun.sel.name === 'Do';
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

/** What runs in the goroutine that is started at a place. */
function startedAt(pkg: GoPackage, { path, range }: Location): readonly Func[] {
  return pkg.goroutineStarts
    .filter(({ file, node, call }) => file.path === path && (begins(node, range) || begins(call, range)))
    .flatMap(({ callee, call }) => funcsOf(pkg, callee, call));
}

function begins(node: Node, { start }: Range): boolean {
  return node.range.start === start;
}

function funcsOf(pkg: GoPackage, callee: Callee, { fun }: CallExpr): readonly Func[] {
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
