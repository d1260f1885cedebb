/** What a repair may rely on at a place: functions around it, names that mean the same there, uses of a channel. */
import type { BlockStmt, Expr, File, FuncDecl, FuncLit, FuncType, Ident, Node, Stmt } from '../../../go/ast.ts';
import type { Binding, FieldInfo, GoPackage } from '../../../go/package.ts';
import { walk } from '../../../go/walk.ts';
import { contains, type Range, range } from '../../../text/offset.ts';
import { nodesAround } from '../operation.ts';

/** The innermost function around a place. */
export interface FunctionAround {
  readonly node: FuncDecl | FuncLit;
  readonly type: FuncType;
  readonly body: BlockStmt;
}

export function functionAround(file: File, place: Range): FunctionAround | undefined {
  const node = nodesAround(file, place).findLast(
    (one) => one.kind === 'FuncLit' || (one.kind === 'FuncDecl' && one.body !== undefined),
  );
  if (node?.kind !== 'FuncLit' && node?.kind !== 'FuncDecl') return undefined;
  return node.body && contains(node.body.range, place) ? { node, type: node.type, body: node.body } : undefined;
}

/** The statement of the innermost block that holds a place, with the list it stands in. */
export interface StatementAround {
  readonly stmt: Stmt;
  readonly list: readonly Stmt[];
  readonly at: number;
}

export function statementAround(file: File, place: Range): StatementAround | undefined {
  for (const node of [...nodesAround(file, place)].reverse()) {
    const list =
      node.kind === 'BlockStmt' ? node.list : node.kind === 'CaseClause' || node.kind === 'CommClause' ? node.body : [];
    const at = list.findIndex((stmt) => contains(stmt.range, place));
    const stmt = list[at];
    if (stmt) return { stmt, list, at };
  }
  return undefined;
}

/** The line of a statement without its indentation, with the comment that may stand behind it: what is moved as a whole. */
export function lineOf(file: File, stmt: Stmt): string {
  return file.lines.lineText(file.lines.lineAt(stmt.range.start)).trim();
}

/** The innermost loop around a place that does not lie outside the innermost function. */
export function loopAround(file: File, place: Range): Node | undefined {
  const path = nodesAround(file, place).filter((node) => node.range.start < place.start || node.range.end > place.end);
  const from = path.findLastIndex((node) => node.kind === 'FuncLit' || node.kind === 'FuncDecl');
  return path
    .slice(from + 1)
    .findLast((node) => (node.kind === 'ForStmt' || node.kind === 'RangeStmt') && contains(node.body.range, place));
}

/** Whether a name that is free in `expr` is declared again below `body` before or around the place. */
export function isShadowed(pkg: GoPackage, body: Node, name: string, outer: Binding | undefined): boolean {
  let shadowed = false;
  walk(body, (node) => {
    if (node.kind === 'Ident' && node.name === name) {
      const binding = pkg.bindingOf(node);
      if (binding && outer && binding !== outer && binding.kind !== 'field' && !binding.global) shadowed = true;
    }
  });
  return shadowed;
}

const SCOPES: ReadonlySet<Node['kind']> = new Set([
  'BlockStmt',
  'CaseClause',
  'CommClause',
  'IfStmt',
  'ForStmt',
  'RangeStmt',
  'SwitchStmt',
  'TypeSwitchStmt',
  'FuncLit',
  'FuncDecl',
]);

/**
 * Whether the names in an expression mean the same at another place of the file: each is declared around it and before it,
 * and nothing in the innermost function there has its name. In doubt not.
 */
export function meansTheSameAt(pkg: GoPackage, file: File, expr: Expr, at: number): boolean {
  const here: Range = range(at, at);
  const func = functionAround(file, here);
  let same = true;
  walk(expr, (node) => {
    if (node.kind === 'SelectorExpr') {
      same &&= meansTheSameAt(pkg, file, node.x, at);
      return false;
    }
    if (node.kind !== 'Ident') return true;
    const binding = pkg.bindingOf(node);
    same &&= binding !== undefined && isDeclaredAround(binding, file, here);
    if (func) same &&= !isShadowed(pkg, func.body, node.name, binding) && !hasParameter(func, node.name, binding);
    return true;
  });
  return same;
}

function isDeclaredAround(binding: Binding, file: File, here: Range): boolean {
  if (binding.global) return true;
  const { ident } = binding;
  if (!ident || binding.file !== file || ident.range.start >= here.start) return false;
  const scope = nodesAround(file, ident.range).findLast((node) => SCOPES.has(node.kind));
  return scope !== undefined && contains(scope.range, here);
}

/** Whether the function itself declares the name as something else. */
function hasParameter({ type }: FunctionAround, name: string, binding: Binding | undefined): boolean {
  return [...type.params, ...type.results].some((field) =>
    field.names.some((one) => one.name === name && one.range.start !== binding?.ident?.range.start),
  );
}

/** Whether a predeclared function has its own meaning in the package and in the function around a place. */
export function isBuiltin(pkg: GoPackage, file: File, name: string, at: number): boolean {
  if (pkg.funcs.has(name) || pkg.types.has(name)) return false;
  const func = functionAround(file, range(at, at));
  let own = false;
  if (func)
    walk(func.node, (node) => {
      if (node.kind === 'Ident' && node.name === name && pkg.bindingOf(node)?.kind !== 'builtin')
        own ||= pkg.bindingOf(node)?.kind !== undefined && pkg.bindingOf(node)?.kind !== 'field';
    });
  return !own;
}

/** Something that holds a channel: a variable or a field of this package. */
export interface ChannelHolder {
  readonly binding?: Binding;
  readonly field?: FieldInfo;
}

export function holderOf(pkg: GoPackage, chan: Expr): ChannelHolder | undefined {
  const field = pkg.fieldOf(chan);
  if (field) return { field };
  const binding = chan.kind === 'Ident' ? pkg.bindingOf(chan) : undefined;
  return binding ? { binding } : undefined;
}

/** Whether an expression names the holder. */
export function names(pkg: GoPackage, holder: ChannelHolder, expr: Expr): boolean {
  if (holder.field) return pkg.fieldOf(expr) === holder.field;
  return expr.kind === 'Ident' && pkg.bindingOf(expr) === holder.binding;
}

/** How one statement or expression uses the channel. */
export interface ChannelUse {
  readonly kind: 'send' | 'receive' | 'range' | 'close' | 'measure' | 'other';
  readonly node: Node;
  readonly file: File;
}

/** All uses of a channel by this name in the package, its making left out. */
export function usesOfChannel(pkg: GoPackage, holder: ChannelHolder): readonly ChannelUse[] {
  const files = holder.binding?.file && !holder.binding.global ? [holder.binding.file] : pkg.files;
  const found: ChannelUse[] = [];
  for (const file of files) {
    for (const decl of file.decls) {
      walk(decl, (node) => {
        const kind = useKind(pkg, holder, node);
        if (kind) found.push({ kind, node, file });
      });
    }
  }
  return found;
}

function useKind(pkg: GoPackage, holder: ChannelHolder, node: Node): ChannelUse['kind'] | undefined {
  if (node.kind === 'SendStmt') return names(pkg, holder, node.chan) ? 'send' : undefined;
  if (node.kind === 'UnaryExpr' && node.op === '<-') return names(pkg, holder, node.x) ? 'receive' : undefined;
  if (node.kind === 'RangeStmt') return names(pkg, holder, node.x) ? 'range' : undefined;
  if (node.kind !== 'CallExpr') return undefined;
  const [first] = node.args;
  if (!first || !node.args.some((arg) => names(pkg, holder, arg))) return undefined;
  const name = node.fun.kind === 'Ident' ? (node.fun as Ident).name : '';
  if (name === 'close') return 'close';
  return name === 'len' || name === 'cap' ? 'measure' : 'other';
}

/** Whether the first name of a context expression is bound once in the function around, so that it means the same everywhere. */
export function isContextVisible(pkg: GoPackage, func: FunctionAround, expr: string): boolean {
  const name = expr.split('.', 1)[0] ?? '';
  let outer: Binding | undefined;
  walk(func.node, (node) => {
    if (!outer && node.kind === 'Ident' && node.name === name) outer = pkg.bindingOf(node);
  });
  return !isShadowed(pkg, func.body, name, outer);
}
