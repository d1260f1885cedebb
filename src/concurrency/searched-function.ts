/** Questions about a function that is searched, asked of its syntax. */
import type { File, FuncDecl, FuncLit } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { walk } from '../go/walk.ts';
import { contains } from '../text/offset.ts';
import type { StuckProcess } from './leak.ts';
import { isCommandFunction, isCommandLiteral } from './open/commands.ts';

/** Whether the text of a function makes what a process is stuck at. */
export function isMadeIn(func: FuncDecl | FuncLit, file: File, { madeAt }: StuckProcess): boolean {
  return madeAt?.file === file && contains(func.range, madeAt.range);
}

/** Whether the process ends with a function. */
export function isProgram(pkg: GoPackage, func: FuncDecl | FuncLit): boolean {
  if (func.kind === 'FuncLit') return isCommandLiteral(pkg, func);
  return (pkg.name === 'main' && !func.recv && func.name.name === 'main') || isCommandFunction(pkg, func);
}

/** Literals that a function starts with `go`, inner ones included, outermost first. */
export function startedLiterals(func: FuncDecl | FuncLit): readonly FuncLit[] {
  const literals: FuncLit[] = [];
  walk(func, (node) => {
    if (node.kind === 'GoStmt' && node.call.kind === 'CallExpr' && node.call.fun.kind === 'FuncLit')
      literals.push(node.call.fun);
    return true;
  });
  return literals;
}
