/**
 * What a piece of text touches beyond the function that it stands in, by bindings and types: a local `ch` is not the package
 * variable `ch`, and the field `name` of one type not that of another. A field or variable of plain data (numbers, texts,
 * collections of them) that the text only reads is not touched.
 */
import type { CallExpr, Expr, Node } from '../go/ast.ts';
import type { FieldInfo, GoPackage } from '../go/package.ts';
import type { GoType } from '../go/types.ts';
import { walk } from '../go/walk.ts';
import type { Range } from '../text/offset.ts';

/** Names on both sides of a change; a field stands with its type, as `server.done`. */
export interface Seeds {
  readonly fields: ReadonlySet<string>;
  /** Names of fields of values whose type is not known. */
  readonly looseFields: ReadonlySet<string>;
  /** Package variables and constants. */
  readonly values: ReadonlySet<string>;
  /** Types of which more changed than plain fields. */
  readonly types: ReadonlySet<string>;
}

/** Seeds that are being collected. */
export type Collected = { readonly [K in keyof Seeds]: Set<string> };

export function noSeeds(): Collected {
  return { fields: new Set(), looseFields: new Set(), values: new Set(), types: new Set() };
}

/** Adds what the text of a declaration within a region touches. */
export function collectUses(pkg: GoPackage, decl: Node, region: Range, seeds: Collected): void {
  walk(decl, (node) => {
    if (node.range.end < region.start || node.range.start > region.end) return false;
    if (node.kind === 'SelectorExpr') collectField(pkg, node, pkg.fieldOf(node), node.sel.name, seeds);
    if (node.kind === 'CompositeLit') collectLiteral(pkg, node, seeds);
    if (node.kind === 'Ident') {
      const binding = pkg.bindingOf(node);
      const isTouched = binding?.kind === 'var' && binding.global && matters(pkg, node, pkg.typeOfBinding(binding));
      if (isTouched) seeds.values.add(binding.name);
    }
    return true;
  });
}

function collectField(
  pkg: GoPackage,
  node: Node & { readonly kind: 'SelectorExpr' },
  field: FieldInfo | undefined,
  name: string,
  seeds: Collected,
): void {
  if (field) {
    if (matters(pkg, node, field.type)) seeds.fields.add(nameOf(field));
  } else if (isLoose(pkg, node.x, name)) seeds.looseFields.add(name);
}

/** Whether a name may be that of a field of this package: of a value whose type is not known, and not behind `time.`. */
function isLoose(pkg: GoPackage, of: Expr, name: string): boolean {
  if (pkg.typeOf(of).kind !== 'unknown' || !fieldNamesOf(pkg).has(name)) return false;
  return of.kind !== 'Ident' || pkg.bindingOf(of)?.kind !== 'package';
}

const fieldNames = new WeakMap<GoPackage, ReadonlySet<string>>();

function fieldNamesOf(pkg: GoPackage): ReadonlySet<string> {
  const known = fieldNames.get(pkg) ?? new Set([...pkg.types.values()].flatMap(({ fields }) => [...fields.keys()]));
  fieldNames.set(pkg, known);
  return known;
}

function collectLiteral(pkg: GoPackage, literal: Node & { readonly kind: 'CompositeLit' }, seeds: Collected): void {
  const info = pkg.typeInfoOf(pkg.typeOf(literal));
  for (const elt of literal.elts) {
    if (elt.kind !== 'KeyValueExpr') {
      for (const field of info?.fields.values() ?? []) seeds.fields.add(nameOf(field));
      return;
    }
    if (elt.key.kind !== 'Ident') continue;
    const field = info?.fields.get(elt.key.name);
    if (field) seeds.fields.add(nameOf(field));
    else if (isLoose(pkg, literal, elt.key.name)) seeds.looseFields.add(elt.key.name);
  }
}

function nameOf({ owner, name }: FieldInfo): string {
  return `${owner.name}.${name}`;
}

/** Whether others can notice what an expression does with a field or variable: it is more than a look at plain data. */
function matters(pkg: GoPackage, node: Node, type: GoType): boolean {
  return !isPlain(pkg, type) || isChanged(pkg, node, type);
}

/** Types of other packages that hold plain data. */
const plainTypes = new Set(['time.Time', 'time.Duration', 'time.Month', 'time.Weekday']);

/** Whether nobody can be blocked by a value, or run by it, whatever it holds: numbers, texts, and collections of them. */
function isPlain(pkg: GoPackage, type: GoType, within: readonly string[] = []): boolean {
  switch (type.kind) {
    case 'basic':
      return type.name !== 'error' && type.name !== 'any';
    case 'pointer':
    case 'slice':
    case 'array':
      return isPlain(pkg, type.elem, within);
    case 'map':
      return isPlain(pkg, type.key, within) && isPlain(pkg, type.value, within);
    case 'struct':
      return type.fields.every((field) => isPlain(pkg, field.type, within));
    case 'named':
      if (type.path !== '') return plainTypes.has(`${type.path}.${type.name}`);
      if (type.args.length > 0) return false;
      return within.includes(type.name) || isPlain(pkg, pkg.underlying(type), [...within, type.name]);
    default:
      return false;
  }
}

/** Whether an expression is written to, in part or as a whole, its address is taken, or others may write through it. */
function isChanged(pkg: GoPackage, node: Node, type: GoType): boolean {
  let at = node;
  for (let parent = pkg.parentOf(at); parent; parent = pkg.parentOf(at)) {
    switch (parent.kind) {
      case 'ParenExpr':
      case 'StarExpr':
      case 'SelectorExpr':
        break;
      case 'IndexExpr':
      case 'SliceExpr':
        if (parent.x !== at) return false;
        break;
      case 'AssignStmt':
        return parent.lhs.some((target) => target === at);
      case 'IncDecStmt':
        return true;
      case 'UnaryExpr':
        return parent.op === '&';
      case 'RangeStmt':
        return parent.x !== at;
      case 'CallExpr':
        return parent.fun === at || isWrittenBy(pkg, parent, type);
      default:
        return false;
    }
    at = parent;
  }
  return false;
}

/** Functions of the language that change what they are given. */
const changing = new Set(['clear', 'copy', 'delete']);

/** Whether a call may write through an argument of a type: of a function it is not known, and a copy is not the original. */
function isWrittenBy(pkg: GoPackage, call: CallExpr, type: GoType): boolean {
  const callee = pkg.calleeOf(call);
  if (callee.kind === 'builtin') return changing.has(callee.name);
  return ['pointer', 'slice', 'map'].includes(pkg.underlying(type).kind);
}
