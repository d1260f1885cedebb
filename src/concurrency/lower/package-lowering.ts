/** Lowering of one package: a CodeRef per function and literal, compiled on first use. */
import type { Expr, File, FuncDecl, FuncLit, Node } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { unknownType } from '../../go/types.ts';
import { type Range, range } from '../../text/offset.ts';
import { type Code, type CodeRef, type Hint, literalName, type Site } from '../ir.ts';
import { analyseCaptures, type CaptureAnalysis } from './captures.ts';
import { embeddingPath } from './embedding.ts';
import { compileDecl, compileLit, compilePromoted } from './function-lowering.ts';
import type { ModelLibrary } from './model-library.ts';
import type { Program } from './program.ts';
import { Shapes } from './shapes.ts';

/** A function that counts as unseen, and why. */
export interface LoweringProblem {
  readonly name: string;
  readonly site: Site;
  readonly reason: string;
}

/** Hands out the numbers that make CodeRefs of a program distinct, user code and models together. */
export interface IdSource {
  next(): number;
}

/** What the explorer needs of a lowered package. */
export interface LoweredPackage {
  readonly pkg: GoPackage;
  codeOf(decl: FuncDecl): CodeRef;
  codeOfLit(lit: FuncLit): CodeRef;
  /** Hints of captures (for a literal), receiver and parameters, in slot order. */
  hintsOf(func: FuncDecl | FuncLit): readonly Hint[];
  /** Finds a method by the dynamic type of its receiver. */
  method(typeName: string, name: string): CodeRef | undefined;
  readonly problems: readonly LoweringProblem[];
}

/** What a package is to the one under analysis. */
export interface Role {
  readonly path: string;
  readonly kind: 'model' | 'imported';
}

const nowhere: Range = range(0, 0);

export class PackageLowering implements LoweredPackage {
  readonly pkg: GoPackage;
  readonly shapes: Shapes;
  readonly program: Program;
  readonly models: ModelLibrary;
  /** Models have no place in the user's files. */
  readonly isModel: boolean;
  /** A package that the one under analysis imports. */
  readonly isImported: boolean;
  /** Import path in the names of types and variables; empty for the package under analysis. */
  readonly path: string;
  readonly prefix: string;
  readonly problems: LoweringProblem[] = [];
  readonly #ids: IdSource;
  readonly #decls = new Map<FuncDecl, CodeRef>();
  readonly #lits = new Map<FuncLit, CodeRef>();
  readonly #analyses = new Map<FuncDecl | FuncLit, CaptureAnalysis>();
  /** By type, then by method. */
  readonly #methods = new Map<string, Map<string, CodeRef | undefined>>();
  readonly #externals = new Map<string, CodeRef>();

  /** `role` is absent for the package under analysis. */
  constructor(pkg: GoPackage, ids: IdSource, program: Program, role?: Role) {
    this.pkg = pkg;
    this.#ids = ids;
    this.program = program;
    this.models = program.models;
    this.isModel = role?.kind === 'model';
    this.isImported = role?.kind === 'imported';
    this.path = role?.path ?? '';
    this.prefix = role ? `${role.path}.` : '';
    this.shapes = new Shapes(pkg, this.prefix, {
      model: (path, name) => this.models.shapeOf(path, name),
      imported: (path) => {
        const home = pkg.imported(path);
        return home && program.of(home).shapes;
      },
    });
  }

  site(file: File | undefined, node: Node): Site {
    return file && !this.isModel ? { file, range: node.range } : { range: node.range };
  }

  /** The lowering of the package that declares a function. */
  homeOf(decl: FuncDecl): PackageLowering {
    const home = this.pkg.homeOf(decl);
    return home === this.pkg ? this : this.program.of(home);
  }

  codeOf(decl: FuncDecl): CodeRef {
    const home = this.homeOf(decl);
    if (home !== this) return home.codeOf(decl);
    let ref = this.#decls.get(decl);
    if (!ref) {
      ref = this.lazy(functionName(decl), this.site(decl.file, decl.name), (self) => compileDecl(this, decl, self));
      this.#decls.set(decl, ref);
    }
    return ref;
  }

  codeOfLit(lit: FuncLit): CodeRef {
    let ref = this.#lits.get(lit);
    if (!ref) {
      ref = this.lazy(literalName, this.site(this.pkg.fileOf(lit), lit), (self) => compileLit(this, lit, self));
      this.#lits.set(lit, ref);
    }
    return ref;
  }

  /** The analysis of the declared function around a literal, or of the literal itself at package level. */
  analysisOf(func: FuncDecl | FuncLit): CaptureAnalysis {
    const root = func.kind === 'FuncDecl' ? func : (this.pkg.enclosing(func).func ?? func);
    let analysis = this.#analyses.get(root);
    if (!analysis) {
      analysis = analyseCaptures(this.pkg, root);
      this.#analyses.set(root, analysis);
    }
    return analysis;
  }

  hintsOf(func: FuncDecl | FuncLit): readonly Hint[] {
    const hints: Hint[] = [];
    if (func.kind === 'FuncLit') {
      const { captured, cells } = this.analysisOf(func);
      for (const binding of captured(func)) {
        const hint = this.shapes.hint(this.pkg.typeOfBinding(binding));
        hints.push(cells.has(binding) ? { cell: hint } : hint);
      }
    } else if (func.recv) hints.push(this.hintOfTypeExpr(func.recv.type));
    for (const field of func.type.params) {
      const hint = this.hintOfTypeExpr(field.type);
      for (let i = 0; i < Math.max(1, field.names.length); i++) hints.push(hint);
    }
    return hints;
  }

  hintOfTypeExpr(type: Expr): Hint {
    if (type.kind === 'Ellipsis') return { list: type.elt ? this.hintOfTypeExpr(type.elt) : 'any' };
    return this.shapes.hint(this.pkg.typeOfTypeExpr(type));
  }

  method(typeName: string, name: string): CodeRef | undefined {
    let known = this.#methods.get(typeName);
    if (!known) {
      known = new Map();
      this.#methods.set(typeName, known);
    }
    if (!known.has(name)) known.set(name, this.#findMethod(typeName, name));
    return known.get(name);
  }

  #findMethod(typeName: string, name: string): CodeRef | undefined {
    if (!typeName.startsWith(this.prefix) || typeName.slice(this.prefix.length).includes('.')) {
      return this.isModel ? undefined : this.program.methodByTypeName(this.pkg, typeName, name);
    }
    const info = this.pkg.types.get(typeName.slice(this.prefix.length));
    if (!info) return undefined;
    const own = info.methods.get(name);
    if (own) return this.codeOf(own);
    let decl: FuncDecl | undefined;
    const path = embeddingPath(this.pkg, info.type, (type) => {
      decl = this.pkg.definedType(type)?.methods.get(name);
      return decl !== undefined;
    });
    if (!decl || !path) return undefined;
    const promoted: FuncDecl = decl;
    const target = this.codeOf(promoted);
    return this.lazy(target.name, target.site, (self) => compilePromoted(this, path, target, promoted, self));
  }

  /** A function whose body nobody sees. */
  external(name: string): CodeRef {
    let ref = this.#externals.get(name);
    if (!ref) {
      ref = { id: this.#ids.next(), name, site: { range: nowhere }, resolve: () => undefined };
      this.#externals.set(name, ref);
    }
    return ref;
  }

  /** A CodeRef that is compiled once, on first use; a failure makes it unseen and is recorded. */
  lazy(name: string, site: Site, compile: (self: CodeRef) => Code | undefined): CodeRef {
    let done = false;
    let code: Code | undefined;
    const ref: CodeRef = {
      id: this.#ids.next(),
      name,
      site,
      ...(this.isImported ? { imported: true } : {}),
      resolve: () => {
        if (done) return code;
        done = true;
        try {
          code = compile(ref);
        } catch (error) {
          this.problems.push({ name, site, reason: error instanceof Error ? error.message : String(error) });
        }
        return code;
      },
    };
    return ref;
  }

  /** Result count of a declared signature. */
  static resultCount(results: FuncDecl['type']['results']): number {
    return results.reduce((count, field) => count + Math.max(1, field.names.length), 0);
  }

  /** Hints of the results a signature declares. */
  resultHints(results: FuncDecl['type']['results']): readonly Hint[] {
    return results.flatMap((field) =>
      Array<Hint>(Math.max(1, field.names.length)).fill(this.hintOfTypeExpr(field.type)),
    );
  }

  hintOf(expr: Expr): Hint {
    return this.shapes.hint(this.pkg.typeOf(expr) ?? unknownType);
  }
}

/** `Serve`, `(*Server).run`, `worker.Start`. */
export function functionName(decl: FuncDecl): string {
  if (!decl.recv) return decl.name.name;
  let type = decl.recv.type;
  let pointer = false;
  while (type.kind === 'StarExpr' || type.kind === 'ParenExpr' || type.kind === 'IndexExpr') {
    pointer ||= type.kind === 'StarExpr';
    type = type.x;
  }
  const name = type.kind === 'Ident' ? type.name : '?';
  return pointer ? `(*${name}).${decl.name.name}` : `${name}.${decl.name.name}`;
}
