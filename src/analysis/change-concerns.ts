/**
 * Which functions of a package a pull request can concern, so that only they are searched for blocked goroutines: what
 * no changed line can have brought or taken away is not new, and only what is new is said.
 *
 * A function is concerned when it may reach, through calls, `go` statements or function values, a function that the change
 * touches. Touched is a function whose text is new or different, and one that uses what the change touches besides
 * (`change-seeds.ts`): fields, package variables, types.
 */
import type { FuncDecl } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import type { Concerns } from './affected.ts';
import { changedRegion, functionsByKey, keyOf, seedsOf, usersOf } from './change-seeds.ts';
import type { Seeds } from './touched-uses.ts';

/**
 * Whether the change between two versions of a package can concern a function of either. The same on both sides, else an
 * old defect would look new; a function that neither knows is concerned.
 */
export function changeConcerns(base: GoPackage, head: GoPackage): Concerns {
  if (base.goVersion?.minor !== head.goVersion?.minor) return () => true;
  const seeds = [seedsOf(base, head), seedsOf(head, base)];
  const sides = [touchedSide(base, head, seeds), touchedSide(head, base, seeds)];
  const known = new Map<string, boolean>();
  return (decl) => {
    const key = keyOf(decl);
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

function touchedSide(pkg: GoPackage, other: GoPackage, seeds: readonly Seeds[]): Side {
  const others = functionsByKey(other);
  const changed = pkg.funcDecls.filter((decl) => changedRegion(decl, others.get(keyOf(decl)) ?? []) !== undefined);
  const touched = new Set([...changed, ...usersOf(pkg, seeds)]);
  const concerned = new Set([...callersOf(pkg, touched)].map(keyOf));
  const all = new Set(pkg.funcDecls.map(keyOf));
  return { has: (key) => all.has(key), reaches: (key) => concerned.has(key) };
}

/** More callers than this are not followed: everything leads to what is changed, a logger say, and says little about it. */
const maxCallers = 400;

/**
 * The functions given and those whose text names one of them, and so on: who may call them, by whatever way. Names alone are
 * asked, which is too much rather than too little; a method is always named behind a dot, a function of the package never.
 * Callers are followed as far up as there are not too many of them together.
 */
export function callersOf(pkg: GoPackage, touched: ReadonlySet<FuncDecl>): ReadonlySet<FuncDecl> {
  const naming = touched.size > 0 ? namesIn(pkg) : new Map<string, readonly FuncDecl[]>();
  const callers = new Set(touched);
  for (let level = touched; level.size > 0; ) {
    const next = new Set(
      [...level].flatMap((one) => naming.get(asNamed(one)) ?? []).filter((one) => !callers.has(one)),
    );
    if (callers.size - touched.size + next.size > maxCallers) break;
    for (const caller of next) callers.add(caller);
    level = next;
  }
  return callers;
}

/** The functions in whose text the name of a function or method of the package stands. */
function namesIn(pkg: GoPackage): ReadonlyMap<string, readonly FuncDecl[]> {
  const naming = new Map<string, FuncDecl[]>(pkg.funcDecls.map((decl) => [asNamed(decl), []]));
  for (const decl of pkg.funcDecls) {
    const text = decl.file.text.slice(decl.range.start, decl.range.end);
    const words = new Set(text.match(/(?:\.\s*)?[\p{L}_][\p{L}\p{N}_]*/gu)?.map((word) => word.replace(/^\.\s*/, '.')));
    for (const word of words) naming.get(word)?.push(decl);
  }
  return naming;
}

function asNamed(decl: FuncDecl): string {
  return decl.recv ? `.${decl.name.name}` : decl.name.name;
}
