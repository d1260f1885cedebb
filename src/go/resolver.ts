/**
 * Resolves the identifiers of one top-level declaration by Go's block structure. Selectors and the keys of composite
 * literals need types; keys are reported apart, as lexical candidates.
 */
import type {
  AssignStmt,
  CommClause,
  Expr,
  Field,
  File,
  FuncDecl,
  FuncType,
  GenDecl,
  Ident,
  Node,
  Stmt,
  SwitchStmt,
  TypeSpec,
  TypeSwitchStmt,
} from './ast.ts';
import type { Binding } from './package.ts';
import { type ResolveSink, Sight } from './sight.ts';
import { children, isStmt } from './walk.ts';

/** Resolves a function or a package-level declaration. `own` gives the package-level bindings that it declares. */
export function resolveDecl(
  decl: FuncDecl | GenDecl,
  file: File,
  own: (ident: Ident) => Binding | undefined,
  sink: ResolveSink,
): void {
  const resolver = new Resolver(file, own, sink);
  if (decl.kind === 'FuncDecl') resolver.funcDecl(decl);
  else resolver.packageDecl(decl);
}

class Resolver {
  readonly #own: (ident: Ident) => Binding | undefined;
  readonly #sink: ResolveSink;
  readonly #sight: Sight;

  constructor(file: File, own: (ident: Ident) => Binding | undefined, sink: ResolveSink) {
    this.#own = own;
    this.#sink = sink;
    this.#sight = new Sight(file, sink);
  }

  funcDecl(decl: FuncDecl): void {
    this.#declareOwn(decl.name);
    this.#sight.inFunc(decl, () => {
      if (decl.recv) this.#receiver(decl.recv);
      this.#signature(decl.type);
      if (decl.body) this.#list(decl.body.list);
    });
  }

  packageDecl(decl: GenDecl): void {
    for (const spec of decl.specs) {
      if (spec.kind === 'ImportSpec') continue;
      if (spec.kind === 'TypeSpec') {
        this.#declareOwn(spec.name);
        this.#typeSpecBody(spec);
        continue;
      }
      for (const name of spec.names) this.#declareOwn(name);
      if (spec.type) this.#node(spec.type);
      for (const value of spec.values) this.#node(value);
    }
  }

  #declareOwn(ident: Ident): void {
    const binding = this.#own(ident);
    if (binding) this.#sink.bound(ident, binding, true);
  }

  /** The type parameters of a generic receiver are declared by its type arguments: `func (t *T[K, V])`. */
  #receiver(field: Field): void {
    let type: Expr = field.type;
    while (type.kind === 'StarExpr' || type.kind === 'ParenExpr') type = type.x;
    if (type.kind === 'IndexExpr') {
      this.#node(type.x);
      for (const index of type.indices) if (index.kind === 'Ident') this.#sight.declare('typeParam', index, field);
    } else this.#node(type);
    for (const name of field.names) this.#sight.declare('receiver', name, field);
  }

  #signature(type: FuncType): void {
    this.#typeParams(type.typeParams);
    const fields = [...type.params, ...type.results];
    for (const field of fields) this.#node(field.type);
    for (const field of type.params) for (const name of field.names) this.#sight.declare('param', name, field);
    for (const field of type.results) for (const name of field.names) this.#sight.declare('result', name, field);
  }

  #typeParams(fields: readonly Field[]): void {
    for (const field of fields) for (const name of field.names) this.#sight.declare('typeParam', name, field);
    for (const field of fields) this.#node(field.type);
  }

  #typeSpecBody(spec: TypeSpec): void {
    this.#sight.inBlock(() => {
      this.#typeParams(spec.typeParams);
      this.#node(spec.type);
    });
  }

  #list(list: readonly Stmt[]): void {
    for (const stmt of list) this.#node(stmt);
  }

  #nodes(nodes: readonly (Node | undefined)[]): void {
    for (const node of nodes) if (node) this.#node(node);
  }

  #node(node: Node): void {
    if (isStmt(node)) {
      this.#stmt(node);
      return;
    }
    switch (node.kind) {
      case 'Ident':
        this.#sight.use(node);
        return;
      case 'SelectorExpr':
        this.#node(node.x);
        return;
      case 'KeyValueExpr':
        if (node.key.kind === 'Ident') this.#sink.key(node.key, this.#sight.find(node.key.name));
        else this.#node(node.key);
        this.#node(node.value);
        return;
      case 'FuncLit':
        this.#sight.inFunc(node, () => {
          this.#signature(node.type);
          this.#list(node.body.list);
        });
        return;
      case 'FuncType':
        this.#sight.inBlock(() => this.#signature(node));
        return;
      case 'StructType':
        this.#nodes(node.fields.map((field) => field.type));
        return;
      case 'InterfaceType':
        this.#nodes(node.methods.map((method) => method.type));
        return;
      default:
        for (const child of children(node)) this.#node(child);
    }
  }

  #stmt(stmt: Stmt): void {
    switch (stmt.kind) {
      case 'BlockStmt':
        this.#sight.inBlock(() => this.#list(stmt.list));
        return;
      case 'DeclStmt':
        this.#localDecl(stmt.decl);
        return;
      case 'AssignStmt':
        this.#assign(stmt);
        return;
      case 'LabeledStmt':
        this.#sight.label(stmt.label, stmt);
        this.#stmt(stmt.stmt);
        return;
      case 'BranchStmt':
        if (stmt.label) this.#sight.jump(stmt.label);
        return;
      case 'IfStmt':
        this.#sight.inBlock(() => this.#nodes([stmt.init, stmt.cond, stmt.body, stmt.els]));
        return;
      case 'ForStmt':
        this.#sight.inBlock(() => this.#nodes([stmt.init, stmt.cond, stmt.post, stmt.body]));
        return;
      case 'RangeStmt':
        this.#range(stmt);
        return;
      case 'SwitchStmt':
        this.#sight.inBlock(() => this.#switch(stmt));
        return;
      case 'TypeSwitchStmt':
        this.#sight.inBlock(() => this.#typeSwitch(stmt));
        return;
      case 'SelectStmt':
        for (const clause of stmt.clauses) this.#commClause(clause);
        return;
      default:
        for (const child of children(stmt)) this.#node(child);
    }
  }

  #localDecl(decl: GenDecl): void {
    for (const spec of decl.specs) {
      if (spec.kind === 'TypeSpec') {
        this.#sight.declare('type', spec.name, spec);
        this.#typeSpecBody(spec);
      } else if (spec.kind === 'ValueSpec') {
        this.#nodes([spec.type, ...spec.values]);
        for (const name of spec.names) this.#sight.declare(decl.tok === 'const' ? 'const' : 'var', name, spec);
      }
    }
  }

  #assign(stmt: AssignStmt): void {
    this.#nodes(stmt.rhs);
    for (const left of stmt.lhs) {
      if (stmt.tok === ':=' && left.kind === 'Ident') this.#sight.define(left, stmt);
      else this.#node(left);
    }
  }

  #range(stmt: Extract<Stmt, { kind: 'RangeStmt' }>): void {
    this.#node(stmt.x);
    this.#sight.inBlock(() => {
      for (const left of [stmt.key, stmt.value]) {
        if (stmt.tok === ':=' && left?.kind === 'Ident') this.#sight.define(left, stmt);
        else if (left) this.#node(left);
      }
      this.#node(stmt.body);
    });
  }

  #switch(stmt: SwitchStmt): void {
    this.#nodes([stmt.init, stmt.tag]);
    for (const clause of stmt.clauses) {
      this.#nodes(clause.list);
      this.#sight.inBlock(() => this.#list(clause.body));
    }
  }

  /** Each clause declares the name anew, with the clause's type. */
  #typeSwitch(stmt: TypeSwitchStmt): void {
    this.#nodes([stmt.init, stmt.x]);
    for (const clause of stmt.clauses) {
      this.#nodes(clause.list);
      this.#sight.inBlock(() => {
        if (stmt.name) this.#sight.declare('var', stmt.name, clause);
        this.#list(clause.body);
      });
    }
  }

  #commClause(clause: CommClause): void {
    this.#sight.inBlock(() => this.#nodes([clause.comm, ...clause.body]));
  }
}
