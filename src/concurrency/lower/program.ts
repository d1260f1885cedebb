/** All packages of one program: the one under analysis, those of the repository that it calls, and library models. */
import type { FuncDecl } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import type { CodeRef } from '../ir.ts';
import { ModelLibrary } from './model-library.ts';
import { type IdSource, PackageLowering } from './package-lowering.ts';
import { isWorthSeeing } from './worth-seeing.ts';

export class Program {
  readonly models: ModelLibrary;
  readonly #ids: IdSource;
  readonly #lowerings = new Map<GoPackage, PackageLowering>();

  constructor() {
    let last = 0;
    this.#ids = { next: () => ++last };
    this.models = new ModelLibrary(this.#ids, this);
  }

  /** The lowering of the package under analysis. */
  root(pkg: GoPackage): PackageLowering {
    const lowering = new PackageLowering(pkg, this.#ids, this);
    this.#lowerings.set(pkg, lowering);
    return lowering;
  }

  /** The lowering of a package that others of the program import. */
  of(pkg: GoPackage): PackageLowering {
    const known = this.#lowerings.get(pkg);
    if (known) return known;
    const lowering = new PackageLowering(pkg, this.#ids, this, { path: pkg.importPath ?? pkg.dir, kind: 'imported' });
    this.#lowerings.set(pkg, lowering);
    return lowering;
  }

  /** Whether calls of a function in another package are followed; else it counts as unseen. */
  follows(home: GoPackage, decl: FuncDecl): boolean {
    return decl.bodyRange !== undefined && isWorthSeeing(home, decl);
  }

  /** `example.com/m/bus.Bus`, `Publish`: a method of a model or of an imported package. */
  methodByTypeName(from: GoPackage, typeName: string, name: string): CodeRef | undefined {
    const model = this.models.methodByTypeName(typeName, name);
    if (model) return model;
    const dot = typeName.lastIndexOf('.');
    const home = dot < 0 ? undefined : from.imported(typeName.slice(0, dot));
    return home && this.of(home).method(typeName, name);
  }
}

/** Lowers a package of user code; models and imported packages are loaded when it uses them. */
export function lowerPackage(pkg: GoPackage): PackageLowering {
  return new Program().root(pkg);
}
