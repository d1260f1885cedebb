/** The package index: answers are computed when asked for and kept. */

import type { Size } from '../work/limits.ts';
import type { CallExpr, Decl, Expr, File, FuncDecl, FuncLit, Ident, Node, SelectorExpr } from './ast.ts';
import { bindingType } from './binding-types.ts';
import { BindingTable } from './bindings.ts';
import { calleeOfCall } from './callees.ts';
import { constantValue } from './constants.ts';
import { importPathOf, stripPointer, typeOfExpr } from './expr-types.ts';
import { FieldBindings } from './field-bindings.ts';
import { goroutineStartsOf } from './goroutine-starts.ts';
import { Homes, type Surroundings, seenFrom } from './homes.ts';
import { KnownTypes } from './known-types.ts';
import { selectMember } from './members.ts';
import { type DeclInFile, type Model, unparen } from './model.ts';
import type { Binding, Callee, FieldInfo, GoroutineStart, GoVersion, SkippedFile, TypeInfo } from './package.ts';
import { charactersOf } from './size.ts';
import { SyntaxIndex } from './syntax-index.ts';
import { isTestFile } from './test-code.ts';
import { declsWithWords } from './text-search.ts';
import { denotesType, typeOfTypeExpr, underlyingOf } from './type-exprs.ts';
import { TypeTable } from './type-table.ts';
import { type GoType, unknownType } from './types.ts';
import { Uses } from './uses.ts';

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
  readonly #homes: Homes;
  readonly #bindings: BindingTable;
  readonly #known: KnownTypes;
  readonly #callees = new Map<CallExpr, Callee>();
  readonly #types = new TypeTable(this);
  readonly #fields = new FieldBindings(this);
  readonly #uses: Uses;
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
    this.#known = new KnownTypes(parts.module?.depth ?? { value: 0 });
    this.#homes = new Homes(this, parts.files, parts.module);
    this.syntax = new SyntaxIndex(parts.files);
    this.#bindings = new BindingTable({
      files: parts.files,
      declOf: (node) => this.syntax.declOf(node),
      fileOf: (node) => this.syntax.fileOf(node),
      declsMentioning: (words) => this.declsMentioning(words),
      isFieldKey: (key) => this.#isFieldKey(key),
      packageName: (path) => this.external(path)?.name,
    });
    this.#uses = new Uses(this, this.#fields, this.#bindings);
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
    const home = this.#homes.of(ident);
    if (home !== this) return home.bindingOf(ident);
    return this.#bindings.bindingOf(ident) ?? this.#fields.bindingOf(ident);
  }

  usesOf(binding: Binding): readonly Ident[] {
    return this.#uses.usesOf(binding);
  }

  selectorsNamed(name: string, where: RegExp | ReadonlySet<Decl>): readonly SelectorExpr[] {
    return this.#uses.selectorsNamed(name, where);
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
    return this.#known.ofExpr(expr, () => {
      const home = this.#homes.of(expr);
      return home === this ? typeOfExpr(this, expr) : home.typeOf(expr);
    });
  }

  typeOfTypeExpr(expr: Expr): GoType {
    return this.#known.ofTypeExpr(expr, () => {
      const home = this.#homes.of(expr);
      return home === this ? typeOfTypeExpr(this, expr) : home.typeOfTypeExpr(expr);
    });
  }

  typeOfBinding(binding: Binding): GoType {
    const home = this.#homes.ofFile(binding.file);
    if (home !== this) return home.typeOfBinding(binding);
    const field = this.#fields.fieldOf(binding);
    return field ? field.type : this.#known.ofBinding(binding, () => bindingType(this, binding));
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
    return denotesType(this, expr);
  }

  // ---- Members, calls, constants ---------------------------------------------------------------------------------

  calleeOf(call: CallExpr): Callee {
    const known = this.#callees.get(call);
    if (known) return known;
    const home = this.#homes.of(call);
    const callee = home === this ? calleeOfCall(this, call) : seenFrom(home, home.calleeOf(call));
    this.#callees.set(call, callee);
    return callee;
  }

  fieldOf(expr: Expr): FieldInfo | undefined {
    const plain = unparen(expr);
    const home = this.#homes.of(plain);
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
    return this.#uses.callersOf(decl, within);
  }

  constantOf(expr: Expr): number | string | boolean | undefined {
    const home = this.#homes.of(expr);
    return home === this ? constantValue(this, expr) : home.constantOf(expr);
  }

  // ---- Other packages --------------------------------------------------------------------------------------------

  get size(): Size {
    return { own: charactersOf(this.files), imported: this.#module?.characters ?? 0 };
  }

  imported(path: string): Model | undefined {
    return path === '' ? undefined : this.#module?.local(path);
  }

  homeOf(node: Node): Model {
    return this.#homes.homeOf(node);
  }

  // ---- Syntax ----------------------------------------------------------------------------------------------------

  parentOf(node: Node): Node | undefined {
    const home = this.#homes.of(node);
    return home === this ? this.syntax.parentOf(node) : home.parentOf(node);
  }

  enclosing(node: Node): { readonly func?: FuncDecl; readonly inner?: FuncLit } {
    const home = this.#homes.of(node);
    return home === this ? this.syntax.enclosing(node) : home.enclosing(node);
  }

  /** Throws for a node of no package in sight: asking is a mistake of the caller. */
  fileOf(node: Node): File {
    const home = this.#homes.of(node);
    if (home !== this) return home.fileOf(node);
    const file = this.syntax.fileOf(node);
    if (!file) throw new Error(`the node (${node.kind}) is not part of package ${this.name}`);
    return file;
  }
}
