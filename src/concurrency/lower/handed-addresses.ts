/** Fields whose address is handed to unseen code: they change behind our back. */
import type { Decl } from '../../go/ast.ts';
import type { FieldInfo, GoPackage } from '../../go/package.ts';
import { declIndexAt } from '../../go/text-search.ts';
import { definesFlag } from './flags.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { isValueObject } from './value-types.ts';

/** Whether `&s.f` is handed to unseen code, for a field that is no object of its own. */
export function hasScalarAddress(f: FunctionLowering, info: FieldInfo): boolean {
  const where = isValueObject(f.pkg, info.type) ? undefined : addressingDecls(f.pkg).get(info.name);
  if (!where) return false;
  let known = handedOut.get(info);
  if (known === undefined) {
    known = isHandedOut(f, info, where);
    handedOut.set(info, known);
  }
  return known;
}

const handedOut = new WeakMap<FieldInfo, boolean>();

/** Asked of the few functions that hand out such addresses; `info.uses` would look at every function that knows the type. */
function isHandedOut({ pkg }: FunctionLowering, info: FieldInfo, where: ReadonlySet<Decl>): boolean {
  return pkg.selectorsNamed(info.name, where).some((selector) => {
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

/** An argument that is the address of a place, as far as the place is a chain of names and elements; atomics left out. */
const addressedPlace = /(?:(?<!\batomic\.\w{1,24})\(|,)\s*&\(?((?:[\w\u0080-\uffff.]|\[[^\]\n]{0,80}\])+)/g;

type DeclsByName = ReadonlyMap<string, ReadonlySet<Decl>>;

const addressing = new WeakMap<GoPackage, DeclsByName>();

/** By name: the declarations in whose text it stands in a place whose address is an argument. Spares a look at most uses. */
function addressingDecls(pkg: GoPackage): DeclsByName {
  const known = addressing.get(pkg);
  if (known) return known;
  const byName = new Map<string, Set<Decl>>();
  for (const { text, decls } of pkg.files) {
    for (const { index, 1: place = '' } of text.matchAll(addressedPlace)) {
      const decl = decls[declIndexAt(decls, index)];
      if (!decl) continue;
      for (const name of place.split('.')) byName.set(name, (byName.get(name) ?? new Set()).add(decl));
    }
  }
  addressing.set(pkg, byName);
  return byName;
}
