/** Where a function acquires a resource, and in which variable it holds it. */
import type { CallExpr, Expr, FuncDecl, FuncLit, Ident, Node, Stmt } from '../../go/ast.ts';
import { finalName } from '../../go/model.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import type { GoType } from '../../go/types.ts';
import { isNamed } from '../../go/types.ts';
import { acquirerOf } from './acquirers.ts';
import { calleeName } from './callee-name.ts';
import type { Resource } from './resource.ts';
import type { ResourceTable } from './resources.ts';

export interface Acquisition {
  readonly resource: Resource;
  readonly call: CallExpr;
  /** As a reader would write it: `context.WithCancel`, `client.Do`. */
  readonly name: string;
  /** The variable that holds it; `_` when it is dropped, absent when the call stands alone. */
  readonly target?: Ident;
  /** Absent when the resource is dropped. */
  readonly binding?: Binding;
  /** The variable of the error result. */
  readonly error?: Binding;
  /** The assignment, `go` or other statement around the call. */
  readonly statement: Stmt;
  readonly inside: FuncDecl | FuncLit;
  /** The call declares the variable: its scope is the block around the call. */
  readonly declares: boolean;
}

/** `depth`: how many functions that return what they acquire lie between the question and this call. */
export function acquisitionAt(
  pkg: GoPackage,
  call: CallExpr,
  table: ResourceTable,
  depth = 0,
): Acquisition | undefined {
  const resource = resourceAcquiredBy(pkg, call, table, depth);
  const statement = resource && (resource.inGoroutine ? startAround(pkg, call) : statementAround(pkg, call));
  if (!resource || !statement) return undefined;
  const { func, inner } = pkg.enclosing(statement);
  const inside = inner ?? func;
  if (!inside?.body) return undefined;
  const base = { resource, call, name: nameOf(pkg, call), statement, inside };
  if (resource.value.kind === 'result') {
    const assigned = assignmentOf(statement);
    if (assigned) return ofResult(pkg, base, assigned, resource.value.index);
    return isDropping(statement, call) ? { ...base, declares: false } : undefined;
  }
  const holder = resource.value.kind === 'receiver' ? receiverOf(call) : call.args[resource.value.index];
  const target = holder && identOf(holder);
  const binding = target && pkg.bindingOf(target);
  if (!target || !binding || !isOwn(pkg, binding, inside)) return undefined;
  const error = errorOf(pkg, statement, call);
  return { ...base, target, binding, declares: false, ...(error ? { error } : {}) };
}

/** `http.Get(url)` and `go http.Get(url)`: nobody has the results. */
function isDropping(statement: Stmt, call: CallExpr): boolean {
  return (
    (statement.kind === 'ExprStmt' && statement.x === call) || (statement.kind === 'GoStmt' && statement.call === call)
  );
}

type Base = Pick<Acquisition, 'resource' | 'call' | 'name' | 'statement' | 'inside'>;

interface Assignment {
  readonly lhs: readonly Expr[];
  readonly rhs: readonly Expr[];
  readonly declares: boolean;
}

/** `a, b := f()`, `a, b = f()` and `var a, b = f()`. */
function assignmentOf(statement: Stmt): Assignment | undefined {
  if (statement.kind === 'AssignStmt')
    return { lhs: statement.lhs, rhs: statement.rhs, declares: statement.tok === ':=' };
  const spec = statement.kind === 'DeclStmt' && statement.decl.specs.length === 1 ? statement.decl.specs[0] : undefined;
  return spec?.kind === 'ValueSpec' ? { lhs: spec.names, rhs: spec.values, declares: true } : undefined;
}

function ofResult(pkg: GoPackage, base: Base, assignment: Assignment, index: number): Acquisition | undefined {
  if (assignment.rhs.length !== 1 || assignment.rhs[0] !== base.call) return undefined;
  const target = assignment.lhs[index];
  if (target?.kind !== 'Ident') return undefined;
  if (target.name === '_') return { ...base, target, declares: false };
  const binding = pkg.bindingOf(target);
  if (!binding || binding.global || binding.kind !== 'var' || binding.func !== base.inside) return undefined;
  const error = assignment.lhs.at(-1) === target ? undefined : errorOf(pkg, base.statement, base.call);
  return {
    ...base,
    target,
    binding,
    declares: assignment.declares && binding.ident === target,
    ...(error ? { error } : {}),
  };
}

/** The last of several results, or the only one of a method whose receiver is the resource. */
function errorOf(pkg: GoPackage, statement: Stmt, call: CallExpr): Binding | undefined {
  const assignment = assignmentOf(statement);
  if (assignment?.rhs[0] !== call) return undefined;
  const last = assignment.lhs.at(-1);
  if (last?.kind !== 'Ident' || last.name === '_') return undefined;
  const binding = pkg.bindingOf(last);
  if (assignment.lhs.length > 1 || !binding) return binding;
  // The only result of a method whose receiver is the resource: an error, or of a type that is not seen.
  const type = pkg.typeOfBinding(binding);
  return type.kind === 'unknown' || (type.kind === 'basic' && type.name === 'error') ? binding : undefined;
}

/** What a call acquires, itself or through a function that returns it. */
export function resourceAcquiredBy(
  pkg: GoPackage,
  call: CallExpr,
  table: ResourceTable,
  depth: number,
): Resource | undefined {
  const name = calleeName(pkg, call);
  const known = name === undefined ? undefined : table.byCall.get(name);
  if (known) return known;
  if (isDoer(pkg, call)) return table.byCall.get('net/http.Client.Do');
  if (isGeneratedStream(pkg, call)) return table.byCall.get('generated gRPC stream');
  if (isKubernetesWatch(pkg, call)) return table.byCall.get('generated Kubernetes watch');
  if (isPodLog(pkg, call)) return table.byCall.get('k8s.io/client-go/rest.Request.Stream');
  return acquirerOf(pkg, call, table, depth);
}

/** `Do` or `RoundTrip` of an interface that stands for an HTTP client. */
function isDoer(pkg: GoPackage, call: CallExpr): boolean {
  if (call.fun.kind !== 'SelectorExpr' || !/^(Do|RoundTrip)$/.test(call.fun.sel.name) || call.args.length !== 1)
    return false;
  const [request] = call.args;
  if (pkg.calleeOf(call).kind !== 'dynamic' || !request) return false;
  const type = pkg.typeOf(call);
  const first = type.kind === 'tuple' ? type.elems[0] : undefined;
  return (
    first !== undefined && isNamed(first, 'net/http', 'Response') && isNamed(pkg.typeOf(request), 'net/http', 'Request')
  );
}

function isGeneratedStream(pkg: GoPackage, call: CallExpr): boolean {
  const type = pkg.typeOf(call);
  return type.kind === 'tuple' && type.elems.length === 2 && isStreamType(type.elems[0]);
}

/** `client.CoreV1().Pods(ns).Watch(ctx, metav1.ListOptions{})`: the options say it where the client is not seen. */
function isKubernetesWatch(pkg: GoPackage, call: CallExpr): boolean {
  const options = call.args.at(-1);
  if (finalName(call.fun) !== 'Watch' || call.args.length !== 2 || !options) return false;
  return isNamed(pkg.typeOf(options), 'k8s.io/apimachinery/pkg/apis/meta/v1', 'ListOptions');
}

/** `client.CoreV1().Pods(ns).GetLogs(name, options).Stream(ctx)`, also in two steps; the client is a generated one. */
function isPodLog(pkg: GoPackage, { fun, args }: CallExpr): boolean {
  if (fun.kind !== 'SelectorExpr' || fun.sel.name !== 'Stream' || args.length !== 1) return false;
  const decl = fun.x.kind === 'Ident' ? pkg.bindingOf(fun.x)?.decl : undefined;
  const request = decl?.kind === 'AssignStmt' && decl.rhs.length === 1 ? decl.rhs[0] : fun.x;
  if (request?.kind !== 'CallExpr' || finalName(request.fun) !== 'GetLogs' || request.args.length !== 2) return false;
  return pkg.fileOf(fun).imports.some(({ path }) => path === 'k8s.io/api/core/v1');
}

/** `pb.Watcher_WatchClient`, `grpc.ServerStreamingClient[T]`: the names that protoc-gen-go-grpc gives. */
function isStreamType(type: GoType | undefined): boolean {
  if (type?.kind !== 'named') return false;
  if (type.path === 'google.golang.org/grpc')
    return /^(ServerStreaming|BidiStreaming|ClientStreaming)Client$/.test(type.name);
  return /^[A-Z]\w*_[A-Z]\w*Client$/.test(type.name);
}

function receiverOf(call: CallExpr): Expr | undefined {
  return call.fun.kind === 'SelectorExpr' ? call.fun.x : undefined;
}

function identOf(expr: Expr): Ident | undefined {
  if (expr.kind === 'Ident') return expr;
  return expr.kind === 'ParenExpr' || (expr.kind === 'UnaryExpr' && expr.op === '&') ? identOf(expr.x) : undefined;
}

/** A variable that the function declares with a value of its own: no parameter, and nothing that it was given. */
function isOwn(pkg: GoPackage, binding: Binding, inside: Node): boolean {
  if (binding.kind !== 'var' || binding.global || binding.func !== inside) return false;
  const { decl, ident } = binding;
  if (decl?.kind === 'ValueSpec') return decl.values.length === 0 || decl.values.every((value) => isMade(pkg, value));
  if (decl?.kind !== 'AssignStmt' || !ident) return false;
  const value = decl.rhs.length === 1 ? decl.rhs[0] : decl.rhs[decl.lhs.indexOf(ident)];
  return value !== undefined && isMade(pkg, value);
}

const makers: ReadonlySet<string> = new Set([
  'os/exec.Command',
  'os/exec.CommandContext',
  'golang.org/x/sync/errgroup.WithContext',
  'google.golang.org/grpc.NewServer',
  'github.com/sourcegraph/conc.NewWaitGroup',
  'github.com/sourcegraph/conc/pool.New',
]);

function isMade(pkg: GoPackage, value: Expr): boolean {
  if (value.kind === 'UnaryExpr' && value.op === '&') return isMade(pkg, value.x);
  if (value.kind === 'CompositeLit') return true;
  if (value.kind !== 'CallExpr') return false;
  const callee = pkg.calleeOf(value);
  if (callee.kind === 'builtin') return callee.name === 'make' || callee.name === 'new';
  return makers.has(calleeName(pkg, value) ?? '');
}

function statementAround(pkg: GoPackage, call: CallExpr): Stmt | undefined {
  const parent = pkg.parentOf(call);
  switch (parent?.kind) {
    case 'ValueSpec':
      return declarationAround(pkg, parent);
    case 'AssignStmt':
    case 'ExprStmt':
    case 'GoStmt':
    case 'ReturnStmt':
      return parent;
    default:
      return undefined;
  }
}

/** `var resp, err = http.Get(url)` in a function. */
function declarationAround(pkg: GoPackage, spec: Node): Stmt | undefined {
  const decl = pkg.parentOf(spec);
  const statement = decl && pkg.parentOf(decl);
  return statement?.kind === 'DeclStmt' ? statement : undefined;
}

/** The `go` statement that runs the call, directly or in its literal. */
function startAround(pkg: GoPackage, call: CallExpr): Stmt | undefined {
  const direct = pkg.parentOf(call);
  if (direct?.kind === 'GoStmt') return direct;
  const literal = pkg.enclosing(call).inner;
  const started = literal && pkg.parentOf(literal);
  const start = started && pkg.parentOf(started);
  return started?.kind === 'CallExpr' && started.fun === literal && start?.kind === 'GoStmt' ? start : undefined;
}

/** The callee as written, the folders of an import path left out. */
function nameOf(pkg: GoPackage, call: CallExpr): string {
  const callee = pkg.calleeOf(call);
  if (callee.kind === 'external') return `${callee.path}.${callee.name}`.replace(/^.*\//, '');
  const file = pkg.fileOf(call);
  return file.text.slice(call.fun.range.start, call.fun.range.end).replace(/\s+/g, ' ');
}
