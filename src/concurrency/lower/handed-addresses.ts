/** Fields whose address is handed to unseen code: they change behind our back. */
import type { FieldInfo, GoPackage } from '../../go/package.ts';
import { definesFlag } from './flags.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { isValueObject } from './value-types.ts';

/** Whether `&s.f` is handed to unseen code, for a field that is no object of its own. */
export function hasScalarAddress(f: FunctionLowering, info: FieldInfo): boolean {
  if (isValueObject(f.pkg, info.type) || !addressedNames(f.pkg).has(info.name)) return false;
  let known = handedOut.get(info);
  if (known === undefined) {
    known = isHandedOut(f, info);
    handedOut.set(info, known);
  }
  return known;
}

const handedOut = new WeakMap<FieldInfo, boolean>();

/** Asked of the few functions that hand out addresses; `info.uses` would look at every function that knows the type. */
function isHandedOut(f: FunctionLowering, info: FieldInfo): boolean {
  const { pkg } = f;
  return pkg.selectorsNamed(info.name, handsOutAddress).some((selector) => {
    let node = pkg.parentOf(selector);
    while (node?.kind === 'ParenExpr') node = pkg.parentOf(node);
    if (node?.kind !== 'UnaryExpr' || node.op !== '&') return false;
    const call = pkg.parentOf(node);
    if (call?.kind !== 'CallExpr' || call.fun === node || definesFlag(call) || pkg.fieldOf(selector) !== info)
      return false;
    const callee = pkg.calleeOf(call);
    if (callee.kind === 'external') return callee.path !== 'sync/atomic';
    return callee.kind !== 'func' && callee.kind !== 'method' && callee.kind !== 'lit';
  });
}

/** Whether an address may be an argument somewhere in a text: a cheap look before the exact one. */
const handsOutAddress = /&/;

/** An argument that is the address of a place, as far as the place is a chain of names and elements; atomics left out. */
const addressedPlace = /(?:(?<!\batomic\.\w{1,24})\(|,)\s*&\(?((?:[\w\u0080-\uffff.]|\[[^\]\n]{0,80}\])+)/g;

const addressed = new WeakMap<GoPackage, ReadonlySet<string>>();

/** Names in places whose address is handed on. Spares a look at all uses of most fields. */
function addressedNames(pkg: GoPackage): ReadonlySet<string> {
  let names = addressed.get(pkg);
  if (!names) {
    const found = new Set<string>();
    for (const { text } of pkg.files) {
      for (const [, place] of text.matchAll(addressedPlace))
        for (const name of (place ?? '').split('.')) found.add(name);
    }
    names = found;
    addressed.set(pkg, names);
  }
  return names;
}
