/** The channels in the fields of a type, and how the package uses them. */

import type { CallExpr, CommClause, Expr, SelectStmt } from '../../go/ast.ts';
import { isNil } from '../../go/constants.ts';
import { isExported } from '../../go/exported.ts';
import type { FieldInfo, FieldUse, GoPackage, TypeInfo } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';

/** A channel field that only this package can operate on: each of its values is made here, and none is handed on. */
export interface OwnChannel {
  readonly field: FieldInfo;
  readonly sends: readonly FieldUse[];
  readonly receives: readonly FieldUse[];
  readonly ranges: readonly FieldUse[];
  readonly closes: readonly FieldUse[];
  /** The largest capacity that it is made with; undefined when it is not a constant. */
  readonly capacity: number | undefined;
}

/** The fields of a type that are channels of its own. */
export function ownChannels(pkg: GoPackage, type: TypeInfo): readonly OwnChannel[] {
  return [...type.fields.values()].flatMap((field) => {
    const own = pkg.underlying(field.type).kind === 'chan' ? ownChannel(pkg, field) : undefined;
    return own ? [own] : [];
  });
}

/** A channel field with its uses; undefined when others may operate on it. */
export function ownChannel(pkg: GoPackage, field: FieldInfo): OwnChannel | undefined {
  if (isExported(field.name) && isExported(field.owner.name)) return undefined;
  const uses = field.uses.filter((use) => !isTestFile(use.file.path));
  const of = (kind: FieldUse['kind']) => uses.filter((use) => use.kind === kind);
  const capacities = [...of('assign'), ...of('init')]
    .filter((use) => !isNil(use.value))
    .map((use) => use.value && capacityOf(pkg, use.value));
  if (capacities.length === 0 || capacities.includes(undefined)) return undefined;
  if (!uses.every((use) => isPlain(pkg, use))) return undefined;
  const known = capacities.filter((each) => typeof each === 'number');
  return {
    field,
    sends: of('send'),
    receives: of('receive'),
    ranges: of('range'),
    closes: of('close'),
    capacity: known.length === capacities.length ? Math.max(...known) : undefined,
  };
}

/** The `make(chan T, n)` that a value is: itself, or a local variable that serves for nothing else. */
export function makeOf(pkg: GoPackage, value: Expr): CallExpr | undefined {
  if (value.kind === 'Ident') {
    const binding = pkg.bindingOf(value);
    const decl = binding?.kind === 'var' && !binding.global ? binding.decl : undefined;
    if (!binding || decl?.kind !== 'AssignStmt' || decl.tok !== ':=' || pkg.usesOf(binding).length !== 1)
      return undefined;
    const initial =
      decl.lhs.length === decl.rhs.length ? decl.rhs[decl.lhs.indexOf(binding.ident ?? value)] : undefined;
    return initial?.kind === 'CallExpr' ? makeOf(pkg, initial) : undefined;
  }
  if (value.kind !== 'CallExpr') return undefined;
  const callee = pkg.calleeOf(value);
  const [type] = value.args;
  if (callee.kind !== 'builtin' || callee.name !== 'make' || !type) return undefined;
  return pkg.underlying(pkg.typeOfTypeExpr(type)).kind === 'chan' ? value : undefined;
}

/** The capacity of `make(chan T, n)`; `unknown` when `n` is no constant, undefined for any other value. */
function capacityOf(pkg: GoPackage, value: Expr): number | 'unknown' | undefined {
  const call = makeOf(pkg, value);
  if (!call) return undefined;
  const size = call.args[1];
  if (!size) return 0;
  const constant = pkg.constantOf(size);
  return typeof constant === 'number' ? constant : 'unknown';
}

/** A `read` hands the channel on, unless it is compared or measured. */
function isPlain(pkg: GoPackage, use: FieldUse): boolean {
  if (use.kind !== 'read') return use.kind !== 'call';
  const parent = pkg.parentOf(use.node);
  if (parent?.kind === 'BinaryExpr') return true;
  return parent?.kind === 'CallExpr' && isMeasure(pkg, parent);
}

function isMeasure(pkg: GoPackage, call: CallExpr): boolean {
  const callee = pkg.calleeOf(call);
  return callee.kind === 'builtin' && (callee.name === 'len' || callee.name === 'cap');
}

/** The select arm whose operation a use is; undefined for an operation outside a select. */
export function armOf(
  pkg: GoPackage,
  use: FieldUse,
): { readonly arm: CommClause; readonly of: SelectStmt } | undefined {
  let below = use.node;
  for (let at = pkg.parentOf(below); at; at = pkg.parentOf(at)) {
    if (at.kind === 'CommClause') {
      const select = pkg.parentOf(at);
      return at.comm === below && select?.kind === 'SelectStmt' ? { arm: at, of: select } : undefined;
    }
    if (at.kind === 'BlockStmt' || at.kind === 'FuncLit') return undefined;
    below = at;
  }
  return undefined;
}

/** Whether an operation waits for its partner alone. */
export function isPlainOperation(pkg: GoPackage, use: FieldUse): boolean {
  const around = armOf(pkg, use);
  return around === undefined || around.of.clauses.length === 1;
}
