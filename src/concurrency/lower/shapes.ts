/** From Go types to what the machine knows of values: hints, zero values and struct shapes. */
import type { GoPackage, TypeInfo } from '../../go/package.ts';
import { type GoType, isNamed, unknownType } from '../../go/types.ts';
import type { FieldShape, Hint, NewObject, StructShape, Zero } from '../ir.ts';
import { changedFields } from './changed-fields.ts';
import { fieldName } from './embedding.ts';
import { isExternalStruct, resolveNamed, syncObject } from './value-types.ts';

const syncHints: ReadonlyMap<string, Hint> = new Map<string, Hint>([
  ['Mutex', 'mutex'],
  ['RWMutex', 'rwmutex'],
  ['Locker', 'mutex'],
  ['WaitGroup', 'waitgroup'],
  ['Cond', 'cond'],
  ['Once', 'once'],
]);

/** Channel fields of standard types that user code reads directly. */
const timerFields: readonly (readonly [string, FieldShape])[] = [['C', { zero: { kind: 'nil' }, hint: () => 'chan' }]];

const maxHintDepth = 6;

/** Where the shapes of types of other packages come from. */
export interface OtherShapes {
  /** Of a type that a library model declares; see `models/`. */
  model(path: string, name: string): StructShape | undefined;
  /** Of the types of another package of the repository. */
  imported(path: string): Shapes | undefined;
}

/** Answers questions about the types of one package; shapes are made once per type, so that identity compares them. */
export class Shapes {
  readonly #pkg: GoPackage;
  /** Prefix of type names: empty for user code, the import path and a dot for a library model. */
  readonly #prefix: string;
  readonly #others: OtherShapes;
  readonly #byInfo = new Map<TypeInfo, StructShape>();
  readonly #external = new Map<string, StructShape>();

  constructor(pkg: GoPackage, prefix: string, others: OtherShapes) {
    this.#pkg = pkg;
    this.#prefix = prefix;
    this.#others = others;
  }

  typeNameOf(info: TypeInfo): string {
    return this.#prefix + info.name;
  }

  /** The shape of a struct value (or of what a pointer to it refers to); undefined for any other type. */
  structOf(type: GoType): StructShape | undefined {
    const base = type.kind === 'pointer' ? type.elem : type;
    const info = this.#pkg.typeInfoOf(base);
    if (info) return this.#ofInfo(info);
    if (base.kind === 'struct')
      return { typeName: '', fields: this.#fields(base.fields.map((field) => [fieldName(field), field.type])) };
    if (base.kind !== 'named' || base.path === '') return undefined;
    return this.#others.imported(base.path)?.structOf(base) ?? this.#ofExternal(base.path, base.name);
  }

  hint(type: GoType, depth = 0): Hint {
    if (depth > maxHintDepth) return 'any';
    switch (type.kind) {
      case 'basic':
        return basicHint(type.name);
      case 'chan':
        return 'chan';
      case 'func':
        return 'func';
      case 'slice':
      case 'array':
        return { list: this.hint(type.elem, depth + 1) };
      case 'map':
        return { list: this.hint(type.value, depth + 1) };
      case 'pointer':
        return this.#pointerHint(type.elem, depth);
      case 'named':
        return this.#namedHint(type, depth);
      case 'struct': {
        const shape = this.structOf(type);
        return shape ? { struct: shape } : 'any';
      }
      case 'tuple':
        return this.hint(type.elems[0] ?? unknownType, depth + 1);
      default:
        return 'any';
    }
  }

  zero(type: GoType, depth = 0): Zero {
    if (depth > maxHintDepth) return { kind: 'nil' };
    const sync = syncObject(type);
    if (sync) return { kind: 'object', object: sync };
    if (isExternalStruct(type)) return this.#structZero(type);
    if (type.kind === 'named' && type.path !== '' && this.#others.model(type.path, type.name))
      return this.#structZero(type);
    const below = resolveNamed(this.#pkg, type);
    switch (below.kind) {
      case 'basic':
        return basicZero(below.name);
      case 'struct':
        return this.#structZero(type);
      case 'array':
        return { kind: 'object', object: this.arrayObject(below.elem, undefined, depth + 1) };
      case 'named':
        if (below.path === 'time' && (below.name === 'Duration' || below.name === 'Month'))
          return { kind: 'const', value: 0 };
        return syncObject(below) || isExternalStruct(below) ? this.zero(below, depth + 1) : { kind: 'nil' };
      default:
        return { kind: 'nil' };
    }
  }

  /** An array whose length is not known here: elements are made on first use. */
  arrayObject(elem: GoType, length?: number, depth = 0): NewObject {
    const element = this.zero(elem, depth);
    return length === undefined ? { kind: 'list', map: false, element } : { kind: 'list', map: false, length, element };
  }

  #structZero(type: GoType): Zero {
    return { kind: 'object', object: { kind: 'struct', shape: () => this.structOf(type) ?? emptyShape } };
  }

  #pointerHint(elem: GoType, depth: number): Hint {
    const hint = this.hint(elem, depth + 1);
    if (typeof hint === 'object') return 'struct' in hint ? hint : 'any';
    return syncObject(elem) ? hint : 'any';
  }

  #namedHint(type: GoType & { readonly kind: 'named' }, depth: number): Hint {
    if (type.path === 'sync') return syncHints.get(type.name) ?? 'any';
    if (isNamed(type, 'context', 'Context')) return 'context';
    if (isNamed(type, 'context', 'CancelFunc') || isNamed(type, 'context', 'CancelCauseFunc')) return 'func';
    if (isNamed(type, 'time', 'Duration')) return 'int';
    const shape = this.structOf(type);
    const below = resolveNamed(this.#pkg, type);
    if (shape && (below.kind === 'struct' || type.path !== '')) return { struct: shape };
    return below === type ? 'any' : this.hint(below, depth + 1);
  }

  #ofInfo(info: TypeInfo): StructShape | undefined {
    const known = this.#byInfo.get(info);
    if (known) return known;
    if (info.spec.type.kind !== 'StructType' && resolveNamed(this.#pkg, info.type).kind !== 'struct') return undefined;
    const fields = this.#fields([...info.fields.values()].map((field) => [field.name, field.type]));
    const changes = (field: string): boolean => changedFields(info).has(field);
    const shape: StructShape = { typeName: this.typeNameOf(info), fields, changes };
    this.#byInfo.set(info, shape);
    return shape;
  }

  #ofExternal(path: string, name: string): StructShape | undefined {
    const model = this.#others.model(path, name);
    if (model) return model;
    const typeName = `${path}.${name}`;
    const known = this.#external.get(typeName);
    if (known) return known;
    if (!isExternalStruct({ kind: 'named', path, name, args: [] })) return undefined;
    const shape: StructShape = { typeName, fields: new Map(externalFields(typeName)) };
    this.#external.set(typeName, shape);
    return shape;
  }

  #fields(list: readonly (readonly [string, GoType])[]): ReadonlyMap<string, FieldShape> {
    const fields = new Map<string, FieldShape>();
    for (const [name, type] of list) {
      // Zero values of nested structs are asked for lazily through `shape`, so recursion ends at pointers.
      fields.set(name, { zero: this.zero(type), hint: () => this.hint(type) });
    }
    return fields;
  }
}

const emptyShape: StructShape = { typeName: '', fields: new Map() };

function externalFields(typeName: string): readonly (readonly [string, FieldShape])[] {
  if (typeName === 'time.Timer' || typeName === 'time.Ticker') return timerFields;
  if (typeName.startsWith('sync/atomic.')) return [['v', { zero: atomicZero(typeName), hint: () => 'any' }]];
  return [];
}

function atomicZero(typeName: string): Zero {
  if (typeName.endsWith('.Bool')) return { kind: 'const', value: false };
  if (typeName.endsWith('.Pointer') || typeName.endsWith('.Value')) return { kind: 'nil' };
  return { kind: 'const', value: 0 };
}

function basicHint(name: string): Hint {
  if (name === 'bool') return 'bool';
  if (name === 'string') return 'string';
  if (name === 'error') return 'error';
  return /^(u?int|byte|rune|float)/.test(name) ? 'int' : 'any';
}

function basicZero(name: string): Zero {
  if (name === 'bool') return { kind: 'const', value: false };
  if (name === 'string') return { kind: 'const', value: '' };
  return /^(u?int|byte|rune|float|complex)/.test(name) ? { kind: 'const', value: 0 } : { kind: 'nil' };
}
