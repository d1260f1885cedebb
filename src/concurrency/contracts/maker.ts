/** How a value of a type comes to be: a constructor of the package, or a literal with channels in its fields. */
import type { Expr, FuncDecl } from '../../go/ast.ts';
import type { GoPackage, TypeInfo } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { walk } from '../../go/walk.ts';

const constructors = new WeakMap<GoPackage, Map<TypeInfo, readonly FuncDecl[]>>();

/** The functions of the package that return a new value as their first result, best first. Many contracts ask for the same type. */
export function constructorsOf(pkg: GoPackage, type: TypeInfo): readonly FuncDecl[] {
  const ofPackage = constructors.get(pkg) ?? new Map<TypeInfo, readonly FuncDecl[]>();
  constructors.set(pkg, ofPackage);
  const known = ofPackage.get(type) ?? findConstructors(pkg, type);
  ofPackage.set(type, known);
  return known;
}

function findConstructors(pkg: GoPackage, type: TypeInfo): readonly FuncDecl[] {
  const found = pkg.funcDecls.filter(
    (decl) => !decl.recv && !isTestFile(decl.file.path) && returns(pkg, decl, type) && builds(pkg, decl, type),
  );
  return [...found].sort((a, b) => rank(a) - rank(b));
}

function rank({ name, type }: FuncDecl): number {
  return (/^new/i.test(name.name) ? 0 : 10) + Math.min(type.params.length, 9);
}

/** The first result is the type, a pointer to it, or an interface under which it may hide. */
function returns(pkg: GoPackage, decl: FuncDecl, type: TypeInfo): boolean {
  const first = decl.type.results[0]?.type;
  if (!first) return false;
  const result = pkg.typeOfTypeExpr(first);
  if (pkg.typeInfoOf(result) === type) return true;
  return pkg.underlying(result).kind === 'interface' && /^new/i.test(decl.name.name) && handsBack(pkg, decl, type);
}

/** Some `return` names a value of the type itself, not one that wraps it. */
function handsBack(pkg: GoPackage, decl: FuncDecl, type: TypeInfo): boolean {
  let found = false;
  if (decl.body)
    walk(decl.body, (node) => {
      if (node.kind === 'FuncLit') return false;
      const value = node.kind === 'ReturnStmt' ? node.results[0] : undefined;
      found ||= value !== undefined && pkg.typeInfoOf(pkg.typeOf(value)) === type;
      return !found;
    });
  return found;
}

function builds(pkg: GoPackage, decl: FuncDecl, type: TypeInfo): boolean {
  const text = decl.bodyRange ? decl.file.text.slice(decl.bodyRange.start, decl.bodyRange.end) : '';
  if (!text.includes(type.name) || !decl.body) return false;
  let found = false;
  walk(decl.body, (node) => {
    if (node.kind === 'CompositeLit' && node.type) found ||= names(pkg, node.type, type);
    if (node.kind === 'CallExpr' && node.fun.kind === 'Ident' && node.fun.name === 'new' && node.args[0])
      found ||= names(pkg, node.args[0], type);
    return !found;
  });
  return found;
}

function names(pkg: GoPackage, expr: Expr, type: TypeInfo): boolean {
  return pkg.typeInfoOf(pkg.typeOfTypeExpr(expr)) === type;
}
