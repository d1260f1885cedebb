/** Bindings of fields and methods: they are found by types, not by the blocks around a name. */
import type { Expr, FuncDecl, Ident } from './ast.ts';
import { importPathOf } from './expr-types.ts';
import type { Model } from './model.ts';
import type { Binding, FieldInfo } from './package.ts';

export class FieldBindings {
  readonly #pkg: Model;
  readonly #bindings = new Map<FieldInfo, Binding>();
  readonly #fields = new Map<Binding, FieldInfo>();

  constructor(pkg: Model) {
    this.#pkg = pkg;
  }

  fieldOf(binding: Binding): FieldInfo | undefined {
    return this.#fields.get(binding);
  }

  /** Of `x.sel`, of a struct literal's key, and of a field's declaration. */
  bindingOf(ident: Ident): Binding | undefined {
    const parent = this.#pkg.parentOf(ident);
    if (parent?.kind === 'SelectorExpr' && parent.sel === ident) {
      const field = this.#pkg.fieldOf(parent);
      if (field) return this.#fieldBinding(field);
      const method = importPathOf(this.#pkg, parent.x) === undefined ? this.#methodOf(parent.x, ident.name) : undefined;
      return method && this.#pkg.bindingOfDeclared(method.name);
    }
    if (parent?.kind === 'KeyValueExpr' && parent.key === ident) {
      const composite = this.#pkg.parentOf(parent);
      const info = composite?.kind === 'CompositeLit' ? this.#pkg.typeInfoOf(this.#pkg.typeOf(composite)) : undefined;
      const field = info?.fields.get(ident.name);
      return field && this.#fieldBinding(field);
    }
    return parent?.kind === 'Field' ? this.#declaredField(parent, ident) : undefined;
  }

  #methodOf(x: Expr, name: string): FuncDecl | undefined {
    return this.#pkg.methodOf(this.#pkg.isTypeExpr(x) ? this.#pkg.typeOfTypeExpr(x) : this.#pkg.typeOf(x), name);
  }

  #declaredField(field: FieldInfo['field'], ident: Ident): Binding | undefined {
    const struct = this.#pkg.parentOf(field);
    const spec = struct?.kind === 'StructType' ? this.#pkg.parentOf(struct) : undefined;
    if (spec?.kind !== 'TypeSpec') return undefined;
    const binding = this.#pkg.bindingOf(spec.name);
    const info = binding && this.#pkg.typeInfoOf(this.#pkg.namedTypeOf(binding))?.fields.get(ident.name);
    return info && this.#fieldBinding(info);
  }

  #fieldBinding(info: FieldInfo): Binding {
    const known = this.#bindings.get(info);
    if (known) return known;
    const ident = info.field.names.find((name) => name.name === info.name);
    const binding: Binding = {
      kind: 'field',
      name: info.name,
      ...(ident ? { ident } : {}),
      decl: info.field,
      file: info.owner.file,
      global: false,
    };
    this.#bindings.set(info, binding);
    this.#fields.set(binding, info);
    return binding;
  }
}
