/** What `x.name` selects: fields and methods through pointers and embedding (spec, "Selectors"). */
import type { FuncDecl } from './ast.ts';
import { type Model, modelOf } from './model.ts';
import type { FieldInfo, TypeInfo } from './package.ts';
import { type Substitution, substitute } from './substitute.ts';
import { embeddedName, funcType, substitutionOf } from './type-exprs.ts';
import { type GoType, unknownType } from './types.ts';

export type Member =
  /** `info` only for fields of a defined type; `owner` is the type that declares the field. */
  | { readonly kind: 'field'; readonly type: GoType; readonly info?: FieldInfo; readonly owner?: NamedType }
  | { readonly kind: 'method'; readonly type: GoType; readonly decl: FuncDecl; readonly owner: NamedType }
  | { readonly kind: 'interfaceMethod'; readonly type: GoType; readonly owner: NamedType }
  /** Perhaps a member of a type of another package, of which nothing is known. */
  | { readonly kind: 'opaque'; readonly owner: NamedType };

export type NamedType = Extract<GoType, { kind: 'named' }>;

const maxEmbeddingDepth = 12;
const maxTypesVisited = 200;

/** Breadth first, as the spec has it: the shallowest member wins. Unknown types are the last resort. */
export function selectMember(pkg: Model, type: GoType, name: string): Member | undefined {
  let level: readonly GoType[] = [type];
  const seen = new Set<string>();
  let opaque: Member | undefined;
  for (let depth = 0; depth < maxEmbeddingDepth && level.length > 0; depth++) {
    const next: GoType[] = [];
    for (const candidate of level) {
      const found = direct(pkg, candidate, name, next, seen);
      if (found?.kind === 'opaque') opaque ??= found;
      else if (found) return found;
    }
    if (seen.size > maxTypesVisited) break;
    level = next;
  }
  return opaque;
}

function direct(pkg: Model, type: GoType, name: string, next: GoType[], seen: Set<string>): Member | undefined {
  const base = type.kind === 'pointer' ? type.elem : type;
  if (base.kind === 'struct') return structMember(base, name, next);
  if (base.kind !== 'named') return undefined;
  const key = `${base.path}.${base.name}`;
  if (seen.has(key)) return undefined;
  seen.add(key);
  return namedMember(pkg, base, name, next);
}

function structMember(type: Extract<GoType, { kind: 'struct' }>, name: string, next: GoType[]): Member | undefined {
  for (const field of type.fields) {
    if (field.name === name) return { kind: 'field', type: field.type };
    if (field.name === '') {
      const base = field.type.kind === 'pointer' ? field.type.elem : field.type;
      if (base.kind === 'named' && base.name === name) return { kind: 'field', type: field.type };
      next.push(field.type);
    }
  }
  return undefined;
}

function namedMember(pkg: Model, type: NamedType, name: string, next: GoType[]): Member | undefined {
  const owner = modelOf(pkg, type.path);
  const info = owner?.typeInfoOf(type);
  if (!owner || !info) return type.path === pkg.selfPath ? undefined : { kind: 'opaque', owner: type };
  const by = substitutionOf(info.spec, type.args);
  const method = info.methods.get(name);
  if (method) {
    return {
      kind: 'method',
      type: substitute(funcType(owner, method.type), receiverSubstitution(method, type)),
      decl: method,
      owner: type,
    };
  }
  const below = info.spec.type;
  if (below.kind === 'InterfaceType') return interfaceMember(owner, type, by, name, next);
  // `type T U`: the fields of U are T's, its methods are not.
  const fields = fieldsBelow(owner, info);
  const field = fields.get(name);
  if (field) return { kind: 'field', type: substitute(field.type, by), info: field, owner: type };
  for (const embedded of fields.values()) if (embedded.embedded) next.push(substitute(embedded.type, by));
  return undefined;
}

const maxDefinitions = 20;

function fieldsBelow(owner: Model, info: TypeInfo): TypeInfo['fields'] {
  let at = info;
  for (let steps = 0; steps < maxDefinitions && at.spec.type.kind !== 'StructType'; steps++) {
    const below = owner.typeInfoOf(owner.typeOfTypeExpr(at.spec.type));
    if (!below || owner.typeOfTypeExpr(at.spec.type).kind === 'pointer') break;
    at = below;
  }
  return at.fields;
}

function interfaceMember(
  owner: Model,
  type: NamedType,
  by: Substitution,
  name: string,
  next: GoType[],
): Member | undefined {
  const below = owner.typeInfoOf(type)?.spec.type;
  if (below?.kind !== 'InterfaceType') return undefined;
  for (const method of below.methods) {
    if (method.names.length === 0) {
      next.push(owner.typeOfTypeExpr(method.type));
    } else if (method.names[0]?.name === name) {
      const signature = method.type.kind === 'FuncType' ? funcType(owner, method.type) : unknownType;
      return { kind: 'interfaceMethod', type: substitute(signature, by), owner: type };
    }
  }
  return undefined;
}

/** A method names its receiver's type parameters itself: `func (l *List[E]) M()`. */
function receiverSubstitution(method: FuncDecl, type: NamedType): Substitution {
  let recv = method.recv?.type;
  while (recv && (recv.kind === 'StarExpr' || recv.kind === 'ParenExpr')) recv = recv.x;
  if (recv?.kind !== 'IndexExpr') return new Map();
  return new Map(
    recv.indices.flatMap((index, i) => (type.args[i] ? [[embeddedName(index), type.args[i]] as const] : [])),
  );
}
