/**
 * The typed syntax tree of a Go file, with go/ast's names (https://pkg.go.dev/go/ast). Rules and the explorer read
 * this tree; only `lower*.ts` beside it knows tree-sitter.
 *
 * Every node carries `range` (UTF-16 offsets into its file's text) and a `kind` that discriminates the unions `Expr`,
 * `Stmt`, `Decl` and `Spec`. A part that did not parse is a `BadExpr`, `BadStmt` or `BadDecl`, never an exception.
 * Nodes are immutable and have identity: the binding and type queries of `GoPackage` are keyed by the node object.
 */
import type { LineIndex } from '../text/line-index.ts';
import type { Range } from '../text/offset.ts';

interface NodeBase {
  readonly range: Range;
}

// ---- Expressions -----------------------------------------------------------------------------------------------

export interface BadExpr extends NodeBase {
  readonly kind: 'BadExpr';
}
export interface Ident extends NodeBase {
  readonly kind: 'Ident';
  readonly name: string;
}
export interface BasicLit extends NodeBase {
  readonly kind: 'BasicLit';
  readonly tok: 'INT' | 'FLOAT' | 'IMAG' | 'CHAR' | 'STRING';
  /** As written, quotes included. */
  readonly value: string;
}
export interface CompositeLit extends NodeBase {
  readonly kind: 'CompositeLit';
  /** Absent when elided inside another composite literal. */
  readonly type?: Expr;
  /** `KeyValueExpr` or plain values. */
  readonly elts: readonly Expr[];
}
export interface KeyValueExpr extends NodeBase {
  readonly kind: 'KeyValueExpr';
  readonly key: Expr;
  readonly value: Expr;
}
export interface FuncLit extends NodeBase {
  readonly kind: 'FuncLit';
  readonly type: FuncType;
  readonly body: BlockStmt;
}
export interface ParenExpr extends NodeBase {
  readonly kind: 'ParenExpr';
  readonly x: Expr;
}
export interface SelectorExpr extends NodeBase {
  readonly kind: 'SelectorExpr';
  readonly x: Expr;
  readonly sel: Ident;
}
/** `x[i]`, and instantiation `F[A, B]`. */
export interface IndexExpr extends NodeBase {
  readonly kind: 'IndexExpr';
  readonly x: Expr;
  readonly indices: readonly Expr[];
}
export interface SliceExpr extends NodeBase {
  readonly kind: 'SliceExpr';
  readonly x: Expr;
  readonly low?: Expr;
  readonly high?: Expr;
  readonly max?: Expr;
}
/** `x.(T)`; `type` is absent in `x.(type)`. */
export interface TypeAssertExpr extends NodeBase {
  readonly kind: 'TypeAssertExpr';
  readonly x: Expr;
  readonly type?: Expr;
}
export interface CallExpr extends NodeBase {
  readonly kind: 'CallExpr';
  readonly fun: Expr;
  /** `make(chan T, n)` has the type as its first argument, as in go/ast. */
  readonly args: readonly Expr[];
  /** The last argument is followed by `...`. */
  readonly ellipsis: boolean;
}
export interface StarExpr extends NodeBase {
  readonly kind: 'StarExpr';
  readonly x: Expr;
}
/** `op` `<-` is a receive; `&x` has `op` `&`. */
export interface UnaryExpr extends NodeBase {
  readonly kind: 'UnaryExpr';
  readonly op: string;
  readonly x: Expr;
}
export interface BinaryExpr extends NodeBase {
  readonly kind: 'BinaryExpr';
  readonly op: string;
  readonly x: Expr;
  readonly y: Expr;
}
/** `...T` in a parameter list, `[...]T` in an array type. */
export interface Ellipsis extends NodeBase {
  readonly kind: 'Ellipsis';
  readonly elt?: Expr;
}
export interface ArrayType extends NodeBase {
  readonly kind: 'ArrayType';
  /** Absent for a slice; `Ellipsis` for `[...]T`. */
  readonly len?: Expr;
  readonly elt: Expr;
}
export interface MapType extends NodeBase {
  readonly kind: 'MapType';
  readonly key: Expr;
  readonly value: Expr;
}
export interface ChanType extends NodeBase {
  readonly kind: 'ChanType';
  readonly dir: 'both' | 'send' | 'recv';
  readonly value: Expr;
}
export interface FuncType extends NodeBase {
  readonly kind: 'FuncType';
  readonly typeParams: readonly Field[];
  readonly params: readonly Field[];
  readonly results: readonly Field[];
}
export interface StructType extends NodeBase {
  readonly kind: 'StructType';
  readonly fields: readonly Field[];
}
/** Methods are fields with a `FuncType`; embedded elements and type unions are fields without names. */
export interface InterfaceType extends NodeBase {
  readonly kind: 'InterfaceType';
  readonly methods: readonly Field[];
}
/** One entry of a field or parameter list; no names = embedded field or unnamed parameter. */
export interface Field extends NodeBase {
  readonly kind: 'Field';
  readonly names: readonly Ident[];
  readonly type: Expr;
  /** Struct tag as written. */
  readonly tag?: string;
  readonly doc?: string;
}

export type Expr =
  | BadExpr
  | Ident
  | BasicLit
  | CompositeLit
  | KeyValueExpr
  | FuncLit
  | ParenExpr
  | SelectorExpr
  | IndexExpr
  | SliceExpr
  | TypeAssertExpr
  | CallExpr
  | StarExpr
  | UnaryExpr
  | BinaryExpr
  | Ellipsis
  | ArrayType
  | MapType
  | ChanType
  | FuncType
  | StructType
  | InterfaceType;

// ---- Statements ------------------------------------------------------------------------------------------------

export interface BadStmt extends NodeBase {
  readonly kind: 'BadStmt';
}
export interface DeclStmt extends NodeBase {
  readonly kind: 'DeclStmt';
  readonly decl: GenDecl;
}
export interface EmptyStmt extends NodeBase {
  readonly kind: 'EmptyStmt';
}
export interface LabeledStmt extends NodeBase {
  readonly kind: 'LabeledStmt';
  readonly label: Ident;
  readonly stmt: Stmt;
}
export interface ExprStmt extends NodeBase {
  readonly kind: 'ExprStmt';
  readonly x: Expr;
}
export interface SendStmt extends NodeBase {
  readonly kind: 'SendStmt';
  readonly chan: Expr;
  readonly value: Expr;
}
export interface IncDecStmt extends NodeBase {
  readonly kind: 'IncDecStmt';
  readonly x: Expr;
  readonly tok: '++' | '--';
}
/** `tok` is `=`, `:=`, `+=` and so on. */
export interface AssignStmt extends NodeBase {
  readonly kind: 'AssignStmt';
  readonly lhs: readonly Expr[];
  readonly tok: string;
  readonly rhs: readonly Expr[];
}
export interface GoStmt extends NodeBase {
  readonly kind: 'GoStmt';
  /** A `CallExpr` in valid Go. */
  readonly call: CallExpr | BadExpr;
}
export interface DeferStmt extends NodeBase {
  readonly kind: 'DeferStmt';
  readonly call: CallExpr | BadExpr;
}
export interface ReturnStmt extends NodeBase {
  readonly kind: 'ReturnStmt';
  readonly results: readonly Expr[];
}
export interface BranchStmt extends NodeBase {
  readonly kind: 'BranchStmt';
  readonly tok: 'break' | 'continue' | 'goto' | 'fallthrough';
  readonly label?: Ident;
}
export interface BlockStmt extends NodeBase {
  readonly kind: 'BlockStmt';
  readonly list: readonly Stmt[];
}
export interface IfStmt extends NodeBase {
  readonly kind: 'IfStmt';
  readonly init?: Stmt;
  readonly cond: Expr;
  readonly body: BlockStmt;
  /** `else` branch: a block or another `if`. */
  readonly els?: BlockStmt | IfStmt;
}
/** `default:` has an empty `list` and `isDefault`. Of a type switch, `list` holds types. */
export interface CaseClause extends NodeBase {
  readonly kind: 'CaseClause';
  readonly isDefault: boolean;
  readonly list: readonly Expr[];
  readonly body: readonly Stmt[];
}
export interface SwitchStmt extends NodeBase {
  readonly kind: 'SwitchStmt';
  readonly init?: Stmt;
  readonly tag?: Expr;
  readonly clauses: readonly CaseClause[];
}
export interface TypeSwitchStmt extends NodeBase {
  readonly kind: 'TypeSwitchStmt';
  readonly init?: Stmt;
  /** The name in `switch v := x.(type)`. */
  readonly name?: Ident;
  readonly x: Expr;
  readonly clauses: readonly CaseClause[];
}
/** `comm` is a `SendStmt`, an `ExprStmt` or an `AssignStmt` around a receive; absent for `default`. */
export interface CommClause extends NodeBase {
  readonly kind: 'CommClause';
  readonly comm?: Stmt;
  readonly body: readonly Stmt[];
}
export interface SelectStmt extends NodeBase {
  readonly kind: 'SelectStmt';
  readonly clauses: readonly CommClause[];
}
export interface ForStmt extends NodeBase {
  readonly kind: 'ForStmt';
  readonly init?: Stmt;
  readonly cond?: Expr;
  readonly post?: Stmt;
  readonly body: BlockStmt;
}
export interface RangeStmt extends NodeBase {
  readonly kind: 'RangeStmt';
  readonly key?: Expr;
  readonly value?: Expr;
  /** Absent when neither key nor value is written (`for range x`). */
  readonly tok?: '=' | ':=';
  readonly x: Expr;
  readonly body: BlockStmt;
}

export type Stmt =
  | BadStmt
  | DeclStmt
  | EmptyStmt
  | LabeledStmt
  | ExprStmt
  | SendStmt
  | IncDecStmt
  | AssignStmt
  | GoStmt
  | DeferStmt
  | ReturnStmt
  | BranchStmt
  | BlockStmt
  | IfStmt
  | SwitchStmt
  | TypeSwitchStmt
  | SelectStmt
  | ForStmt
  | RangeStmt;

// ---- Declarations and files ------------------------------------------------------------------------------------

export interface ImportSpec extends NodeBase {
  readonly kind: 'ImportSpec';
  /** Local name: an identifier, `.` or `_`; absent = the package's own name. */
  readonly name?: string;
  /** Unquoted import path. */
  readonly path: string;
}
export interface ValueSpec extends NodeBase {
  readonly kind: 'ValueSpec';
  readonly names: readonly Ident[];
  readonly type?: Expr;
  readonly values: readonly Expr[];
}
export interface TypeSpec extends NodeBase {
  readonly kind: 'TypeSpec';
  readonly name: Ident;
  readonly typeParams: readonly Field[];
  /** `type A = B`. */
  readonly alias: boolean;
  readonly type: Expr;
  readonly doc?: string;
}
export type Spec = ImportSpec | ValueSpec | TypeSpec;

export interface GenDecl extends NodeBase {
  readonly kind: 'GenDecl';
  readonly tok: 'import' | 'const' | 'type' | 'var';
  readonly specs: readonly Spec[];
  readonly doc?: string;
}
export interface FuncDecl extends NodeBase {
  readonly kind: 'FuncDecl';
  readonly name: Ident;
  /** The receiver of a method. */
  readonly recv?: Field;
  /** Known without lowering the signature; absent means: look at `recv`. */
  readonly isMethod?: boolean;
  readonly type: FuncType;
  /** Text of the doc comment without comment marks. */
  readonly doc?: string;
  /** Lowered on first access and then kept; absent for an external declaration, or when the body holds a syntax error
   *  (then `broken` says where). */
  readonly body?: BlockStmt;
  readonly broken?: BrokenPart;
  /** Range of the body in the text, known without lowering it. Use it for cheap textual questions. */
  readonly bodyRange?: Range;
  readonly file: File;
}
export interface BadDecl extends NodeBase {
  readonly kind: 'BadDecl';
}
export type Decl = GenDecl | FuncDecl | BadDecl;

export interface Comment extends NodeBase {
  /** With its `//` or `/*` marks. */
  readonly text: string;
}

/** A part of a file that is left out of the analysis, and why. */
export interface BrokenPart {
  readonly range: Range;
  readonly reason: string;
}

export interface File {
  /** Slash-separated, relative to the repository root. */
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly packageName: string;
  readonly imports: readonly ImportSpec[];
  readonly decls: readonly Decl[];
  /** Collected on first access, in source order. */
  readonly comments: readonly Comment[];
  readonly broken: readonly BrokenPart[];
  /** Matches the `// Code generated ... DO NOT EDIT.` convention (go.dev/s/generatedcode). */
  readonly generated: boolean;
}

export type Node = Expr | Stmt | Decl | Spec | Field | CaseClause | CommClause;
