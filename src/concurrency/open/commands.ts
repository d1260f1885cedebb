/** Functions of commands: a process runs one of them, and ends with it. */
import type { Expr, FuncDecl, FuncLit } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import type { GoType } from '../../go/types.ts';
import { isNamed } from '../../go/types.ts';

/** Fields that hold the function of a command. */
const commandFields = /^((Persistent)?(Pre|Post)?RunE?|Action|Before|After)$/;

/** The libraries for command lines, and what they give to the function of a command. */
const libraries =
  /^(github\.com\/(spf13\/cobra|urfave\/cli|codegangsta\/cli|minio\/cli)|gopkg\.in\/urfave\/cli)(\/v\d+|\.v\d+)?$/;
const givenTypes = ['Command', 'Context'];

/** Whether a literal is the function of a command. */
export function isCommandLiteral(pkg: GoPackage, lit: FuncLit): boolean {
  const parent = pkg.parentOf(lit);
  if (parent?.kind === 'KeyValueExpr') {
    const command = pkg.parentOf(parent);
    const named = parent.key.kind === 'Ident' && commandFields.test(parent.key.name);
    return named && command?.kind === 'CompositeLit' && isOfLibrary(pkg.typeOf(command), ['Command']);
  }
  const target = parent?.kind === 'AssignStmt' ? parent.lhs[parent.rhs.indexOf(lit)] : undefined;
  if (target?.kind !== 'SelectorExpr' || !commandFields.test(target.sel.name)) return false;
  return isOfLibrary(pkg.typeOf(target.x), ['Command']);
}

/**
 * Whether a declared function has the form of the function of a command: `func(c *cli.Context) error`,
 * `func(cmd *cobra.Command, args []string)`, `func(ctx context.Context, cmd *cli.Command) error`.
 */
export function isCommandFunction(pkg: GoPackage, { type }: FuncDecl): boolean {
  const params = type.params.flatMap(({ names, type: of }) =>
    Array.from({ length: Math.max(1, names.length) }, () => of),
  );
  if (params.length === 0 || params.length > 2) return false;
  const others = params.filter((param) => !isGivenType(pkg, param));
  return others.length < params.length && others.every((param) => isBeside(pkg, param));
}

/** Whether a function is given a command line: it belongs to the work of one command. */
export function isGivenCommand(pkg: GoPackage, { type }: FuncDecl | FuncLit): boolean {
  return type.params.some((param) => isGivenType(pkg, param.type));
}

function isGivenType(pkg: GoPackage, expr: Expr): boolean {
  return isOfLibrary(pkg.typeOfTypeExpr(expr), givenTypes);
}

/** The arguments of a command, or its context. */
function isBeside(pkg: GoPackage, expr: Expr): boolean {
  const type = pkg.typeOfTypeExpr(expr);
  return type.kind === 'slice' || isNamed(type, 'context', 'Context');
}

function isOfLibrary(type: GoType, names: readonly string[]): boolean {
  if (type.kind === 'pointer') return isOfLibrary(type.elem, names);
  return type.kind === 'named' && names.includes(type.name) && libraries.test(type.path);
}
