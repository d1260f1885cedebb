/**
 * Function literals that are searched on their own, because nobody calls them by name: those in package variables (tables
 * of commands), and those that a function hands out (handlers, iterators, options) so that code which cannot be seen
 * calls them later.
 */
import type { Decl, FuncDecl, FuncLit, Node } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { contains } from '../../text/offset.ts';

/** What a literal must hold to be searched: something that a goroutine can wait for, made there. */
const makes = /\bmake\(\s*(<-\s*)?chan\b|\bgo\s+[\w(]|\.Go\(|\bio\.Pipe\(/;

/** Deeper than this, literals in literals are not looked for. */
const maxNesting = 8;

/** The outermost literals of package variables that are worth a search, in file and source order. */
export function packageLiterals(pkg: GoPackage): readonly FuncLit[] {
  return variablesOf(pkg).flatMap(({ decl, text }) => literalsWorth(decl, text, 1));
}

/** Those inside them: each may be handed out by the one around it. */
export function nestedLiterals(pkg: GoPackage): readonly FuncLit[] {
  return variablesOf(pkg).flatMap(({ decl, text }) => {
    const outer = literalsWorth(decl, text, 1);
    return literalsWorth(decl, text, maxNesting).filter((lit) => !outer.includes(lit) && !hasRoomFromOutside(pkg, lit));
  });
}

function variablesOf(pkg: GoPackage): readonly { readonly decl: Decl; readonly text: string }[] {
  return pkg.files.flatMap(({ text, decls }) =>
    makes.test(text)
      ? decls.flatMap((decl) => (decl.kind === 'GenDecl' && decl.tok === 'var' ? [{ decl, text }] : []))
      : [],
  );
}

/** The literals in a function that are worth a search of their own, at any depth, those around others first. */
export function literalsOf(pkg: GoPackage, decl: FuncDecl): readonly FuncLit[] {
  const { text } = decl.file;
  if (!decl.bodyRange || !makes.test(text.slice(decl.bodyRange.start, decl.bodyRange.end)) || !decl.body) return [];
  return literalsWorth(decl.body, text, maxNesting).filter((lit) => !hasRoomFromOutside(pkg, lit));
}

function literalsWorth(root: Node, text: string, depth: number): readonly FuncLit[] {
  const found: FuncLit[] = [];
  if (depth === 0 || !makes.test(text.slice(root.range.start, root.range.end))) return found;
  walk(root, (node) => {
    if (node.kind !== 'FuncLit' || node === root) return true;
    if (makes.test(text.slice(node.body.range.start, node.body.range.end)))
      found.push(node, ...literalsWorth(node, text, depth - 1));
    return false;
  });
  return found;
}

/** Whether a buffer in it is measured with a variable of the function around it: what it is measured for is not known. */
function hasRoomFromOutside(pkg: GoPackage, lit: FuncLit): boolean {
  let found = false;
  walk(lit, (node) => {
    if (node.kind === 'CallExpr' && node.fun.kind === 'Ident' && node.fun.name === 'make' && node.args[1])
      walk(node.args[1], (part) => {
        const binding = part.kind === 'Ident' ? pkg.bindingOf(part) : undefined;
        found ||=
          binding !== undefined && isVariable(binding) && !(binding.ident && contains(lit.range, binding.ident.range));
        return !found;
      });
    return !found;
  });
  return found;
}

function isVariable({ kind, global }: Binding): boolean {
  return !global && (kind === 'var' || kind === 'param' || kind === 'result' || kind === 'receiver');
}
