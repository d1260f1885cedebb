/** Which functions are worth a search. Cheap questions about the text come first. */
import type { FuncDecl } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';

/** Something that can block a goroutine for ever, or start one. */
const constructs = /<-|\bgo\s|\bselect\b|\bmake\(\s*chan\b|\bsync\.|\berrgroup\.|\bchan\b/;

/** Operations inside one function. Lock methods are looked for by name: the type is asked later. */
const operations =
  /<-|\bgo\s|\bselect\b|\bmake\(\s*chan\b|\bclose\(|\.(Lock|RLock|Wait|Add|Done|Go)\(|\.Do\(|errgroup\.|\brange\s+\w*[cC]h/;

/** Functions whose callers are searched as well: they start goroutines, or make or hand out channels. */
const reaching = /\bgo\s|<-|\bmake\(\s*chan\b|\.Go\(|\.Wait\(/;

/** How far above such a function its callers are searched. */
const callerDepth = 3;

/** Whether any file of the package holds a construct that can block. */
export function mayBlock(pkg: GoPackage): boolean {
  return pkg.files.some((file) => constructs.test(file.text));
}

/** The functions to search, in file and source order. `init` functions live as long as the process and are left out. */
export function entriesOf(pkg: GoPackage): readonly FuncDecl[] {
  const chosen = new Set<FuncDecl>();
  let level: FuncDecl[] = [];
  for (const decl of pkg.funcDecls) {
    const text = bodyText(decl);
    if (text === undefined || !operations.test(text)) continue;
    chosen.add(decl);
    if (reaching.test(text)) level.push(decl);
  }
  for (let depth = 0; depth < callerDepth && level.length > 0; depth++) {
    const next: FuncDecl[] = [];
    for (const decl of level) {
      for (const call of pkg.callersOf(decl)) {
        const caller = pkg.enclosing(call).func;
        if (!caller || chosen.has(caller)) continue;
        chosen.add(caller);
        next.push(caller);
      }
    }
    level = next;
  }
  return pkg.funcDecls.filter((decl) => chosen.has(decl) && decl.name.name !== 'init');
}

function bodyText(decl: FuncDecl): string | undefined {
  return decl.bodyRange && decl.file.text.slice(decl.bodyRange.start, decl.bodyRange.end);
}
