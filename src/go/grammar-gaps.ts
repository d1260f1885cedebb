/**
 * Ways around what the grammar does not know.
 *
 * tree-sitter-go 0.25 takes the first argument of every `make(...)` and `new(...)` for a type. Since Go 1.26 `new`
 * takes a value, and both names may be redeclared. A file with syntax errors is therefore parsed once more with these
 * two callees replaced by a plain name of the same length, wherever the argument does not start like a type.
 */
import { parseSyntax, type SyntaxTree } from './parser/syntax.ts';

const valueCall = /\b(?:make|new)(?=[ \t]*\([ \t]*(?!(?:chan|map|func|struct|interface)\b)[\p{L}\p{Nd}_"'`(&!+^-])/gu;

/** Parses Go as the compiler understands it; undefined when the parser gave up. Offsets are those of `text`. */
export function parseGo(text: string): SyntaxTree | undefined {
  const tree = parseSyntax(text);
  if (!tree?.hasError) return tree;
  const masked = text.replace(valueCall, (name) => '_'.repeat(name.length));
  if (masked === text) return tree;
  const second = parseSyntax(masked);
  return second && errorsIn(second) < errorsIn(tree) ? second : tree;
}

function errorsIn(tree: SyntaxTree): number {
  return tree.top.filter((node) => node.errorAt !== undefined).length;
}
