/** Names that are no local variables: functions, package-level variables, members of other packages, methods as values. */
import type { FuncDecl, Ident, SelectorExpr } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import type { Site, Slot } from '../ir.ts';
import { unparen } from './captures.ts';
import { pathToMethod } from './embedding.ts';
import { lowerExpr } from './expressions.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { isNeverChanged, readMember, readVariable } from './globals.ts';
import { isErrorConstructor } from './library/errors.ts';

/** A function as a value, without captures. */
function functionValue(f: FunctionLowering, decl: FuncDecl, site: Site): Slot {
  const dst = f.b.slot();
  f.b.emit({ op: 'closure', dst, code: f.lowering.codeOf(decl), captures: [] }, site);
  return dst;
}

/** A package-level name: a function, an error that is made once and never nil, or a variable. */
export function readGlobal(f: FunctionLowering, expr: Ident, binding: Binding): Slot {
  const site = f.site(expr);
  if (binding.kind === 'func' && binding.decl?.kind === 'FuncDecl') return functionValue(f, binding.decl, site);
  if (binding.kind === 'var' && isSentinelError(f, binding)) return f.b.constant(`error ${binding.name}`, site);
  const hint = f.lowering.hintOf(expr);
  return binding.kind === 'var' ? readVariable(f, binding, hint, site) : f.unknown(hint, site);
}

function isSentinelError(f: FunctionLowering, binding: Binding): boolean {
  const { decl, ident } = binding;
  if (decl?.kind !== 'ValueSpec' || !ident) return false;
  const value = decl.values[decl.names.indexOf(ident)];
  // By convention these are errors made once, in whatever way.
  if (value && /^[eE]rr[A-Z]/.test(binding.name)) return true;
  if (value?.kind !== 'CallExpr') return false;
  const callee = f.pkg.calleeOf(value);
  return callee.kind === 'external' && isErrorConstructor(callee.path, callee.name);
}

/** `io.EOF`, `strings.ToUpper`: a member of another package, as a value. */
export function externalMember(f: FunctionLowering, expr: SelectorExpr): Slot | undefined {
  const x = unparen(expr.x);
  const binding = x.kind === 'Ident' ? f.pkg.bindingOf(x) : undefined;
  if (binding?.kind !== 'package') return undefined;
  const site = f.site(expr);
  const path = binding.importPath ?? binding.name;
  const { name } = expr.sel;
  // By convention these are errors made once by their package.
  if (/^(Err[A-Z]|EOF$)/.test(name) || (path === 'context' && (name === 'Canceled' || name === 'DeadlineExceeded'))) {
    return f.b.constant(`error ${path}.${name}`, site);
  }
  const home = f.pkg.imported(path);
  const declared = home && memberOf(f, home, path, expr);
  if (declared !== undefined) return declared;
  const model = f.lowering.models.functionOf(path, name);
  if (model) {
    const dst = f.b.slot();
    f.b.emit({ op: 'closure', dst, code: model, captures: [] }, site);
    return dst;
  }
  return readMember(f, path, name, f.lowering.hintOf(expr), site);
}

/** A function or variable that another package of the repository declares. */
function memberOf(f: FunctionLowering, home: GoPackage, path: string, expr: SelectorExpr): Slot | undefined {
  const site = f.site(expr);
  const decl = home.global(expr.sel.name)?.decl;
  if (decl?.kind === 'FuncDecl')
    return f.lowering.program.follows(home, decl) ? functionValue(f, decl, site) : undefined;
  const hint = f.lowering.hintOf(expr);
  return isNeverChanged(home, expr.sel.name)
    ? f.unknown(hint, site, `${path}.${expr.sel.name}`)
    : readMember(f, path, expr.sel.name, hint, site);
}

/** `x.M` and `T.M` as values: a bound method, a function with the receiver as its first parameter. */
export function methodValue(f: FunctionLowering, expr: SelectorExpr): Slot | undefined {
  if (f.pkg.selectedField(expr)) return undefined;
  const site = f.site(expr);
  const x = unparen(expr.x);
  const base = x.kind === 'StarExpr' ? unparen(x.x) : x;
  const named = base.kind === 'Ident' ? f.pkg.bindingOf(base) : undefined;
  if (named?.kind === 'type') {
    const decl = f.pkg.methodOf(f.pkg.typeOfTypeExpr(base), expr.sel.name);
    return decl && functionValue(f, decl, site);
  }
  const type = f.pkg.typeOf(expr.x);
  const decl = f.pkg.methodOf(type, expr.sel.name);
  if (!decl) return boundLibraryMethod(f, expr, site);
  const receiver = f.follow(lowerExpr(f, expr.x), pathToMethod(f.pkg, type, decl), site);
  const dst = f.b.slot();
  f.b.emit({ op: 'closure', dst, code: f.lowering.codeOf(decl), captures: [receiver] }, site);
  return dst;
}

/** `wg.Done`, `mu.Unlock`, `g.Wait` as values. */
function boundLibraryMethod(f: FunctionLowering, expr: SelectorExpr, site: Site): Slot | undefined {
  const type = f.pkg.typeOf(expr.x);
  const base = type.kind === 'pointer' ? type.elem : type;
  if (base.kind !== 'named' || base.path === '') return undefined;
  const code = f.lowering.models.boundMethod(f.lowering, base.path, base.name, expr.sel.name, site);
  if (!code) return undefined;
  const dst = f.b.slot();
  f.b.emit({ op: 'closure', dst, code, captures: [lowerExpr(f, expr.x)] }, site);
  return dst;
}
