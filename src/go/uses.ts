/** Where the names of a package are used: found by their text first, then by what they are bound to. */
import type { CallExpr, FuncDecl, Ident, SelectorExpr } from './ast.ts';
import type { BindingTable } from './bindings.ts';
import type { FieldBindings } from './field-bindings.ts';
import { type DeclInFile, finalName, type Model, unparen } from './model.ts';
import type { Binding, Callee } from './package.ts';

export class Uses {
  readonly #pkg: Model;
  readonly #fields: FieldBindings;
  readonly #bindings: BindingTable;

  constructor(pkg: Model, fields: FieldBindings, bindings: BindingTable) {
    this.#pkg = pkg;
    this.#fields = fields;
    this.#bindings = bindings;
  }

  usesOf(binding: Binding): readonly Ident[] {
    const field = this.#fields.fieldOf(binding);
    if (!field)
      return binding.kind === 'func' && binding.decl?.kind === 'FuncDecl' && binding.decl.recv
        ? this.#methodUses(binding)
        : this.#bindings.usesOf(binding);
    return this.#pkg.declsMentioning([field.name]).flatMap(({ decl, file }) =>
      this.#pkg.syntax
        .nodesOf(decl, file)
        .selectors.filter((selector) => this.#pkg.fieldOf(selector) === field)
        .map((selector) => selector.sel),
    );
  }

  selectorsNamed(name: string, where: RegExp): readonly SelectorExpr[] {
    return this.#pkg
      .declsMentioning([name])
      .filter(({ decl, file }) => where.test(file.text.slice(decl.range.start, decl.range.end)))
      .flatMap(({ decl, file }) =>
        this.#pkg.syntax.nodesOf(decl, file).selectors.filter((selector) => selector.sel.name === name),
      );
  }

  #methodUses(binding: Binding): readonly Ident[] {
    return this.#pkg.declsMentioning([binding.name]).flatMap(({ decl, file }) =>
      this.#pkg.syntax
        .nodesOf(decl, file)
        .selectors.filter(
          (selector) => selector.sel.name === binding.name && this.#pkg.bindingOf(selector.sel) === binding,
        )
        .map((selector) => selector.sel),
    );
  }

  callersOf(decl: FuncDecl, within?: readonly FuncDecl[]): readonly CallExpr[] {
    const name = decl.name.name;
    const places: readonly DeclInFile[] =
      within?.map((around) => ({ decl: around, file: around.file })) ?? this.#pkg.declsMentioning([name]);
    return places.flatMap(({ decl: around, file }) =>
      this.#pkg.syntax
        .nodesOf(around, file)
        .calls.filter((call) => this.#mayReach(call, name) && reaches(this.#pkg.calleeOf(call), decl)),
    );
  }

  /** A call by the function's name, or through a local variable. */
  #mayReach(call: CallExpr, name: string): boolean {
    const fun = unparen(call.fun);
    return finalName(fun) === name || (fun.kind === 'Ident' && this.#pkg.bindingOf(fun)?.kind === 'var');
  }
}

function reaches(callee: Callee, decl: FuncDecl): boolean {
  return (callee.kind === 'func' || callee.kind === 'method') && callee.decl === decl;
}
