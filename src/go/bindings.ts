/** Bindings of identifiers, resolved one top-level declaration at a time, and the uses of a binding. */
import type { Decl, File, Ident } from './ast.ts';
import type { DeclInFile } from './model.ts';
import type { Binding } from './package.ts';
import { PackageScope } from './package-scope.ts';
import { resolveDecl } from './resolver.ts';

/** What the table must be told about the package around it. */
export interface BindingContext {
  readonly files: readonly File[];
  declOf(node: Ident): Decl | undefined;
  fileOf(node: Ident): File | undefined;
  declsMentioning(words: readonly string[]): readonly DeclInFile[];
  /** The name of an imported package, where it is known. */
  packageName(path: string): string | undefined;
  /** Whether a key of a composite literal names a field, not a value. */
  isFieldKey(key: Ident): boolean;
}

export class BindingTable {
  readonly scope: PackageScope;
  readonly #context: BindingContext;
  readonly #bound = new Map<Ident, Binding>();
  readonly #keys = new Map<Ident, Binding | undefined>();
  readonly #uses = new Map<Binding, Ident[]>();
  readonly #resolved = new Set<Decl>();

  constructor(context: BindingContext) {
    this.#context = context;
    this.scope = new PackageScope(context.files, context.packageName);
  }

  /** The lexical binding; undefined for selectors, field keys and what is not declared here. */
  bindingOf(ident: Ident): Binding | undefined {
    const known = this.#bound.get(ident);
    if (known) return known;
    this.#resolveAround(ident);
    return this.#bound.get(ident) ?? this.#keyBinding(ident);
  }

  isCompositeKey(ident: Ident): boolean {
    this.#resolveAround(ident);
    return this.#keys.has(ident);
  }

  usesOf(binding: Binding): readonly Ident[] {
    if (binding.global)
      for (const { decl, file } of this.#context.declsMentioning([binding.name])) this.#resolve(decl, file);
    else if (binding.ident) this.#resolveAround(binding.ident);
    const uses = (this.#uses.get(binding) ?? []).filter(
      (ident) => !this.#keys.has(ident) || !this.#context.isFieldKey(ident),
    );
    return binding.global ? uses : uses.sort((a, b) => a.range.start - b.range.start);
  }

  #keyBinding(ident: Ident): Binding | undefined {
    const candidate = this.#keys.get(ident);
    return candidate && !this.#context.isFieldKey(ident) ? candidate : undefined;
  }

  #resolveAround(ident: Ident): void {
    const decl = this.#context.declOf(ident);
    const file = decl && this.#context.fileOf(ident);
    if (decl && file) this.#resolve(decl, file);
  }

  #resolve(decl: Decl, file: File): void {
    if (decl.kind === 'BadDecl' || this.#resolved.has(decl)) return;
    this.#resolved.add(decl);
    resolveDecl(decl, file, (ident) => this.scope.declaredBy(ident), {
      outer: (name) => this.scope.lookup(file, name),
      bound: (ident, binding, declares) => {
        if (!this.#bound.has(ident)) this.#bound.set(ident, binding);
        if (!declares) this.#noteUse(binding, ident);
      },
      key: (ident, candidate) => {
        this.#keys.set(ident, candidate);
        if (candidate) this.#noteUse(candidate, ident);
      },
    });
  }

  #noteUse(binding: Binding, ident: Ident): void {
    const uses = this.#uses.get(binding);
    if (uses) uses.push(ident);
    else this.#uses.set(binding, [ident]);
  }
}
