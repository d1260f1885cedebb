/** The package block and the file blocks: package-level declarations of all files, and each file's imports. */
import type { Decl, File, FuncDecl, Ident, Spec } from './ast.ts';
import { importNames } from './import-name.ts';
import type { Binding } from './package.ts';
import { universe } from './scope.ts';

interface FileImports {
  /** Written names, and those of packages in sight: certain. */
  readonly named: ReadonlyMap<string, Binding>;
  /** Names by convention. */
  readonly guessed: ReadonlyMap<string, Binding>;
}

export class PackageScope {
  readonly #files: readonly File[];
  readonly #imports = new Map<File, FileImports>();
  #globals: ReadonlyMap<string, Binding> | undefined;
  #declared: Map<Ident, Binding> = new Map();

  readonly #packageName: (path: string) => string | undefined;

  /** @param packageName the name of an imported package, where it is known */
  constructor(files: readonly File[], packageName: (path: string) => string | undefined) {
    this.#files = files;
    this.#packageName = packageName;
  }

  /** A package-level declaration by name; the first one when the package declares a name twice. */
  global(name: string): Binding | undefined {
    return this.#collected().get(name);
  }

  /** The binding that a package-level identifier declares; methods included. */
  declaredBy(ident: Ident): Binding | undefined {
    this.#collected();
    return this.#declared.get(ident);
  }

  /** What a name means in a file outside of all functions. */
  lookup(file: File, name: string): Binding | undefined {
    const imports = this.#importsOf(file);
    return imports.named.get(name) ?? this.global(name) ?? imports.guessed.get(name) ?? universe.get(name);
  }

  #importsOf(file: File): FileImports {
    const known = this.#imports.get(file);
    if (known) return known;
    const imports = fileImports(file, this.#packageName);
    this.#imports.set(file, imports);
    return imports;
  }

  #collected(): ReadonlyMap<string, Binding> {
    if (this.#globals) return this.#globals;
    const globals = new Map<string, Binding>();
    for (const file of this.#files) {
      for (const decl of file.decls) {
        for (const { binding, inScope } of bindingsOf(decl, file)) {
          if (binding.ident) this.#declared.set(binding.ident, binding);
          if (inScope && !globals.has(binding.name)) globals.set(binding.name, binding);
        }
      }
    }
    this.#globals = globals;
    return globals;
  }
}

interface PackageBinding {
  readonly binding: Binding;
  /** False for methods, `init` and `_`, which no plain identifier reaches. */
  readonly inScope: boolean;
}

function bindingsOf(decl: Decl, file: File): readonly PackageBinding[] {
  if (decl.kind === 'FuncDecl') return [funcBinding(decl, file)];
  if (decl.kind !== 'GenDecl' || decl.tok === 'import') return [];
  const kind = decl.tok;
  return decl.specs.flatMap((spec) => specIdents(spec).map((ident) => packageBinding(kind, ident, spec, file)));
}

function funcBinding(decl: FuncDecl, file: File): PackageBinding {
  const method = decl.isMethod ?? decl.recv !== undefined;
  const { binding, inScope } = packageBinding('func', decl.name, decl, file);
  return { binding, inScope: inScope && !method && decl.name.name !== 'init' };
}

function packageBinding(kind: Binding['kind'], ident: Ident, decl: Spec | FuncDecl, file: File): PackageBinding {
  return { binding: { kind, name: ident.name, ident, decl, file, global: true }, inScope: ident.name !== '_' };
}

function specIdents(spec: Spec): readonly Ident[] {
  if (spec.kind === 'ImportSpec') return [];
  return spec.kind === 'TypeSpec' ? [spec.name] : spec.names;
}

function fileImports(file: File, packageName: (path: string) => string | undefined): FileImports {
  const named = new Map<string, Binding>();
  const guessed = new Map<string, Binding>();
  for (const spec of file.imports) {
    const binding = (name: string): Binding => ({
      kind: 'package',
      name,
      decl: spec,
      file,
      global: true,
      importPath: spec.path,
    });
    if (spec.name === '_' || spec.name === '.') continue;
    const certain = spec.name ?? packageName(spec.path);
    if (certain !== undefined) {
      named.set(certain, binding(certain));
      continue;
    }
    const shared = new Map<string, Binding>();
    for (const name of importNames(spec.path)) {
      if (guessed.has(name)) continue;
      shared.set(name, binding(name));
    }
    for (const [name, found] of shared) guessed.set(name, found);
  }
  return { named, guessed };
}
