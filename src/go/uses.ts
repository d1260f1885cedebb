/** Where the names of a package are used: found by their text first, then by what they are bound to. */
import type { CallExpr, Decl, File, FuncDecl, Ident, SelectorExpr } from './ast.ts';
import type { BindingTable } from './bindings.ts';
import type { FieldBindings } from './field-bindings.ts';
import { type DeclInFile, type Model, unparen } from './model.ts';
import type { Binding, Callee } from './package.ts';

export class Uses {
  readonly #pkg: Model;
  readonly #fields: FieldBindings;
  readonly #bindings: BindingTable;
  /** By the source of a test, then by declaration. */
  readonly #passing = new Map<string, Map<Decl, boolean>>();
  readonly #throughVariables = new Map<Decl, readonly CallExpr[]>();

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
        .selectorsNamed(field.name, decl, file)
        .filter((selector) => this.#pkg.fieldOf(selector) === field)
        .map((selector) => selector.sel),
    );
  }

  selectorsNamed(name: string, where: RegExp | ReadonlySet<Decl>): readonly SelectorExpr[] {
    return this.#pkg
      .declsMentioning([name])
      .filter((place) => (where instanceof RegExp ? this.#passes(place, where) : where.has(place.decl)))
      .flatMap(({ decl, file }) => this.#pkg.syntax.selectorsNamed(name, decl, file));
  }

  /** Whether the text of a declaration passes a test; the same few tests are asked for many names. */
  #passes({ decl, file }: DeclInFile, where: RegExp): boolean {
    let known = this.#passing.get(where.source);
    if (!known) {
      known = new Map();
      this.#passing.set(where.source, known);
    }
    let passes = known.get(decl);
    if (passes === undefined) {
      passes = where.test(file.text.slice(decl.range.start, decl.range.end));
      known.set(decl, passes);
    }
    return passes;
  }

  #methodUses(binding: Binding): readonly Ident[] {
    return this.#pkg.declsMentioning([binding.name]).flatMap(({ decl, file }) =>
      this.#pkg.syntax
        .selectorsNamed(binding.name, decl, file)
        .filter((selector) => this.#pkg.bindingOf(selector.sel) === binding)
        .map((selector) => selector.sel),
    );
  }

  callersOf(decl: FuncDecl, within?: readonly FuncDecl[]): readonly CallExpr[] {
    const name = decl.name.name;
    const places: readonly DeclInFile[] =
      within?.map((around) => ({ decl: around, file: around.file })) ?? this.#pkg.declsMentioning([name]);
    return places.flatMap(({ decl: around, file }) =>
      this.#callsOf(name, around, file).filter((call) => reaches(this.#pkg.calleeOf(call), decl)),
    );
  }

  /** Calls by the function's name, and those through a local variable. */
  #callsOf(name: string, decl: Decl, file: File): readonly CallExpr[] {
    const named = this.#pkg.syntax.callsNamed(name, decl, file);
    const others = this.#callsThroughVariables(decl, file).filter((call) => !named.includes(call));
    if (others.length === 0) return named;
    return [...named, ...others].sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end);
  }

  #callsThroughVariables(decl: Decl, file: File): readonly CallExpr[] {
    let calls = this.#throughVariables.get(decl);
    if (!calls) {
      calls = this.#pkg.syntax.nodesOf(decl, file).calls.filter((call) => {
        const fun = unparen(call.fun);
        return fun.kind === 'Ident' && this.#pkg.bindingOf(fun)?.kind === 'var';
      });
      this.#throughVariables.set(decl, calls);
    }
    return calls;
  }
}

function reaches(callee: Callee, decl: FuncDecl): boolean {
  return (callee.kind === 'func' || callee.kind === 'method') && callee.decl === decl;
}
