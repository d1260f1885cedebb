/** Parents, files and collected node lists of the declarations of one package, each made on first demand. */

import { work } from '../work/meter.ts';
import type { CallExpr, CompositeLit, Decl, File, FuncDecl, FuncLit, GoStmt, Node, SelectorExpr } from './ast.ts';
import { isLowered } from './file.ts';
import { finalName } from './model.ts';
import { declIndexAt } from './text-search.ts';
import { children } from './walk.ts';

/** Nodes of one top-level declaration by kind, in source order. */
export interface DeclNodes {
  readonly calls: readonly CallExpr[];
  readonly selectors: readonly SelectorExpr[];
  readonly composites: readonly CompositeLit[];
  readonly goStmts: readonly GoStmt[];
  readonly funcLits: readonly FuncLit[];
}

/** Those of the selectors and calls of one declaration that end in a name. */
interface NamedNodes {
  readonly selectors: ReadonlyMap<string, readonly SelectorExpr[]>;
  readonly calls: ReadonlyMap<string, readonly CallExpr[]>;
}

export class SyntaxIndex {
  readonly #files: readonly File[];
  readonly #parents = new Map<Node, Node | undefined>();
  readonly #nodes = new Map<Decl, DeclNodes>();
  readonly #named = new Map<Decl, NamedNodes>();
  readonly #fileOfDecl = new Map<Decl, File>();

  constructor(files: readonly File[]) {
    this.#files = files;
  }

  parentOf(node: Node): Node | undefined {
    this.#find(node);
    return this.#parents.get(node);
  }

  /** Whether a node was met before; cheap. */
  knows(node: Node): boolean {
    return this.#parents.has(node);
  }

  /** Whether a node is part of this package. */
  holds(node: Node): boolean {
    this.#find(node);
    return this.#parents.has(node);
  }

  /** The top-level declaration around a node of this package. */
  declOf(node: Node): Decl | undefined {
    this.#find(node);
    let at: Node = node;
    if (!this.#parents.has(at)) return undefined;
    for (let up = this.#parents.get(at); up; up = this.#parents.get(at)) at = up;
    return at.kind === 'FuncDecl' || at.kind === 'GenDecl' || at.kind === 'BadDecl' ? at : undefined;
  }

  fileOf(node: Node): File | undefined {
    const decl = this.declOf(node);
    return decl && this.#fileOfDecl.get(decl);
  }

  enclosing(node: Node): { readonly func?: FuncDecl; readonly inner?: FuncLit } {
    let inner: FuncLit | undefined;
    let func: FuncDecl | undefined;
    for (let up = this.parentOf(node); up; up = this.#parents.get(up)) {
      work();
      if (up.kind === 'FuncLit') inner ??= up;
      if (up.kind === 'FuncDecl') func = up;
    }
    return { ...(func ? { func } : {}), ...(inner ? { inner } : {}) };
  }

  nodesOf(decl: Decl, file: File): DeclNodes {
    return this.#nodes.get(decl) ?? this.#index(decl, file);
  }

  /** Every `x.name` of a declaration, in source order. */
  selectorsNamed(name: string, decl: Decl, file: File): readonly SelectorExpr[] {
    return this.#namedIn(decl, file).selectors.get(name) ?? none;
  }

  /** Every call of a declaration whose callee ends in a name, in source order. */
  callsNamed(name: string, decl: Decl, file: File): readonly CallExpr[] {
    return this.#namedIn(decl, file).calls.get(name) ?? none;
  }

  #namedIn(decl: Decl, file: File): NamedNodes {
    let named = this.#named.get(decl);
    if (!named) {
      const { selectors, calls } = this.nodesOf(decl, file);
      named = {
        selectors: byName(selectors, (one) => one.sel.name),
        calls: byName(calls, (one) => finalName(one.fun)),
      };
      this.#named.set(decl, named);
    }
    return named;
  }

  /** A node exists only after its declaration was lowered, so the declarations at its place that were not are skipped. */
  #find(node: Node): void {
    if (this.#parents.has(node)) return;
    for (const file of this.#files) {
      const decl = declAt(file, node);
      if (!decl || this.#nodes.has(decl) || !(decl === node || isLowered(decl))) continue;
      this.#index(decl, file);
      if (this.#parents.has(node)) return;
    }
  }

  #index(decl: Decl, file: File): DeclNodes {
    const calls: CallExpr[] = [];
    const selectors: SelectorExpr[] = [];
    const composites: CompositeLit[] = [];
    const goStmts: GoStmt[] = [];
    const funcLits: FuncLit[] = [];
    const stack: Node[] = [decl];
    this.#parents.set(decl, undefined);
    this.#fileOfDecl.set(decl, file);
    for (let node = stack.pop(); node; node = stack.pop()) {
      if (node.kind === 'CallExpr') calls.push(node);
      else if (node.kind === 'SelectorExpr') selectors.push(node);
      else if (node.kind === 'CompositeLit') composites.push(node);
      else if (node.kind === 'GoStmt') goStmts.push(node);
      else if (node.kind === 'FuncLit') funcLits.push(node);
      const below = children(node);
      for (let i = below.length - 1; i >= 0; i--) {
        const child = below[i];
        if (!child) continue;
        this.#parents.set(child, node);
        stack.push(child);
      }
    }
    const nodes: DeclNodes = { calls, selectors, composites, goStmts, funcLits };
    this.#nodes.set(decl, nodes);
    return nodes;
  }
}

const none: readonly never[] = [];

function byName<T>(nodes: readonly T[], nameOf: (node: T) => string | undefined): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const node of nodes) {
    const name = nameOf(node);
    if (name === undefined) continue;
    const same = found.get(name);
    if (same) same.push(node);
    else found.set(name, [node]);
  }
  return found;
}

/** The declaration of the file whose range holds the node. */
function declAt(file: File, node: Node): Decl | undefined {
  const decl = file.decls[declIndexAt(file.decls, node.range.start)];
  return decl && node.range.end <= decl.range.end ? decl : undefined;
}
