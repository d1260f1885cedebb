/** The defined types of a package with their fields and methods, each made when it is asked for and kept. */
import type { File, FuncDecl, TypeSpec } from './ast.ts';
import { usesOfField } from './field-uses.ts';
import { type Model, receiverTypeName } from './model.ts';
import type { Binding, FieldInfo, FieldUse, TypeInfo } from './package.ts';
import { embeddedName } from './type-exprs.ts';
import type { GoType } from './types.ts';

export class TypeTable {
  readonly #pkg: Model;
  readonly #localTypes = new Map<string, TypeInfo>();
  readonly #localNames = new Map<TypeSpec, string>();
  #types: ReadonlyMap<string, TypeInfo> | undefined;
  #methods: ReadonlyMap<string, ReadonlyMap<string, FuncDecl>> | undefined;

  constructor(pkg: Model) {
    this.#pkg = pkg;
  }

  /** Those declared at package level, by name. */
  get types(): ReadonlyMap<string, TypeInfo> {
    this.#types ??= this.#collectTypes();
    return this.#types;
  }

  /** Of a name as it stands in a named type, local types included. */
  infoOf(name: string): TypeInfo | undefined {
    return this.types.get(name) ?? this.#localTypes.get(name);
  }

  /** Types declared in functions may share a name; a number keeps them apart. */
  localNameOf(spec: TypeSpec, binding: Binding): string {
    const known = this.#localNames.get(spec);
    if (known !== undefined) return known;
    const name = `${spec.name.name}·${this.#localNames.size + 1}`;
    this.#localNames.set(spec, name);
    if (binding.file) this.#localTypes.set(name, this.#makeTypeInfo(spec, binding.file, name));
    return name;
  }

  #collectTypes(): ReadonlyMap<string, TypeInfo> {
    const types = new Map<string, TypeInfo>();
    for (const file of this.#pkg.files) {
      for (const decl of file.decls) {
        if (decl.kind !== 'GenDecl' || decl.tok !== 'type') continue;
        for (const spec of decl.specs) {
          if (spec.kind !== 'TypeSpec' || spec.alias || types.has(spec.name.name)) continue;
          types.set(spec.name.name, this.#makeTypeInfo(spec, file, spec.name.name));
        }
      }
    }
    return types;
  }

  #makeTypeInfo(spec: TypeSpec, file: File, name: string): TypeInfo {
    const args = spec.typeParams.flatMap((field) =>
      field.names.map((param): GoType => ({ kind: 'typeParam', name: param.name })),
    );
    const methodsOf = () => this.#methodsOf(name);
    const fieldsOf = (owner: TypeInfo) => this.#collectFields(owner);
    let fields: ReadonlyMap<string, FieldInfo> | undefined;
    const info: TypeInfo = {
      name: spec.name.name,
      spec,
      file,
      type: { kind: 'named', path: this.#pkg.selfPath, name, args },
      get fields() {
        fields ??= fieldsOf(info);
        return fields;
      },
      get methods() {
        return methodsOf();
      },
    };
    return info;
  }

  #methodsOf(typeName: string): ReadonlyMap<string, FuncDecl> {
    this.#methods ??= this.#collectMethods();
    return this.#methods.get(typeName) ?? new Map();
  }

  #collectMethods(): ReadonlyMap<string, ReadonlyMap<string, FuncDecl>> {
    const methods = new Map<string, Map<string, FuncDecl>>();
    for (const decl of this.#pkg.funcDecls) {
      const owner = decl.isMethod === false ? undefined : receiverTypeName(decl);
      if (owner === undefined) continue;
      const own = methods.get(owner) ?? new Map<string, FuncDecl>();
      own.set(decl.name.name, decl);
      methods.set(owner, own);
    }
    return methods;
  }

  #collectFields(owner: TypeInfo): ReadonlyMap<string, FieldInfo> {
    const fields = new Map<string, FieldInfo>();
    const struct = owner.spec.type;
    if (struct.kind !== 'StructType') return fields;
    for (const field of struct.fields) {
      const embedded = field.names.length === 0;
      const names = embedded ? [embeddedName(field.type)] : field.names.map((name) => name.name);
      for (const name of names) fields.set(name, this.#makeField(owner, field, name, embedded));
    }
    return fields;
  }

  #makeField(owner: TypeInfo, field: FieldInfo['field'], name: string, embedded: boolean): FieldInfo {
    const typeOf = () => this.#pkg.typeOfTypeExpr(field.type);
    const usesOf = (info: FieldInfo) => usesOfField(this.#pkg, info);
    let uses: readonly FieldUse[] | undefined;
    const info: FieldInfo = {
      owner,
      name,
      field,
      embedded,
      get type() {
        return typeOf();
      },
      get uses() {
        uses ??= usesOf(info);
        return uses;
      },
    };
    return info;
  }
}
