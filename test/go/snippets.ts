/** Small Go packages for the tests, and ways to find things in them. */
import type { Expr, FuncDecl, Ident, Node } from '../../src/go/ast.ts';
import { loadPackage } from '../../src/go/load.ts';
import type { GoPackage, LoadOptions } from '../../src/go/package.ts';
import type { GoType } from '../../src/go/types.ts';
import { walk } from '../../src/go/walk.ts';

/** A package `p` of one or several files; a text without package clause gets one. */
export function goPackage(texts: string | readonly string[], options: LoadOptions = {}): GoPackage {
  const list = typeof texts === 'string' ? [texts] : texts;
  const sources = list.map((text, i) => ({
    path: `p/file${i}.go`,
    text: /^package /m.test(text) ? text : `package p\n${text}`,
  }));
  return loadPackage('p', sources, options);
}

export function func(pkg: GoPackage, name: string): FuncDecl {
  const found = pkg.funcDecls.find((decl) => decl.name.name === name);
  if (!found) throw new Error(`no function ${name}`);
  return found;
}

export function nodesOf(pkg: GoPackage): readonly Node[] {
  const nodes: Node[] = [];
  for (const file of pkg.files) for (const decl of file.decls) walk(decl, (node) => nodes.push(node));
  return nodes;
}

/** All nodes of a kind, in source order. */
export function allOf<K extends Node['kind']>(pkg: GoPackage, kind: K): readonly Extract<Node, { kind: K }>[] {
  return nodesOf(pkg).filter((node): node is Extract<Node, { kind: K }> => node.kind === kind);
}

/** The n-th identifier of a name, in source order. */
export function identAt(pkg: GoPackage, name: string, n = 0): Ident {
  const found = allOf(pkg, 'Ident').filter((ident) => ident.name === name)[n];
  if (!found) throw new Error(`no identifier ${name} number ${n}`);
  return found;
}

/** The source text of a node. */
export function sourceOf(pkg: GoPackage, node: Node): string {
  return pkg.fileOf(node).text.slice(node.range.start, node.range.end);
}

/** The first expression with this source text. */
export function exprOf(pkg: GoPackage, source: string): Expr {
  const found = nodesOf(pkg).find(
    (node) => sourceOf(pkg, node) === source && !/Stmt$|Decl$|Spec$|^Field$/.test(node.kind),
  );
  if (!found) throw new Error(`no expression ${source}`);
  return found as Expr;
}

/** A type as Go writes it, with import paths; `?` for unknown. */
export function show(type: GoType): string {
  switch (type.kind) {
    case 'unknown':
      return '?';
    case 'basic':
    case 'typeParam':
      return type.name;
    case 'chan':
      return `${type.dir === 'recv' ? '<-chan' : type.dir === 'send' ? 'chan<-' : 'chan'} ${show(type.elem)}`;
    case 'func': {
      const params = type.params.map((param) => show(param.type)).join(', ');
      const results = type.results.map((result) => show(result.type)).join(', ');
      return `func(${params}${type.variadic ? '...' : ''})${results === '' ? '' : ` (${results})`}`;
    }
    case 'named':
      return `${type.path === '' ? '' : `${type.path}.`}${type.name}${type.args.length > 0 ? `[${type.args.map(show).join(', ')}]` : ''}`;
    case 'pointer':
      return `*${show(type.elem)}`;
    case 'slice':
      return `[]${show(type.elem)}`;
    case 'array':
      return `[n]${show(type.elem)}`;
    case 'map':
      return `map[${show(type.key)}]${show(type.value)}`;
    case 'struct':
      return `struct{${type.fields.map((field) => `${field.name} ${show(field.type)}`).join('; ')}}`;
    case 'tuple':
      return `(${type.elems.map(show).join(', ')})`;
    default:
      return type.kind;
  }
}
