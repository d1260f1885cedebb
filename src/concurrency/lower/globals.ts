/**
 * Variables of packages. What they hold when the search begins is not known, but as long as nobody in it assigns to one, it
 * holds the same whenever it is read: the code at hand and what it calls are taken to be alone with it. They are fields
 * of one object from outside per package.
 */
import type { Ident } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import type { Hint, Site, Slot, StructShape } from '../ir.ts';
import type { Place } from './assignments.ts';
import { definesFlag } from './flags.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { isValueObject } from './value-types.ts';

const shape: StructShape = { typeName: '', fields: new Map(), variables: true };

/** A name that no field of a struct has. */
function fieldOf(name: string): string {
  return `var ${name}`;
}

function variablesOf(f: FunctionLowering, path: string, site: Site): Slot {
  const dst = f.b.slot();
  f.b.emit({ op: 'unknown', dst, hint: { struct: shape }, key: `variables of ${path || f.lowering.path}` }, site);
  return dst;
}

/** What a variable of another package holds. */
export function readMember(f: FunctionLowering, path: string, name: string, hint: Hint, site: Site): Slot {
  const dst = f.b.slot();
  f.b.emit({ op: 'getField', dst, object: variablesOf(f, path, site), field: fieldOf(name), hint }, site);
  return dst;
}

/** A variable of another package, to be written. */
export function memberPlace(f: FunctionLowering, path: string, name: string, hint: Hint, site: Site): Place {
  return { kind: 'field', object: variablesOf(f, path, site), field: fieldOf(name), hint };
}

/** What a variable of the package at hand holds. */
export function readVariable(f: FunctionLowering, binding: Binding, hint: Hint, site: Site): Slot {
  const change = changeOf(f.pkg, binding);
  if (change === 'behind our back') return f.unknown(hint, site);
  if (change === 'assigned') return readMember(f, '', binding.name, hint, site);
  return f.unknown(hint, site, `${f.lowering.prefix}${binding.name}`);
}

/** Whether a variable of another package stays as that package has set it. */
export function isNeverChanged(pkg: GoPackage, name: string): boolean {
  const binding = pkg.global(name);
  return binding !== undefined && binding.kind === 'var' && changeOf(pkg, binding) === 'never';
}

/** A variable of the package at hand, to be written. */
export function variablePlace(f: FunctionLowering, expr: Ident, binding: Binding): Place {
  const hint = f.hint(f.pkg.typeOf(expr));
  if (changeOf(f.pkg, binding) !== 'assigned') return { kind: 'outside', hint };
  if (isValueObject(f.pkg, f.pkg.typeOf(expr)))
    return { kind: 'object', object: readMember(f, '', binding.name, hint, f.site(expr)), expr };
  return memberPlace(f, '', binding.name, hint, f.site(expr));
}

/** How a variable is changed while the package is at work; `behind our back`: by its address. */
type Change = 'never' | 'assigned' | 'behind our back';

const changes = new WeakMap<Binding, Change>();

/**
 * What `init`, tests and flags set does not change any more when the package is at work, and other packages set an exported
 * variable before they call.
 */
function changeOf(pkg: GoPackage, binding: Binding): Change {
  let known = changes.get(binding);
  if (known === undefined) {
    const uses = pkg.usesOf(binding).filter((use) => isChange(pkg, use) && !isSetUp(pkg, use));
    known = uses.length === 0 ? 'never' : uses.some((use) => isGivenAway(pkg, use)) ? 'behind our back' : 'assigned';
    changes.set(binding, known);
  }
  return known;
}

/** The address of a variable that is no object of its own, but for the operations of sync/atomic. */
function isGivenAway(pkg: GoPackage, use: Ident): boolean {
  const parent = pkg.parentOf(use);
  if (parent?.kind !== 'UnaryExpr' || isValueObject(pkg, pkg.typeOf(use))) return false;
  const call = pkg.parentOf(parent);
  const callee = call?.kind === 'CallExpr' && call.fun !== parent ? pkg.calleeOf(call) : undefined;
  return callee?.kind !== 'external' || callee.path !== 'sync/atomic';
}

function isSetUp(pkg: GoPackage, use: Ident): boolean {
  const file = pkg.fileOf(use);
  if (isTestFile(file.path)) return true;
  const { func } = pkg.enclosing(use);
  if (func?.recv === undefined && func?.name.name === 'init') return true;
  const address = pkg.parentOf(use);
  const call = address && pkg.parentOf(address);
  return address?.kind === 'UnaryExpr' && call?.kind === 'CallExpr' && definesFlag(call);
}

function isChange(pkg: GoPackage, use: Ident): boolean {
  const parent = pkg.parentOf(use);
  if (parent?.kind === 'AssignStmt') return parent.lhs.includes(use);
  if (parent?.kind === 'IncDecStmt') return true;
  if (parent?.kind === 'RangeStmt') return parent.key === use || parent.value === use;
  return parent?.kind === 'UnaryExpr' && parent.op === '&';
}
