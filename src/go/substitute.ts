/** Type parameters: replacing them, and finding what they stand for in a call. */

import { work } from '../work/meter.ts';
import { type GoType, type TypedName, unknownType } from './types.ts';

export type Substitution = ReadonlyMap<string, GoType>;

const maxDepth = 40;

/** Replaces type parameters by name; parameters that the substitution does not have stay. */
export function substitute(type: GoType, by: Substitution, depth = 0): GoType {
  if (by.size === 0) return type;
  work();
  if (depth > maxDepth) return unknownType;
  const go = (part: GoType) => substitute(part, by, depth + 1);
  const names = (list: readonly TypedName[]) => list.map((item) => ({ name: item.name, type: go(item.type) }));
  switch (type.kind) {
    case 'typeParam':
      return by.get(type.name) ?? type;
    case 'chan':
    case 'pointer':
    case 'slice':
    case 'array':
      return { ...type, elem: go(type.elem) };
    case 'map':
      return { kind: 'map', key: go(type.key), value: go(type.value) };
    case 'func':
      return { ...type, params: names(type.params), results: names(type.results) };
    case 'struct':
      return { kind: 'struct', fields: names(type.fields) };
    case 'named':
      return type.args.length === 0 ? type : { ...type, args: type.args.map(go) };
    case 'tuple':
      return { kind: 'tuple', elems: type.elems.map(go) };
    default:
      return type;
  }
}

/** Matches a parameter type against an argument type and notes what the type parameters stand for. */
export function unify(param: GoType, arg: GoType, found: Map<string, GoType>, depth = 0): void {
  if (depth > maxDepth || arg.kind === 'unknown') return;
  if (param.kind === 'typeParam') {
    if (!found.has(param.name) && arg.kind !== 'nil') found.set(param.name, arg);
    return;
  }
  if (isWrapper(param) && isWrapper(arg) && param.kind === arg.kind) {
    unify(param.elem, arg.elem, found, depth + 1);
  }
  if (param.kind === 'map' && arg.kind === 'map') {
    unify(param.key, arg.key, found, depth + 1);
    unify(param.value, arg.value, found, depth + 1);
  }
  if (param.kind === 'func' && arg.kind === 'func') {
    unifyAll(param.params.map(typeOf), arg.params.map(typeOf), found, depth);
    unifyAll(param.results.map(typeOf), arg.results.map(typeOf), found, depth);
  }
  if (param.kind === 'named' && arg.kind === 'named' && param.name === arg.name)
    unifyAll(param.args, arg.args, found, depth);
}

function unifyAll(params: readonly GoType[], args: readonly GoType[], found: Map<string, GoType>, depth: number): void {
  for (const [i, param] of params.entries()) unify(param, args[i] ?? unknownType, found, depth + 1);
}

function typeOf(item: TypedName): GoType {
  return item.type;
}

function isWrapper(type: GoType): type is Extract<GoType, { readonly elem: GoType }> {
  return type.kind === 'chan' || type.kind === 'pointer' || type.kind === 'slice' || type.kind === 'array';
}
