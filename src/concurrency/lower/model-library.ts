/** Libraries written as small Go sources, parsed by this project's own front end and lowered like user code. */
import type { FuncDecl } from '../../go/ast.ts';
import { loadPackage } from '../../go/load.ts';
import type { CodeRef, Site, StructShape } from '../ir.ts';
import { modelSources } from '../models/index.ts';
import { type CodeSource, thunk } from './library/emission.ts';
import { libraryOperation } from './library/operations.ts';
import { type IdSource, PackageLowering } from './package-lowering.ts';
import type { Program } from './program.ts';

export class ModelLibrary {
  readonly #ids: IdSource;
  readonly #program: Program;
  readonly #loaded = new Map<string, PackageLowering>();

  constructor(ids: IdSource, program: Program) {
    this.#ids = ids;
    this.#program = program;
  }

  shapeOf(path: string, name: string): StructShape | undefined {
    const model = this.#package(path);
    const info = model?.pkg.types.get(name);
    return model && info && model.shapes.structOf(info.type);
  }

  functionOf(path: string, name: string): CodeRef | undefined {
    const model = this.#package(path);
    const decl = model?.pkg.funcs.get(name);
    return model && decl && model.codeOf(decl);
  }

  methodOf(path: string, type: string, name: string): CodeRef | undefined {
    const model = this.#package(path);
    const decl = model?.pkg.types.get(type)?.methods.get(name);
    return model && decl && model.codeOf(decl);
  }

  /** The declaration of `F` or `T.M` in a model. */
  declarationOf(path: string, name: string): FuncDecl | undefined {
    const model = this.#package(path);
    const [type, method] = name.split('.');
    if (type === undefined) return undefined;
    return method === undefined ? model?.pkg.funcs.get(type) : model?.pkg.types.get(type)?.methods.get(method);
  }

  /** `golang.org/x/sync/errgroup.Group`, `Wait`. */
  methodByTypeName(typeName: string, name: string): CodeRef | undefined {
    const dot = typeName.lastIndexOf('.');
    return dot < 0 ? undefined : this.methodOf(typeName.slice(0, dot), typeName.slice(dot + 1), name);
  }

  /** A method of a library type as a function whose first slot is the receiver. */
  boundMethod(codes: CodeSource, path: string, type: string, name: string, site: Site): CodeRef | undefined {
    const model = this.methodOf(path, type, name);
    if (model) return model;
    const op = libraryOperation(path, `${type}.${name}`);
    if (!op) return undefined;
    const from = { site, hints: [], newTimers: true };
    return thunk(codes, `${type}.${name}`, from, { captures: 1, params: op.params }, op.emit);
  }

  #package(path: string): PackageLowering | undefined {
    const known = this.#loaded.get(path);
    if (known) return known;
    const text = modelSources.get(path);
    if (text === undefined) return undefined;
    const pkg = loadPackage(path, [{ path: `${path}/model.go`, text }]);
    const lowering = new PackageLowering(pkg, this.#ids, this.#program, { path, kind: 'model' });
    this.#loaded.set(path, lowering);
    return lowering;
  }
}
