/** Lowers `import`, `const`, `type` and `var` declarations; functions are in file.ts, since their bodies are lazy. */
import type { GenDecl, ImportSpec, Spec, TypeSpec, ValueSpec } from './ast.ts';
import { docBefore } from './comments.ts';
import { childOf, childrenOf, ident, namedChildren, rangeOf, required, type Source, textOf } from './lower.ts';
import { lowerExpr, lowerExprList } from './lower-expr.ts';
import { lowerTypeParams } from './lower-type.ts';
import type { SyntaxNode } from './parser/syntax.ts';

const tokens: Readonly<Record<string, GenDecl['tok']>> = {
  import_declaration: 'import',
  const_declaration: 'const',
  type_declaration: 'type',
  var_declaration: 'var',
};

/** Whether a node is one of the declarations that `lowerGenDecl` takes. */
export function isGenDecl(type: string): boolean {
  return tokens[type] !== undefined;
}

export function lowerGenDecl(source: Source, node: SyntaxNode): GenDecl {
  const specs = node.children.flatMap((child) => lowerSpecs(source, child));
  const doc = docBefore(source.text, node.start);
  return { kind: 'GenDecl', range: rangeOf(node), tok: tokens[node.type] ?? 'var', specs, ...(doc ? { doc } : {}) };
}

function lowerSpecs(source: Source, node: SyntaxNode): readonly Spec[] {
  switch (node.type) {
    case 'import_spec_list':
    case 'var_spec_list':
      return namedChildren(node).flatMap((child) => lowerSpecs(source, child));
    case 'import_spec':
      return [lowerImportSpec(source, node)];
    case 'const_spec':
    case 'var_spec':
      return [lowerValueSpec(source, node)];
    case 'type_spec':
    case 'type_alias':
      return lowerTypeSpec(source, node);
    default:
      return [];
  }
}

function lowerImportSpec(source: Source, node: SyntaxNode): ImportSpec {
  const name = childOf(node, 'name');
  const path = childOf(node, 'path');
  return {
    kind: 'ImportSpec',
    range: rangeOf(node),
    ...(name ? { name: textOf(source, name) } : {}),
    path: path ? textOf(source, path).slice(1, -1) : '',
  };
}

function lowerValueSpec(source: Source, node: SyntaxNode): ValueSpec {
  const type = childOf(node, 'type');
  return {
    kind: 'ValueSpec',
    range: rangeOf(node),
    names: childrenOf(node, 'name').map((name) => ident(source, name)),
    ...(type ? { type: lowerExpr(source, type) } : {}),
    values: lowerExprList(source, childOf(node, 'value')),
  };
}

function lowerTypeSpec(source: Source, node: SyntaxNode): readonly TypeSpec[] {
  const name = childOf(node, 'name');
  if (!name) return [];
  const typeParams = childOf(node, 'type_parameters');
  const doc = docBefore(source.text, node.start);
  return [
    {
      kind: 'TypeSpec',
      range: rangeOf(node),
      name: ident(source, name),
      typeParams: typeParams ? lowerTypeParams(source, typeParams) : [],
      alias: node.type === 'type_alias',
      type: required(node, 'type', (child) => lowerExpr(source, child)),
      ...(doc ? { doc } : {}),
    },
  ];
}
