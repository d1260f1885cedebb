/** How the package uses the fields of its struct types. */
import type { CompositeLit, Expr, File, FuncDecl, FuncLit, Node, SelectorExpr } from './ast.ts';
import { stripPointer } from './expr-types.ts';
import { type Model, unparen } from './model.ts';
import type { FieldInfo, FieldUse } from './package.ts';

/** Every use of a field, in file and source order. Only declarations that mention the field or its type are lowered. */
export function usesOfField(pkg: Model, info: FieldInfo): readonly FieldUse[] {
  const uses: FieldUse[] = [];
  for (const { decl, file } of pkg.declsMentioning([info.name, info.owner.spec.name.name])) {
    if (decl.kind === 'BadDecl') continue;
    const found: FieldUse[] = [];
    for (const selector of pkg.syntax.selectorsNamed(info.name, decl, file))
      if (pkg.fieldOf(selector) === info) found.push(selectorUse(pkg, selector, file));
    for (const composite of pkg.syntax.nodesOf(decl, file).composites) {
      const value = initialValue(pkg, composite, info);
      if (value) found.push(use(pkg, 'init', value.node, file, { value: value.value }));
    }
    uses.push(...found.sort((a, b) => a.node.range.start - b.node.range.start));
  }
  return uses;
}

function initialValue(pkg: Model, composite: CompositeLit, info: FieldInfo): { node: Node; value: Expr } | undefined {
  if (composite.elts.length === 0) return undefined;
  if (pkg.typeInfoOf(stripPointer(pkg.typeOf(composite))) !== info.owner) return undefined;
  for (const elt of composite.elts) {
    if (elt.kind !== 'KeyValueExpr') break;
    if (elt.key.kind === 'Ident' && elt.key.name === info.name) return { node: elt, value: elt.value };
  }
  if (composite.elts[0]?.kind === 'KeyValueExpr') return undefined;
  const value = composite.elts[[...info.owner.fields.keys()].indexOf(info.name)];
  return value && { node: value, value };
}

type Detail = { readonly method?: string; readonly value?: Expr };

function use(pkg: Model, kind: FieldUse['kind'], node: Node, file: File, detail: Detail = {}): FieldUse {
  const around = pkg.enclosing(node);
  return { kind, ...detail, node, ...around, inGoroutine: inGoroutine(pkg, node, around.func), file };
}

/** Climbs from the selector to the operation that it takes part in. */
function selectorUse(pkg: Model, selector: SelectorExpr, file: File): FieldUse {
  let node: Expr = selector;
  let parent = pkg.parentOf(node);
  while (parent && isTransparent(parent, node)) {
    node = parent as Expr;
    parent = pkg.parentOf(node);
  }
  switch (parent?.kind) {
    case 'SendStmt':
      return use(pkg, parent.chan === node ? 'send' : 'read', parent.chan === node ? parent : selector, file);
    case 'UnaryExpr':
      return parent.op === '<-' ? use(pkg, 'receive', parent, file) : use(pkg, 'read', selector, file);
    case 'RangeStmt':
      return use(pkg, parent.x === node ? 'range' : 'assign', parent.x === node ? parent : selector, file);
    case 'IncDecStmt':
      return use(pkg, 'assign', parent, file);
    case 'AssignStmt':
      return assignUse(pkg, parent, node, selector, file);
    case 'SelectorExpr':
      return methodUse(pkg, parent, selector, file);
    case 'CallExpr':
      return callUse(pkg, parent, node, selector, file);
    default:
      return use(pkg, 'read', selector, file);
  }
}

/** Parentheses, elements (`s.chans[i] <- x` sends on the field's channels) and `*s.p`. */
function isTransparent(parent: Node, child: Expr): boolean {
  if (parent.kind === 'ParenExpr' || parent.kind === 'StarExpr') return true;
  return parent.kind === 'IndexExpr' && parent.x === child;
}

function assignUse(
  pkg: Model,
  parent: Extract<Node, { kind: 'AssignStmt' }>,
  node: Expr,
  selector: SelectorExpr,
  file: File,
): FieldUse {
  const index = parent.lhs.indexOf(node);
  if (index === -1) return use(pkg, 'read', selector, file);
  const value = parent.rhs.length === parent.lhs.length ? parent.rhs[index] : parent.rhs[0];
  return use(pkg, 'assign', parent, file, value ? { value } : {});
}

function methodUse(pkg: Model, parent: SelectorExpr, selector: SelectorExpr, file: File): FieldUse {
  let fun: Node = parent;
  let call = pkg.parentOf(fun);
  while (call?.kind === 'ParenExpr') {
    fun = call;
    call = pkg.parentOf(call);
  }
  const called = call?.kind === 'CallExpr' && call.fun === fun && pkg.fieldOf(parent) === undefined;
  return called && call ? use(pkg, 'call', call, file, { method: parent.sel.name }) : use(pkg, 'read', selector, file);
}

function callUse(
  pkg: Model,
  call: Extract<Node, { kind: 'CallExpr' }>,
  node: Expr,
  selector: SelectorExpr,
  file: File,
): FieldUse {
  if (call.fun === node) return use(pkg, 'call', call, file);
  const callee = unparen(call.fun).kind === 'Ident' ? pkg.calleeOf(call) : undefined;
  const closes = callee?.kind === 'builtin' && callee.name === 'close' && call.args[0] === node;
  return closes ? use(pkg, 'close', call, file) : use(pkg, 'read', selector, file);
}

/** Inside a literal that runs in a goroutine, or a function that the package starts as one. */
function inGoroutine(pkg: Model, node: Node, func: FuncDecl | undefined): boolean {
  const started = startedIn(pkg);
  if (func && started.has(func)) return true;
  for (let up = pkg.parentOf(node); up; up = pkg.parentOf(up))
    if (up.kind === 'FuncLit' && started.has(up)) return true;
  return false;
}

const startedOf = new WeakMap<Model, ReadonlySet<FuncDecl | FuncLit>>();

/** The functions and literals that a package starts as goroutines. */
function startedIn(pkg: Model): ReadonlySet<FuncDecl | FuncLit> {
  const known = startedOf.get(pkg);
  if (known) return known;
  const started = new Set<FuncDecl | FuncLit>();
  for (const { callee } of pkg.goroutineStarts) {
    if (callee.kind === 'func' || callee.kind === 'method') started.add(callee.decl);
    if (callee.kind === 'lit') started.add(callee.lit);
  }
  startedOf.set(pkg, started);
  return started;
}
