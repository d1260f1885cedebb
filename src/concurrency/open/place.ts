/** From a site of a search back to the functions around it. */
import type { FuncDecl, FuncLit, Node } from '../../go/ast.ts';
import { nodesAround } from '../../go/nodes-around.ts';
import type { Site } from '../ir.ts';
import type { StuckProcess } from '../leak.ts';

export { nodesAround };

export type Func = FuncDecl | FuncLit;

export function isFunc(node: Node): node is Func {
  return node.kind === 'FuncDecl' || node.kind === 'FuncLit';
}

/** The function that a search starts from: the one whose name its site is, or the literal that stands there. */
export function entryFunc({ file, range }: Site): Func | undefined {
  const funcs = file ? nodesAround(file, range).filter(isFunc) : [];
  const [decl] = funcs;
  if (decl?.kind === 'FuncDecl' && decl.name.range.start === range.start) return decl;
  return funcs.findLast((func) => func.range.start === range.start);
}

/** Functions whose text contains a site, outermost first. */
export function functionsAround({ file, range }: Site): readonly Func[] {
  return file ? nodesAround(file, range).filter(isFunc) : [];
}

/** The functions that a process is in when it is stuck, innermost frame first; those of library models are left out. */
export function framesOf(stuck: StuckProcess): readonly Func[] {
  const inner = [stuck.site, ...stuck.callers].flatMap((site) => functionsAround(site).at(-1) ?? []);
  return [...new Set(inner)];
}

/** Every function whose variables are in sight for a stuck process or for whoever started it. */
export function inSightOf(stuck: StuckProcess): readonly Func[] {
  const sites = [stuck.site, ...stuck.callers, ...(stuck.process.start ? [stuck.process.start] : [])];
  return [...new Set(sites.flatMap(functionsAround))];
}
