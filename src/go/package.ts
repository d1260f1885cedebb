/**
 * One Go package as the analysis sees it: its files, and the answers to "what does this name mean", "what type has
 * this expression", "whom does this call reach", "who does what with this field". Built by `loadPackage` from texts
 * alone; other packages are those of the `GoModule` it is given, and without one they are known by import path only.
 */
import type { Size } from '../work/limits.ts';
import type {
  CallExpr,
  Decl,
  Expr,
  Field,
  File,
  FuncDecl,
  FuncLit,
  Ident,
  Node,
  SelectorExpr,
  TypeSpec,
} from './ast.ts';
import type { GoType } from './types.ts';

/** Go language version as `major.minor`; patch and toolchain lines play no part. */
export interface GoVersion {
  readonly major: number;
  readonly minor: number;
}

/** What an identifier denotes. One object per declaration: compare by identity. */
export interface Binding {
  readonly kind:
    | 'var'
    | 'const'
    | 'func'
    | 'type'
    | 'package'
    | 'param'
    | 'result'
    | 'receiver'
    | 'field'
    | 'label'
    | 'builtin'
    | 'typeParam';
  readonly name: string;
  /** The identifier at the declaration; absent for builtins and imports without a name. */
  readonly ident?: Ident;
  /** The declaring node: ValueSpec, AssignStmt, RangeStmt, Field, FuncDecl, TypeSpec, ImportSpec, ... */
  readonly decl?: Node;
  readonly file?: File;
  /** Declared at package level (or a builtin), and so reachable from every function. */
  readonly global: boolean;
  /** Import path, for `package`. */
  readonly importPath?: string;
  /** The innermost function that declares it; absent at package level. */
  readonly func?: FuncDecl | FuncLit;
}

/** Where a function of another package of the repository is declared: its import path, and the package itself. */
export interface Home {
  readonly path: string;
  readonly pkg: GoPackage;
}

/** Whom a call reaches, as far as the packages in sight show it; `home` names another package than the one asked. */
export type Callee =
  | { readonly kind: 'func'; readonly decl: FuncDecl; readonly home?: Home }
  /** A method of a type; `recv` is the receiver expression (`x` of `x.M()`). */
  | { readonly kind: 'method'; readonly decl: FuncDecl; readonly recv: Expr; readonly home?: Home }
  /** A literal called on the spot, or a local variable that is assigned exactly one literal. */
  | { readonly kind: 'lit'; readonly lit: FuncLit }
  /** A function whose body is not in sight: `time.Sleep` is `{path: 'time', name: 'Sleep'}`. */
  | { readonly kind: 'external'; readonly path: string; readonly name: string }
  /** A method whose body is not in sight, also through embedding: `{path: 'sync', type: 'WaitGroup', name: 'Wait'}`.
   *  `recv` is the receiver expression as written. */
  | {
      readonly kind: 'externalMethod';
      readonly path: string;
      readonly type: string;
      readonly name: string;
      readonly recv: Expr;
    }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'conversion'; readonly type: GoType }
  /** A call through a function value (parameter, field, variable with several values, interface method). */
  | { readonly kind: 'dynamic'; readonly binding?: Binding }
  | { readonly kind: 'unknown' };

/** A field of a struct type of this package. One object per field: compare by identity. */
export interface FieldInfo {
  readonly owner: TypeInfo;
  readonly name: string;
  readonly type: GoType;
  readonly field: Field;
  readonly embedded: boolean;
  /** Every place in the package where a function uses this field, in source order. */
  readonly uses: readonly FieldUse[];
}

/** How one expression uses a field. `func` is the declared function around it; `inner` the innermost literal. */
export interface FieldUse {
  readonly kind:
    | 'send'
    | 'receive'
    | 'range'
    | 'close'
    | 'assign'
    | 'call' // the field's value is called, or a method on it: see `method`
    | 'init' // keyed or positional element of a composite literal
    | 'read'; // anything else
  /** For `call`: the method's name; absent when the value itself is called. */
  readonly method?: string;
  /** The assigned or initial value, for `assign` and `init`. */
  readonly value?: Expr;
  readonly node: Node;
  readonly func?: FuncDecl;
  readonly inner?: FuncLit;
  /** Inside a `go` statement's literal, or in a declared function that the package starts with `go`. */
  readonly inGoroutine: boolean;
  readonly file: File;
}

/** A defined type of this package. */
export interface TypeInfo {
  readonly name: string;
  readonly spec: TypeSpec;
  readonly file: File;
  readonly type: GoType;
  /** Direct fields of a struct type, by name. */
  readonly fields: ReadonlyMap<string, FieldInfo>;
  /** Declared methods, by name; promoted ones are found by `methodOf`. */
  readonly methods: ReadonlyMap<string, FuncDecl>;
}

/** A `go` statement, or a call that starts a goroutine (`wg.Go`, errgroup's `Go`, `time.AfterFunc`, ...). */
export interface GoroutineStart {
  readonly node: Node;
  readonly kind: 'go' | 'waitgroup-go' | 'errgroup-go' | 'afterfunc';
  /** What runs; `unknown` when the package does not show it. */
  readonly callee: Callee;
  readonly call: CallExpr;
  /** The declared function around the start (absent in a package-level initialiser) and the innermost literal. */
  readonly func?: FuncDecl;
  readonly inner?: FuncLit;
  readonly file: File;
}

export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

export interface GoPackage {
  /** Folder, slash-separated, relative to the repository root; `.` for the root. */
  readonly dir: string;
  readonly name: string;
  /** Absent when no go.mod says what it is. */
  readonly importPath?: string;
  /** From the nearest go.mod (or the caller's choice); absent = newest. */
  readonly goVersion?: GoVersion;
  /** Files that take part, in path order: those of the package and its in-package tests. */
  readonly files: readonly File[];
  readonly skipped: readonly SkippedFile[];
  /** The same package without its test files, as its importers see it; the package itself when it has none. Files and
   *  their syntax are shared. */
  readonly production: GoPackage;
  readonly types: ReadonlyMap<string, TypeInfo>;
  /** Functions without receiver, by name (`init` and `_` are left out; use `funcDecls` for all). */
  readonly funcs: ReadonlyMap<string, FuncDecl>;
  /** Every FuncDecl, methods included, in file and source order. */
  readonly funcDecls: readonly FuncDecl[];
  /** Every start of a goroutine in the package, in file and source order. */
  readonly goroutineStarts: readonly GoroutineStart[];

  /** What an identifier denotes; undefined when unresolved. Selector names (`x.sel`) resolve to fields and package
   *  members only where the package shows them. */
  bindingOf(ident: Ident): Binding | undefined;
  /** Every use of a local or package-level binding, its declaration left out, in source order. */
  usesOf(binding: Binding): readonly Ident[];
  /** Every `x.name` in certain declarations, or in those whose text passes a test, whatever it selects. */
  selectorsNamed(name: string, where: RegExp | ReadonlySet<Decl>): readonly SelectorExpr[];
  typeOf(expr: Expr): GoType;
  /** The type that a type expression denotes. */
  typeOfTypeExpr(expr: Expr): GoType;
  /** The type of a binding, from its declaration or its initial value. */
  typeOfBinding(binding: Binding): GoType;
  /** One step of `type T U`: the type below a defined type of this package; other types are returned unchanged. */
  underlying(type: GoType): GoType;
  calleeOf(call: CallExpr): Callee;
  /** The field that `x.f` selects (also through pointers and embedded structs of this package). */
  fieldOf(expr: Expr): FieldInfo | undefined;
  /** The field that `x.f` selects, in whatever package of the repository its type is declared. */
  selectedField(expr: Expr): FieldInfo | undefined;
  /** The declared method of a type of this package, or of another one of the repository (through pointer and embedding). */
  methodOf(type: GoType, name: string): FuncDecl | undefined;
  /** The defined type of this package behind a type, seen through pointers. */
  typeInfoOf(type: GoType): TypeInfo | undefined;
  /** The same for the types of all packages of the repository that are in sight. */
  definedType(type: GoType): TypeInfo | undefined;
  /** What a name declares at package level. */
  global(name: string): Binding | undefined;
  /** How much text an analysis of the package may look into. */
  readonly size: Size;
  /** Another package of the repository, by import path; undefined when it is not in sight. */
  imported(path: string): GoPackage | undefined;
  /**
   * The package of a node: this one, or another one of the repository that was met through it. Questions about a node of
   * another package are answered by that package.
   */
  homeOf(node: Node): GoPackage;
  /** Compile-time constant value where it is evident: literals, named constants, iota-free arithmetic on them. */
  constantOf(expr: Expr): number | string | boolean | undefined;
  /** The syntactic parent of a node within its declaration. */
  parentOf(node: Node): Node | undefined;
  /** The declared function and the innermost literal around a node. */
  enclosing(node: Node): { readonly func?: FuncDecl; readonly inner?: FuncLit };
  fileOf(node: Node): File;
  /** Call sites in the package, or in some functions of it, that reach a declared function, in source order. */
  callersOf(decl: FuncDecl, within?: readonly FuncDecl[]): readonly CallExpr[];
}

/** A file's path and text, as the snapshot has it. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export interface LoadOptions {
  readonly goVersion?: GoVersion;
  /** Build context for constraints; default linux/amd64 with cgo on, as go list has it, and no extra tags. A file that the constraint
   *  excludes is skipped with the reason, not analysed. */
  readonly goos?: string;
  readonly goarch?: string;
  /** Further tags that constraints may name. */
  readonly tags?: readonly string[];
}
