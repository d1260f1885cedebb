/**
 * Which functions of a package a pull request can concern, so that only they are searched for blocked goroutines: what
 * no changed line can have brought or taken away is not new, and only what is new is said.
 *
 * A function is concerned when it may reach, through calls, `go` statements or function values, a function that the change
 * touches. Touched is a function whose text is new or different, one that mentions a field or package variable whose name
 * stands on a changed line, and one that mentions a type whose declaration changed.
 */
import type { Decl, File, FuncDecl, Node } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import type { Concerns } from './affected.ts';

/** A name that is the same on both sides of a change: receiver type and name of a function, text of anything else. */
function keyOf(file: File, decl: Decl): string {
  if (decl.kind !== 'FuncDecl') return textOf(file, decl);
  const recv = decl.recv ? textOfRange(file, decl.recv.type).replace(/^\*|\[.*$/g, '') : '';
  return `${recv}.${decl.name.name}`;
}

/**
 * Whether the change between two versions of a package can concern a function of either. The same on both sides, else an
 * old defect would look new; a function that neither knows is concerned.
 */
export function changeConcerns(base: GoPackage, head: GoPackage): Concerns {
  if (base.goVersion?.minor !== head.goVersion?.minor) return () => true;
  const names = changedNames(base, head);
  const sides = [touchedSide(base, head, names), touchedSide(head, base, names)];
  const known = new Map<string, boolean>();
  return (decl) => {
    const key = keyOf(decl.file, decl);
    const concerned =
      known.get(key) ?? (sides.some((side) => side.reaches(key)) || !sides.some((side) => side.has(key)));
    known.set(key, concerned);
    return concerned;
  };
}

interface Side {
  has(key: string): boolean;
  /** Whether the function of that name reaches a touched one. */
  reaches(key: string): boolean;
}

function touchedSide(pkg: GoPackage, other: GoPackage, names: ReadonlySet<string>): Side {
  const identity = (decl: FuncDecl): string => `${keyOf(decl.file, decl)}\0${textOf(decl.file, decl)}`;
  const same = new Set(other.funcDecls.map(identity));
  const mention = mentionOf(names);
  const touched = new Set(
    pkg.funcDecls.filter((decl) => !same.has(identity(decl)) || mention?.test(textOf(decl.file, decl)) === true),
  );
  const concerned = new Set([...callersOf(pkg, touched)].map((decl) => keyOf(decl.file, decl)));
  const all = new Set(pkg.funcDecls.map((decl) => keyOf(decl.file, decl)));
  return { has: (key) => all.has(key), reaches: (key) => concerned.has(key) };
}

/**
 * The functions given and all whose text mentions the name of one of them, and so on: who may call them, by whatever way.
 * Names alone are asked, which is too much rather than too little, and one look at each text.
 */
function callersOf(pkg: GoPackage, touched: ReadonlySet<FuncDecl>): ReadonlySet<FuncDecl> {
  const mentioning = new Map<string, FuncDecl[]>();
  const names = new Set(pkg.funcDecls.map(({ name }) => name.name));
  for (const decl of touched.size > 0 ? pkg.funcDecls : []) {
    const words = new Set(wordsOf(textOf(decl.file, decl)));
    for (const word of words) if (names.has(word)) push(mentioning, word, decl);
  }
  const callers = new Set(touched);
  const queue = [...touched];
  for (let next = queue.pop(); next; next = queue.pop()) {
    for (const caller of mentioning.get(next.name.name) ?? []) {
      if (callers.has(caller)) continue;
      callers.add(caller);
      queue.push(caller);
    }
  }
  return callers;
}

/** Types that changed; fields, constants and package variables whose name stands on a changed line of either side. */
function changedNames(base: GoPackage, head: GoPackage): ReadonlySet<string> {
  const words = new Set([...changedWords(base, head), ...changedWords(head, base)]);
  const names = new Set<string>();
  for (const [pkg, other] of [
    [base, head],
    [head, base],
  ] as const) {
    for (const [name, info] of pkg.types) {
      if (specOf(pkg, name) !== specOf(other, name)) names.add(name);
      for (const field of info.fields.keys()) if (words.has(field)) names.add(field);
    }
    for (const name of packageValues(pkg)) if (words.has(name)) names.add(name);
  }
  return names;
}

function specOf(pkg: GoPackage, type: string): string | undefined {
  const info = pkg.types.get(type);
  return info && textOfRange(info.file, info.spec);
}

/** Words on the lines of changed declarations that the other side's files do not have. */
function changedWords(pkg: GoPackage, other: GoPackage): readonly string[] {
  const files = pkg.files.filter((file) => other.files.find(({ path }) => path === file.path)?.text !== file.text);
  return files.flatMap((file) => {
    const text = other.files.find(({ path }) => path === file.path)?.text ?? '';
    const lines = new Set(text.split('\n').map((line) => line.trim()));
    return file.text
      .split('\n')
      .filter((line) => !lines.has(line.trim()))
      .flatMap(wordsOf);
  });
}

function packageValues(pkg: GoPackage): readonly string[] {
  return pkg.files.flatMap((file) =>
    file.decls.flatMap((decl) =>
      decl.kind !== 'GenDecl'
        ? []
        : decl.specs.flatMap((spec) => (spec.kind === 'ValueSpec' ? spec.names.map(({ name }) => name) : [])),
    ),
  );
}

function mentionOf(names: ReadonlySet<string>): RegExp | undefined {
  const known = [...names].filter((name) => name !== '_');
  return known.length === 0
    ? undefined
    : new RegExp(`(?<![\\p{L}\\p{N}_])(?:${known.join('|')})(?![\\p{L}\\p{N}_])`, 'u');
}

function textOf(file: File, decl: Decl): string {
  return textOfRange(file, decl);
}

function textOfRange(file: File, { range }: Pick<Node, 'range'>): string {
  return file.text.slice(range.start, range.end);
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
}

function push(lists: Map<string, FuncDecl[]>, key: string, decl: FuncDecl): void {
  const list = lists.get(key);
  if (list) list.push(decl);
  else lists.set(key, [decl]);
}
