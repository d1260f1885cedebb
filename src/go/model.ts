/** What the parts of the package index ask each other; wider than the `GoPackage` that others see. */
import type { Decl, Expr, File, FuncDecl, Ident } from './ast.ts';
import type { Binding, GoPackage } from './package.ts';
import type { SyntaxIndex } from './syntax-index.ts';
import type { GoType } from './types.ts';

export interface Model extends GoPackage {
  /** Import path in the named types of this package; empty for the package under analysis. */
  readonly selfPath: string;
  readonly syntax: SyntaxIndex;
  /** Another package in sight, else the facts about it, when there are any. */
  external(path: string): Model | undefined;
  /** Another package of the repository, whose functions count as seen. */
  imported(path: string): Model | undefined;
  /** The named type that a local or package-level type declaration defines. */
  namedTypeOf(binding: Binding): GoType;
  /** The binding that a package-level identifier declares, methods included. */
  bindingOfDeclared(ident: Ident): Binding | undefined;
  /** Declarations whose text holds one of the words, in source order. */
  declsMentioning(words: readonly string[]): readonly DeclInFile[];
  /** Whether an expression denotes a type, so that calling it converts. */
  isTypeExpr(expr: Expr): boolean;
}

export interface DeclInFile {
  readonly decl: Decl;
  readonly file: File;
}

/** The package whose declarations define a named type: this one, or known facts about another. */
export function modelOf(pkg: Model, path: string): Model | undefined {
  return path === pkg.selfPath ? pkg : pkg.external(path);
}

export function unparen(expr: Expr): Expr {
  let at = expr;
  while (at.kind === 'ParenExpr') at = at.x;
  return at;
}

/** The name that a call or selector ends in: `f` of `f(x)`, `M` of `a.b.M[T]`. */
export function finalName(expr: Expr): string | undefined {
  const plain = unparen(expr);
  if (plain.kind === 'Ident') return plain.name;
  if (plain.kind === 'SelectorExpr') return plain.sel.name;
  return plain.kind === 'IndexExpr' ? finalName(plain.x) : undefined;
}

/** Name of a method's receiver type: `T` of `func (t *T[K]) M()`. */
export function receiverTypeName(decl: FuncDecl): string | undefined {
  let type = decl.recv?.type;
  while (type && (type.kind === 'StarExpr' || type.kind === 'ParenExpr' || type.kind === 'IndexExpr')) type = type.x;
  return type?.kind === 'Ident' ? type.name : undefined;
}
