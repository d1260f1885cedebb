/**
 * Goroutines that do nothing but wait for a context that their starter was given: `go func() { <-ctx.Done(); conn.Close() }()`.
 *
 * They are meant to end a call early. When the call ends first, they stay until somebody cancels the context, which may be
 * that of the whole server. Told only when the watcher is of no more use then: it only sets variables of the call, or
 * closes what the call closes itself by `defer`.
 */
import type { CallExpr, Expr, FuncLit, Ident, Stmt } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { walk } from '../../go/walk.ts';
import { contains } from '../../text/offset.ts';
import type { StuckProcess } from '../leak.ts';
import { type Func, functionsAround } from './place.ts';
import { isContext, receivedFrom } from './stops.ts';

const watches = /\bgo\s+func\(\)\s*\{\s*(select\s*\{\s*case\s*)?<-\s*\w+\.Done\(\)/;

/** Whether a function may start such a goroutine; a look at its text. */
export function startsWatch(text: string): boolean {
  return watches.test(text);
}

/** Whether a stuck goroutine is one that is of no more use when its starter has returned, and its context lives on. */
export function isIdleWatch(pkg: GoPackage, entry: Func, { process, outside }: StuckProcess): boolean {
  if (outside?.some((role) => role !== 'parameter') !== false || !process.start) return false;
  const literal = functionsAround(process.code.site).at(-1);
  if (literal?.kind !== 'FuncLit' || functionsAround(process.start).at(-1) !== entry) return false;
  const rest = behindWait(pkg, entry, literal);
  if (!rest || endsWithCall(pkg, entry)) return false;
  return rest.every((stmt) => isIdle(pkg, entry, stmt));
}

/** What a literal does once the context is done; undefined when it does not begin with waiting for it. */
function behindWait(pkg: GoPackage, entry: Func, { body }: FuncLit): readonly Stmt[] | undefined {
  const [first, ...rest] = body.list;
  if (first?.kind === 'ExprStmt') return isWait(pkg, entry, receivedFrom(first)) ? rest : undefined;
  const [arm, ...others] = first?.kind === 'SelectStmt' ? first.clauses : [];
  if (!arm?.comm || others.length > 0) return undefined;
  return isWait(pkg, entry, receivedFrom(arm.comm)) ? [...arm.body, ...rest] : undefined;
}

/** `ctx.Done()` of a parameter. */
function isWait(pkg: GoPackage, entry: Func, chan: Expr | undefined): boolean {
  if (chan?.kind !== 'CallExpr' || chan.fun.kind !== 'SelectorExpr' || chan.fun.x.kind !== 'Ident') return false;
  const binding = pkg.bindingOf(chan.fun.x);
  return binding?.kind === 'param' && binding.func === entry && isContext(pkg.typeOfBinding(binding));
}

function isIdle(pkg: GoPackage, entry: Func, stmt: Stmt): boolean {
  if (stmt.kind === 'ReturnStmt') return stmt.results.length === 0;
  if (stmt.kind === 'AssignStmt' && stmt.rhs.every((value) => value.kind !== 'CallExpr' && value.kind !== 'FuncLit'))
    return stmt.lhs.every((target) => target.kind === 'Ident' && isLocal(pkg, entry, target));
  const call = stmt.kind === 'ExprStmt' ? stmt.x : stmt.kind === 'AssignStmt' ? stmt.rhs[0] : undefined;
  return call?.kind === 'CallExpr' && isDoneByDefer(pkg, entry, call);
}

function isLocal(pkg: GoPackage, entry: Func, ident: Ident): boolean {
  const binding = pkg.bindingOf(ident);
  return ident.name === '_' || (binding?.kind === 'var' && binding.func === entry);
}

/** Whether the function defers a call of the same kind on the same variable. */
function isDoneByDefer(pkg: GoPackage, entry: Func, call: CallExpr): boolean {
  const target = closedBy(pkg, call);
  let found = false;
  if (target && entry.body)
    walk(entry.body, (node) => {
      if (node.kind === 'FuncLit') return false;
      found ||= node.kind === 'DeferStmt' && node.call.kind === 'CallExpr' && closedBy(pkg, node.call) === target;
      return !found;
    });
  return found;
}

const closers = /^(Close|CloseNow|CloseWithError|Stop|Shutdown|Kill|Cancel|SetDeadline|SetReadDeadline)$/;

/** The variable that a call ends: `x.Close()`, `cancel()`. */
function closedBy(pkg: GoPackage, { fun }: CallExpr): Binding | undefined {
  if (fun.kind === 'Ident') return /cancel|stop/i.test(fun.name) ? pkg.bindingOf(fun) : undefined;
  if (fun.kind !== 'SelectorExpr' || !closers.test(fun.sel.name) || fun.x.kind !== 'Ident') return undefined;
  return pkg.bindingOf(fun.x);
}

/**
 * Whether the context ends soon after the call: all callers in the package derive one for it, or it is the handler of a
 * remote call, whose library cancels the context when the handler has returned.
 */
export function endsWithCall(pkg: GoPackage, entry: Func): boolean {
  if (entry.kind !== 'FuncDecl') return true;
  if (pkg.name === 'main' || isHandler(pkg, entry)) return true;
  const calls = pkg.callersOf(entry).filter((call) => !isTestFile(pkg.fileOf(call).path));
  return calls.length > 0 && calls.every((call) => call.args.some((arg) => isDerived(pkg, arg)));
}

/** `func (s *Server) Get(ctx context.Context, r *Request) (*Reply, error)`. */
function isHandler(pkg: GoPackage, { type, recv }: Func & { readonly kind: 'FuncDecl' }): boolean {
  const results = type.results.map((result) => pkg.underlying(pkg.typeOfTypeExpr(result.type)));
  return recv !== undefined && type.params.length === 2 && results.length === 2 && results[0]?.kind === 'pointer';
}

/** A context that the function around it makes and cancels. */
function isDerived(pkg: GoPackage, arg: Expr): boolean {
  const binding = arg.kind === 'Ident' ? pkg.bindingOf(arg) : undefined;
  if (binding?.kind !== 'var' || !isContext(pkg.typeOfBinding(binding))) return false;
  const { decl } = binding;
  return (
    decl !== undefined &&
    binding.func !== undefined &&
    contains(binding.func.range, decl.range) &&
    decl.kind === 'AssignStmt' &&
    decl.lhs.length === 2
  );
}
