/**
 * Fields that belong to one run of a function: it makes their channel, and no other function of the package uses them but
 * those that only it leads to. The object that has the field may come from outside, but nobody there can reach the channel.
 */
import type { Decl, Expr, FuncDecl, FuncLit, Node } from '../../go/ast.ts';
import type { FieldInfo, GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { walk } from '../../go/walk.ts';
import { contains } from '../../text/offset.ts';

/** A channel that is made into a field. */
const made = /\.(\w{1,80})(?:,[^=\n]{0,200})?\s{0,20}=\s{0,20}make\(\s{0,20}chan\b/g;

/** Beyond so many functions a field counts as used elsewhere. */
const maxFunctions = 24;

/** Names of the fields that a search of `entry` may take to be its own; no other type has a field of such a name. */
export function ownedFields(pkg: GoPackage, entry: FuncDecl): ReadonlySet<string> {
  const text = bodyText(entry);
  const names = new Set([...text.matchAll(made)].flatMap(([, name]) => (name && isPrivate(name) ? [name] : [])));
  return new Set([...names].filter((name) => isOwned(pkg, entry, name)));
}

function isOwned(pkg: GoPackage, entry: FuncDecl, name: string): boolean {
  const fields = [...pkg.types.values()].flatMap((type) => type.fields.get(name) ?? []);
  const [field] = fields;
  if (!field || fields.length > 1 || pkg.underlying(field.type).kind !== 'chan') return false;
  if (!isMadeFirst(pkg, entry, field)) return false;
  const under = usersUnder(pkg, entry, field);
  if (!under) return false;
  const names = new Set([name, ...[...under].map((decl) => decl.name.name)]);
  return [entry, ...under].every((decl) => !handsOut(pkg, decl, names));
}

/**
 * Whether every run of the function makes the channel before it uses the field: what is made on demand
 * (`if s.ch == nil { s.ch = make(chan T) }`), or closed before it is made anew, belongs to earlier and later runs, too.
 */
function isMadeFirst(pkg: GoPackage, entry: FuncDecl, { uses }: FieldInfo): boolean {
  const own = uses.filter(({ func }) => func === entry);
  return own.some(({ kind, node }) => {
    const block = kind === 'assign' ? blockAround(pkg, node) : undefined;
    return (
      block !== undefined &&
      own.every((use) => use.node.range.start >= node.range.start && contains(block.range, use.node.range))
    );
  });
}

function blockAround(pkg: GoPackage, node: Node): Node | undefined {
  let around = pkg.parentOf(node);
  while (around && around.kind !== 'BlockStmt' && around.kind !== 'CaseClause' && around.kind !== 'CommClause')
    around = pkg.parentOf(around);
  return around;
}

/** The functions that use a field, with all that lead to them; undefined when one is not led to by `entry` alone. */
function usersUnder(pkg: GoPackage, entry: FuncDecl, { uses }: FieldInfo): ReadonlySet<FuncDecl> | undefined {
  const reached = new Set<FuncDecl>();
  const work = uses.filter(({ file }) => !isTestFile(file.path)).map(({ func }) => func);
  while (work.length > 0) {
    const decl = work.pop();
    if (!decl || reached.size > maxFunctions) return undefined;
    if (decl === entry || reached.has(decl)) continue;
    if (!isPrivate(decl.name.name) || ['init', 'main'].includes(decl.name.name)) return undefined;
    reached.add(decl);
    for (const place of placesOf(pkg, decl.name.name)) {
      if (place.kind === 'FuncDecl') work.push(place);
      else if (place.kind === 'GenDecl' && place.tok === 'var') return undefined;
    }
  }
  return reached;
}

/** Whether a function gives away something that could use the field later: a literal, or a function as a value. */
function handsOut(pkg: GoPackage, decl: FuncDecl, names: ReadonlySet<string>): boolean {
  let found = false;
  if (decl.body)
    walk(decl.body, (node) => {
      if (node.kind === 'FuncLit') found ||= mentions(node, names) && !staysInside(pkg, node);
      else if (node.kind === 'SelectorExpr' && names.has(node.sel.name) && !pkg.fieldOf(node))
        found ||= !isCalled(pkg, node);
      return !found;
    });
  return found;
}

function mentions(lit: FuncLit, names: ReadonlySet<string>): boolean {
  let found = false;
  walk(lit.body, (node) => {
    found ||= node.kind === 'SelectorExpr' && names.has(node.sel.name);
    return !found;
  });
  return found;
}

/** A literal that is called where it stands or by its variable, or that a group of goroutines runs. */
function staysInside(pkg: GoPackage, lit: FuncLit): boolean {
  if (isCalled(pkg, lit)) return true;
  const parent = pkg.parentOf(lit);
  if (parent?.kind !== 'AssignStmt' || parent.tok !== ':=') return false;
  const target = parent.lhs[parent.rhs.indexOf(lit)];
  const binding = target?.kind === 'Ident' ? pkg.bindingOf(target) : undefined;
  return binding !== undefined && pkg.usesOf(binding).every((use) => use === target || isCalled(pkg, use));
}

/** Groups whose `Go` runs a function and nothing else. */
const groups: ReadonlySet<string> = new Set(['sync', 'golang.org/x/sync/errgroup']);

function isCalled(pkg: GoPackage, callee: Expr): boolean {
  const call = pkg.parentOf(callee);
  if (call?.kind !== 'CallExpr') return false;
  if (call.fun === callee) return true;
  const runner = pkg.calleeOf(call);
  return runner.kind === 'externalMethod' && runner.name === 'Go' && groups.has(runner.path);
}

/** Declarations outside tests in whose text a name stands, one of its own name left out when it does not stand in its body. */
function placesOf(pkg: GoPackage, name: string): readonly Decl[] {
  const word = new RegExp(`\\b${name}\\b`);
  return pkg.files
    .filter(({ path, text }) => !isTestFile(path) && word.test(text))
    .flatMap(({ decls, text }) =>
      decls.filter((decl) =>
        word.test(decl.kind === 'FuncDecl' ? bodyText(decl) : text.slice(decl.range.start, decl.range.end)),
      ),
    );
}

function bodyText({ bodyRange, file }: FuncDecl): string {
  return bodyRange ? file.text.slice(bodyRange.start, bodyRange.end) : '';
}

function isPrivate(name: string): boolean {
  return name.charAt(0) !== name.charAt(0).toUpperCase();
}
