/** Function literals in package variables (tables of commands, handlers): nobody calls them by name. */
import type { FuncLit } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';

/** What a literal must hold to be searched: something that a goroutine can wait for, made there. */
const makes = /\bmake\(\s*(<-\s*)?chan\b|\bgo\s+func\b/;

/** The outermost literals of package variables that are worth a search, in file and source order. */
export function packageLiterals(pkg: GoPackage): readonly FuncLit[] {
  const found: FuncLit[] = [];
  for (const file of pkg.files) {
    if (!makes.test(file.text)) continue;
    for (const decl of file.decls) {
      if (decl.kind !== 'GenDecl' || decl.tok !== 'var') continue;
      if (!makes.test(file.text.slice(decl.range.start, decl.range.end))) continue;
      walk(decl, (node) => {
        if (node.kind !== 'FuncLit') return true;
        if (makes.test(file.text.slice(node.range.start, node.range.end))) found.push(node);
        return false;
      });
    }
  }
  return found;
}
