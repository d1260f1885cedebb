/** The package index: answers are computed when asked for and kept. */

import { work } from '../work/meter.ts';
import type { CallExpr, Expr, File, FuncDecl, FuncLit, Ident, Node, SelectorExpr } from './ast.ts';
import { bindingType } from './binding-types.ts';
import { BindingTable } from './bindings.ts';
import { calleeOfCall } from './callees.ts';
import { constantValue } from './constants.ts';
import { importPathOf, stripPointer, typeOfExpr } from './expr-types.ts';
import { FieldBindings } from './field-bindings.ts';
import { goroutineStartsOf } from './goroutine-starts.ts';
import { selectMember } from './members.ts';
import { type DeclInFile, finalName, type Model, unparen } from './model.ts';
import type { Binding, Callee, FieldInfo, GoroutineStart, GoVersion, SkippedFile, TypeInfo } from './package.ts';
import { SyntaxIndex } from './syntax-index.ts';
import { isTestFile } from './test-code.ts';
import { declsWithWords } from './text-search.ts';
import { typeOfTypeExpr, underlyingOf } from './type-exprs.ts';
import { TypeTable } from './type-table.ts';
import { type GoType, unknownType } from './types.ts';

/** Nested type questions before the answer is `unknown`; reached only by chains of hundreds of variables. */
const maxTypeDepth = 250;

export interface PackageParts {
  readonly dir: string;
  readonly name: string;
  readonly goVersion?: GoVersion;
  readonly files: readonly File[];
  readonly skipped: readonly SkippedFile[];
  /** Import path in named types; empty for a package under analysis. */
  readonly selfPath?: string;
  /** Other packages and facts about them, by import path. */
  readonly external: (path: string) => Model | undefined;
  /** By what path others import this package. */
  readonly importPath?: string;
  /** The packages around this one; absent: it stands alone. */
  readonly module?: Surroundings;
}

/** What a package knows of the others around it. */
export interface Surroundings {
  /** Another package of the repository. */
  local(path: string): Model | undefined;
  /** The package that a file was loaded for. */
  ownerOf(file: File): Model | undefined;
  /** Packages of the repository that were asked about so far. */
  readonly asked: readonly Model[];
  /** Nested type questions, over all packages. */
  readonly depth: { value: number };
}

export class PackageModel implements Model {
  readonly dir: string;
  readonly name: string;
  readonly goVersion?: GoVersion;
  readonly files: readonly File[];
  readonly skipped: readonly SkippedFile[];
  readonly selfPath: string;
  readonly syntax: SyntaxIndex;
  readonly external: (path: string) => Model | undefined;
  readonly importPath?: string;
  readonly #module: Surroundings | undefined;
  readonly #depth: { value: number };
  readonly #ownFiles: ReadonlySet<File>;
  readonly #bindings: BindingTable;
  readonly #exprTypes = new Map<Expr, GoType>();
  readonly #typeExprTypes = new Map<Expr, GoType>();
  readonly #bindingTypes = new Map<Binding, GoType>();
  readonly #callees = new Map<CallExpr, Callee>();
  readonly #types = new TypeTable(this);
  readonly #fields = new FieldBindings(this);
  readonly #parts: PackageParts;
  #production: PackageModel | undefined;
  #funcDecls: readonly FuncDecl[] | undefined;
  #funcs: ReadonlyMap<string, FuncDecl> | undefined;
  #starts: readonly GoroutineStart[] | undefined;

  constructor(parts: PackageParts) {
    this.#parts = parts;
    this.dir = parts.dir;
    this.name = parts.name;
    if (parts.goVersion) this.goVersion = parts.goVersion;
    this.files = parts.files;
    this.skipped = parts.skipped;
    this.selfPath = parts.selfPath ?? '';
    this.external = parts.external;
    if (parts.importPath !== undefined) this.importPath = parts.importPath;
    this.#module = parts.module;
    this.#depth = parts.module?.depth ?? { value: 0 };
    this.#ownFiles = new Set(parts.files);
    this.syntax = new SyntaxIndex(parts.files);
    this.#bindings = new BindingTable({
      files: parts.files,
      declOf: (node) => this.syntax.declOf(node),
      fileOf: (node) => this.syntax.fileOf(node),
      declsMentioning: (words) => this.declsMentioning(words),
      isFieldKey: (key) => this.#isFieldKey(key),
      packageName: (path) => this.external(path)?.name,
    });
  }

  get production(): PackageModel {
    if (!this.files.some(({ path }) => isTestFile(path))) return this;
    const files = this.files.filter(({ path }) => !isTestFile(path));
    this.#production ??= new PackageModel({ ...this.#parts, files });
    return this.#production;
  }

  // ---- Declarations ----------------------------------------------------------------------------------------------

  get funcDecls(): readonly FuncDecl[] {
    this.#funcDecls ??= this.files.flatMap((file) => file.decls.filter((decl) => decl.kind === 'FuncDecl'));
    return this.#funcDecls;
  }

  get funcs(): ReadonlyMap<string, FuncDecl> {
    this.#funcs ??= new Map(
      this.funcDecls
        .filter((decl) => !(decl.isMethod ?? decl.recv) && decl.name.name !== 'init' && decl.name.name !== '_')
        .map((decl) => [decl.name.name, decl]),
    );
    return this.#funcs;
  }

  get types(): ReadonlyMap<string, TypeInfo> {
    return this.#types.types;
  }

  get goroutineStarts(): readonly GoroutineStart[] {
    this.#starts ??= goroutineStartsOf(this);
    return this.#starts;
  }

  /** Textual: a word in a comment or string counts, too. */
  declsMentioning(words: readonly string[]): readonly DeclInFile[] {
    return this.files.flatMap((file) => declsWithWords(file, words).map((decl) => ({ decl, file })));
  }

  // ---- Bindings --------------------------------------------------------------------------------------------------

  global(name: string): Binding | undefined {
    return this.#bindings.scope.global(name);
  }

  bindingOfDeclared(ident: Ident): Binding | undefined {
    return this.#bindings.scope.declaredBy(ident);
  }

  bindingOf(ident: Ident): Binding | undefined {
    const home = this.#homeOf(ident);
    if (home !== this) return home.bindingOf(ident);
    return this.#bindings.bindingOf(ident) ?? this.#fields.bindingOf(ident);
  }

  usesOf(binding: Binding): readonly Ident[] {
    const field = this.#fields.fieldOf(binding);
    if (!field)
      return binding.kind === 'func' && binding.decl?.kind === 'FuncDecl' && binding.decl.recv
        ? this.#methodUses(binding)
        : this.#bindings.usesOf(binding);
    return this.declsMentioning([field.name]).flatMap(({ decl, file }) =>
      this.syntax
        .nodesOf(decl, file)
        .selectors.filter((selector) => this.fieldOf(selector) === field)
        .map((selector) => selector.sel),
    );
  }

  selectorsNamed(name: string, where: RegExp): readonly SelectorExpr[] {
    return this.declsMentioning([name])
      .filter(({ decl, file }) => where.test(file.text.slice(decl.range.start, decl.range.end)))
      .flatMap(({ decl, file }) =>
        this.syntax.nodesOf(decl, file).selectors.filter((selector) => selector.sel.name === name),
      );
  }

  #methodUses(binding: Binding): readonly Ident[] {
    return this.declsMentioning([binding.name]).flatMap(({ decl, file }) =>
      this.syntax
        .nodesOf(decl, file)
        .selectors.filter((selector) => selector.sel.name === binding.name && this.bindingOf(selector.sel) === binding)
        .map((selector) => selector.sel),
    );
  }

  #isFieldKey(key: Ident): boolean {
    const pair = this.parentOf(key);
    const composite = pair && this.parentOf(pair);
    if (composite?.kind !== 'CompositeLit') return false;
    const type = this.underlying(stripPointer(this.typeOf(composite)));
    // Of types that are not known, most are structs.
    return type.kind === 'struct' || type.kind === 'named' || type.kind === 'unknown';
  }

  // ---- Types -----------------------------------------------------------------------------------------------------

  typeOf(expr: Expr): GoType {
    return this.#guarded(this.#exprTypes, expr, () => {
      const home = this.#homeOf(expr);
      return home === this ? typeOfExpr(this, expr) : home.typeOf(expr);
    });
  }

  typeOfTypeExpr(expr: Expr): GoType {
    return this.#guarded(this.#typeExprTypes, expr, () => {
      const home = this.#homeOf(expr);
      return home === this ? typeOfTypeExpr(this, expr) : home.typeOfTypeExpr(expr);
    });
  }

  typeOfBinding(binding: Binding): GoType {
    const home = this.#homeOfFile(binding.file);
    if (home !== this) return home.typeOfBinding(binding);
    const field = this.#fields.fieldOf(binding);
    return field ? field.type : this.#guarded(this.#bindingTypes, binding, () => bindingType(this, binding));
  }

  /** Keeps answers; a question inside its own answer, or too deep, is `unknown`. */
  #guarded<K>(known: Map<K, GoType>, key: K, compute: () => GoType): GoType {
    const found = known.get(key);
    if (found) return found;
    if (this.#depth.value >= maxTypeDepth) return unknownType;
    work();
    known.set(key, unknownType);
    this.#depth.value++;
    try {
      const type = compute();
      known.set(key, type);
      return type;
    } catch (error) {
      // Ended in the middle: the answer is not known, and is not kept.
      known.delete(key);
      throw error;
    } finally {
      this.#depth.value--;
    }
  }

  namedTypeOf(binding: Binding): GoType {
    const spec = binding.decl;
    if (spec?.kind !== 'TypeSpec') return unknownType;
    if (spec.alias) return this.typeOfTypeExpr(spec.type);
    const name = binding.global ? binding.name : this.#types.localNameOf(spec, binding);
    return { kind: 'named', path: this.selfPath, name, args: [] };
  }

  underlying(type: GoType): GoType {
    return type.kind === 'named' ? underlyingOf(this, type) : type;
  }

  typeInfoOf(type: GoType): TypeInfo | undefined {
    const base = stripPointer(type);
    if (base.kind !== 'named' || base.path !== this.selfPath) return undefined;
    return this.#types.infoOf(base.name);
  }

  definedType(type: GoType): TypeInfo | undefined {
    const base = stripPointer(type);
    if (base.kind !== 'named') return undefined;
    return base.path === this.selfPath ? this.#types.infoOf(base.name) : this.imported(base.path)?.typeInfoOf(base);
  }

  isTypeExpr(expr: Expr): boolean {
    const plain = unparen(expr);
    switch (plain.kind) {
      case 'Ident': {
        const kind = this.bindingOf(plain)?.kind;
        return kind === 'type' || kind === 'typeParam';
      }
      case 'StarExpr':
        return this.isTypeExpr(plain.x);
      case 'IndexExpr':
        return this.isTypeExpr(plain.x);
      case 'SelectorExpr': {
        const path = importPathOf(this, plain.x);
        return path !== undefined && this.external(path)?.global(plain.sel.name)?.kind === 'type';
      }
      default:
        return /Type$/.test(plain.kind);
    }
  }

  // ---- Members, calls, constants ---------------------------------------------------------------------------------

  calleeOf(call: CallExpr): Callee {
    const known = this.#callees.get(call);
    if (known) return known;
    const home = this.#homeOf(call);
    const callee = home === this ? calleeOfCall(this, call) : this.#seenFrom(home, home.calleeOf(call));
    this.#callees.set(call, callee);
    return callee;
  }

  fieldOf(expr: Expr): FieldInfo | undefined {
    const plain = unparen(expr);
    const home = this.#homeOf(plain);
    if (home !== this) return home.fieldOf(plain);
    if (plain.kind !== 'SelectorExpr' || importPathOf(this, plain.x) !== undefined) return undefined;
    const member = selectMember(this, this.typeOf(plain.x), plain.sel.name);
    return member?.kind === 'field' && member.owner?.path === this.selfPath ? member.info : undefined;
  }

  selectedField(expr: Expr): FieldInfo | undefined {
    const plain = unparen(expr);
    if (plain.kind !== 'SelectorExpr' || importPathOf(this, plain.x) !== undefined) return undefined;
    const member = selectMember(this, this.typeOf(plain.x), plain.sel.name);
    return member?.kind === 'field' && this.#shows(member.owner?.path) ? member.info : undefined;
  }

  methodOf(type: GoType, name: string): FuncDecl | undefined {
    const member = selectMember(this, type, name);
    return member?.kind === 'method' && this.#shows(member.owner.path) ? member.decl : undefined;
  }

  /** Whether a package's functions count as seen. */
  #shows(path: string | undefined): boolean {
    return path !== undefined && (path === this.selfPath || this.imported(path) !== undefined);
  }

  callersOf(decl: FuncDecl, within?: readonly FuncDecl[]): readonly CallExpr[] {
    const name = decl.name.name;
    const places: readonly DeclInFile[] =
      within?.map((around) => ({ decl: around, file: around.file })) ?? this.declsMentioning([name]);
    return places.flatMap(({ decl: around, file }) =>
      this.syntax
        .nodesOf(around, file)
        .calls.filter((call) => this.#mayReach(call, name) && reaches(this.calleeOf(call), decl)),
    );
  }

  /** A call by the function's name, or through a local variable. */
  #mayReach(call: CallExpr, name: string): boolean {
    const fun = unparen(call.fun);
    return finalName(fun) === name || (fun.kind === 'Ident' && this.bindingOf(fun)?.kind === 'var');
  }

  constantOf(expr: Expr): number | string | boolean | undefined {
    const home = this.#homeOf(expr);
    return home === this ? constantValue(this, expr) : home.constantOf(expr);
  }

  // ---- Other packages --------------------------------------------------------------------------------------------

  imported(path: string): Model | undefined {
    return path === '' ? undefined : this.#module?.local(path);
  }

  homeOf(node: Node): Model {
    return node.kind === 'FuncDecl' ? this.#homeOfFile(node.file) : this.#homeOf(node);
  }

  #homeOfFile(file: File | undefined): Model {
    if (!file || !this.#module || this.#ownFiles.has(file)) return this;
    return this.#module.ownerOf(file) ?? this;
  }

  /** Nodes do not know their file, so those who met it before are asked first. */
  #homeOf(node: Node): Model {
    if (!this.#module || this.syntax.knows(node)) return this;
    const others = this.#module.asked.filter((other) => other !== this);
    const known = others.find((other) => other.syntax.knows(node));
    if (known) return known;
    if (others.length === 0 || this.syntax.holds(node)) return this;
    return others.find((other) => other.syntax.holds(node)) ?? this;
  }

  /** What a call in another package reaches has its home there, unless it says otherwise. */
  #seenFrom(home: Model, callee: Callee): Callee {
    if ((callee.kind !== 'func' && callee.kind !== 'method') || callee.home) return callee;
    return { ...callee, home: { path: home.selfPath, pkg: home } };
  }

  // ---- Syntax ----------------------------------------------------------------------------------------------------

  parentOf(node: Node): Node | undefined {
    const home = this.#homeOf(node);
    return home === this ? this.syntax.parentOf(node) : home.parentOf(node);
  }

  enclosing(node: Node): { readonly func?: FuncDecl; readonly inner?: FuncLit } {
    const home = this.#homeOf(node);
    return home === this ? this.syntax.enclosing(node) : home.enclosing(node);
  }

  /** Throws for a node of no package in sight: asking is a mistake of the caller. */
  fileOf(node: Node): File {
    const home = this.#homeOf(node);
    if (home !== this) return home.fileOf(node);
    const file = this.syntax.fileOf(node);
    if (!file) throw new Error(`the node (${node.kind}) is not part of package ${this.name}`);
    return file;
  }
}

function reaches(callee: Callee, decl: FuncDecl): boolean {
  return (callee.kind === 'func' || callee.kind === 'method') && callee.decl === decl;
}
