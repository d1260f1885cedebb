/**
 * Which functions are worth a search. All questions are asked of the text, so that what is not chosen is not even turned
 * into syntax: who may reach whom is taken from the names that stand in a body.
 */
import type { File, FuncDecl } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { callersAcross, importsMakers } from './lower/worth-seeing.ts';
import { modelSources } from './models/index.ts';

/** Something that can block a goroutine forever, or start one. */
const constructs = /<-|\bgo\s|\bselect\b|\bmake\(\s*chan\b|\bsync\.|\bchan\b|\bPipe\(/;

/** Libraries that start goroutines or block, so that who uses them needs no word of the language for it. */
const blockingLibraries = [...modelSources.keys()].filter(
  (path) => !['io', 'context', 'container/list'].includes(path),
);

/** Operations inside one function. Lock methods are looked for by name: the type is asked later. */
const operations =
  /<-|\bgo\s|\bselect\b|\bmake\(\s*chan\b|\bclose\(|\.(Lock|RLock|Wait|Add|Done|Go|Acquire)\(|\bPipe\(|\.Do\(|errgroup\.|\bOnce(Func|Values?)\(|\brange\s+\w*[cC]h/;

/** Functions whose callers are searched as well: they start goroutines, or make or hand out channels. */
const reaching = /\bgo\s|<-|\bmake\(\s*chan\b|\.Go\(|\.Wait\(/;

/**
 * What makes something that a goroutine can wait for, or a goroutine that can wait. Whoever only waits for what comes
 * from outside is never stuck for sure, and nobody is stuck because of it, but for the channel of a timer: it may have none.
 */
const making =
  /\bgo\s|\.Go\(|\bchan\b|\bmake\(\s*\w+\s*[,)]|\bcontext\.|\bWith(Cancel|Timeout|Deadline)|\btime\.(After|Tick|NewT)|\bsync\.|\bWaitGroup\b|\berrgroup\.|\bsemaphore\.|\bsingleflight\.|\bPipe\(|\bselect\s*\{\s*\}|\bOnce|<-[\w.]+\.C\b/;

/** Operations that wait for a call of the same function below them to end. */
const locking = /\.(R?Lock|Do)\(/g;
const lockCall = /\.(?:R?Lock|Do)\(/;

/** A call by a name: of a field or method that is not exported, or of something that may be a parameter. */
const calls = /(?:^|[^\w.])([a-z_]\w*)\(|\.([a-z_]\w*)\(/g;

/** What a name in front of a parenthesis may be without being called as a value. */
const notValues = new Set(
  'append cap clear close complex copy delete for func if imag len make max min new panic print println real recover return string switch byte'.split(
    ' ',
  ),
);

/** How far above such a function its callers are searched. */
const callerDepth = 3;

/** Whether any file of the package holds a construct that can block, or calls a package that starts goroutines. */
export function mayBlock(pkg: GoPackage): boolean {
  const itself = ({ text }: File) =>
    constructs.test(text) || blockingLibraries.some((path) => text.includes(`"${path}"`));
  return pkg.files.some(itself) || importsMakers(pkg);
}

/** The functions to search, in file and source order. `init` functions live as long as the process and are left out. */
export function entriesOf(pkg: GoPackage): readonly FuncDecl[] {
  const chosen = new Set<FuncDecl>();
  let level: FuncDecl[] = [];
  const across = callersAcross(pkg);
  for (const decl of pkg.funcDecls) {
    const text = bodyText(decl);
    if (across.has(decl)) {
      chosen.add(decl);
      level.push(decl);
      continue;
    }
    if (text === undefined || !operations.test(text) || !operations.test(codeText(decl) ?? '')) continue;
    chosen.add(decl);
    if (reaching.test(codeText(decl) ?? '')) level.push(decl);
  }
  if (chosen.size === 0) return [];
  const names = new NameGraph(pkg);
  const worth = names.reaching((text, decl) => making.test(text) || across.has(decl));
  const nesting = nestingLocks(names);
  const lending = lendingFunctions(names);
  for (let depth = 0; depth < callerDepth && level.length > 0; depth++) {
    const next: FuncDecl[] = [];
    for (const decl of level) {
      // Whom a name cannot lead to needs no search for calls.
      if (!worth.has(decl)) continue;
      const others = names.above(decl).filter((above) => !chosen.has(above));
      for (const call of pkg.callersOf(decl, others)) {
        const caller = pkg.enclosing(call).func;
        if (!caller || chosen.has(caller)) continue;
        chosen.add(caller);
        next.push(caller);
      }
    }
    level = next;
  }
  return pkg.funcDecls.filter((decl) => {
    if (decl.name.name === 'init') return false;
    return lending.has(decl) || (chosen.has(decl) && (worth.has(decl) || nesting.has(decl)));
  });
}

/** Functions that take a lock and may take one again before they end. */
function nestingLocks(names: NameGraph): ReadonlySet<FuncDecl> {
  const locks = (text: string): number => text.match(locking)?.length ?? 0;
  const below = names.reaching((text) => locks(text) > 0);
  const nesting = new Set<FuncDecl>();
  for (const { decl, text, named } of names.nodes) {
    const own = locks(text);
    if (own > 1 || (own > 0 && named.some((other) => below.has(other)))) nesting.add(decl);
  }
  return nesting;
}

/**
 * Functions that hold a literal which may take a lock, and call who calls function values under a lock: only together
 * they show that the lock may be the same one.
 */
function lendingFunctions(names: NameGraph): ReadonlySet<FuncDecl> {
  const takers = new Set(names.nodes.filter(({ text }) => lockCall.test(text)).map(({ decl }) => decl));
  const calling = new Set(
    names.nodes.filter((node) => takers.has(node.decl) && names.callsValues(node)).map(({ decl }) => decl),
  );
  const lending = names.nodes.filter(({ text, named }) => {
    if (!text.includes('func(')) return false;
    return named.some((one) => calling.has(one) && named.some((other) => other !== one && takers.has(other)));
  });
  return new Set(lending.map(({ decl }) => decl));
}

interface NameNode {
  readonly decl: FuncDecl;
  readonly text: string;
  /** Functions and methods of the package whose name stands in the body. */
  readonly named: readonly FuncDecl[];
}

class NameGraph {
  readonly nodes: readonly NameNode[];
  readonly #above = new Map<FuncDecl, FuncDecl[]>();
  readonly #byName = new Map<string, FuncDecl[]>();

  constructor(pkg: GoPackage) {
    const byName = this.#byName;
    for (const decl of pkg.funcDecls) {
      // Methods are always named behind a dot, functions of the package never.
      const name = (decl.isMethod ?? decl.recv !== undefined) ? `.${decl.name.name}` : decl.name.name;
      const same = byName.get(name) ?? [];
      same.push(decl);
      byName.set(name, same);
    }
    this.nodes = pkg.funcDecls.flatMap((decl) => {
      const text = codeText(decl);
      if (text === undefined) return [];
      const words = new Set(text.match(/(?:\.\s*)?[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/g));
      return [{ decl, text, named: [...words].flatMap((word) => byName.get(word.replace(/^\.\s+/, '.')) ?? []) }];
    });
    for (const { decl, named } of this.nodes) {
      for (const other of named) {
        const list = this.#above.get(other) ?? [];
        list.push(decl);
        this.#above.set(other, list);
      }
    }
  }

  /** Whether a function calls something that is no function or method of the package. */
  callsValues({ text }: NameNode): boolean {
    for (const [, plain, selected] of text.matchAll(calls)) {
      const name = plain ?? selected ?? '';
      if (!this.#byName.has(name) && !(plain && notValues.has(plain))) return true;
    }
    return false;
  }

  /** Functions in whose body the name stands. */
  above(decl: FuncDecl): readonly FuncDecl[] {
    return this.#above.get(decl) ?? [];
  }

  /** Functions whose body passes a test, or may reach one that does. */
  reaching(test: (text: string, decl: FuncDecl) => boolean): ReadonlySet<FuncDecl> {
    const work = this.nodes.filter(({ text, decl }) => test(text, decl)).map(({ decl }) => decl);
    const found = new Set(work);
    for (let decl = work.pop(); decl; decl = work.pop()) {
      for (const above of this.#above.get(decl) ?? []) {
        if (found.has(above)) continue;
        found.add(above);
        work.push(above);
      }
    }
    return found;
  }
}

function bodyText(decl: FuncDecl): string | undefined {
  return decl.bodyRange && decl.file.text.slice(decl.bodyRange.start, decl.bodyRange.end);
}

/** Comments, and what stands in strings: no code, though it may look like it. */
const noCode = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])+'/g;

const codeTexts = new WeakMap<FuncDecl, string>();

/** The body without comments and strings. */
function codeText(decl: FuncDecl): string | undefined {
  const known = codeTexts.get(decl);
  if (known !== undefined) return known;
  const text = bodyText(decl)?.replace(noCode, (found) => (found.startsWith('/') ? ' ' : '""'));
  if (text !== undefined) codeTexts.set(decl, text);
  return text;
}
