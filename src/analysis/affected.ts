/**
 * Which functions a change of a package can concern, so that only they are searched again.
 *
 * A function is concerned when it reaches, through calls, `go` statements, function values or methods of that name, a
 * function whose text has changed, or one that uses a field or package variable which the changed text uses otherwise
 * than before; which field or variable is meant, bindings say. Callers are asked as far up as there are not too many of
 * them (`change-concerns.ts`). A change of anything but function declarations concerns everything.
 */
import type { Decl, File, FuncDecl } from '../go/ast.ts';
import type { FieldInfo, GoPackage } from '../go/package.ts';
import { callGraphOf } from './call-graph.ts';
import { callersOf } from './change-concerns.ts';
import { seedsOfFunctions, usersOf } from './change-seeds.ts';

/** Whether a function, of either package, is concerned. */
export type Concerns = (decl: FuncDecl) => boolean;

/** Compares two versions of a package; undefined when everything may be concerned. */
export function concernedBy(before: GoPackage, after: GoPackage): Concerns | undefined {
  const pairs = pairFiles(before, after);
  if (!pairs) return undefined;
  const partners = new Map<FuncDecl, FuncDecl>();
  const changed: FuncDecl[] = [];
  for (const [old, now] of pairs) {
    for (const [at, decl] of old.decls.entries()) {
      const other = now.decls[at];
      if (!other || !sameDeclaration(decl, other)) return undefined;
      const same = textOf(old, decl) === textOf(now, other);
      if (decl.kind !== 'FuncDecl' || other.kind !== 'FuncDecl') {
        if (!same) return undefined;
        continue;
      }
      partners.set(other, decl);
      if (!same) changed.push(decl);
    }
  }
  for (const [now, old] of partners) originals.set(now, old);
  return concernsOf(before, seedsOf(before, after, changed, partners));
}

/** The declaration in the package as it was, of one in a changed version of it. */
const originals = new WeakMap<FuncDecl, FuncDecl>();

/** One answer per package and set of changed functions, so that what was computed for it can be kept. */
const answers = new WeakMap<GoPackage, Map<string, Concerns>>();

function concernsOf(before: GoPackage, seeds: readonly FuncDecl[]): Concerns {
  const known = answers.get(before) ?? new Map<string, Concerns>();
  answers.set(before, known);
  const key = [...new Set(seeds.map((seed) => before.funcDecls.indexOf(seed)))].sort((a, b) => a - b).join(' ');
  const concerns = known.get(key) ?? reaches(before, seeds);
  known.set(key, concerns);
  return concerns;
}

function reaches(before: GoPackage, seeds: readonly FuncDecl[]): Concerns {
  const graph = callGraphOf(before);
  const near = callersOf(before, new Set(seeds));
  const known = new Map<FuncDecl, boolean>();
  return (asked) => {
    const decl = originals.get(asked) ?? asked;
    let answer = known.get(decl);
    if (answer === undefined) {
      const reached = near.has(decl) ? graph.reachedFrom(decl) : undefined;
      answer = seeds.some((seed) => reached?.has(seed));
      known.set(decl, answer);
    }
    return answer;
  };
}

/** Files by path with their new version; undefined when files came or went, or declarations did. */
function pairFiles(before: GoPackage, after: GoPackage): readonly (readonly [File, File])[] | undefined {
  if (before.files.length !== after.files.length) return undefined;
  const pairs: (readonly [File, File])[] = [];
  for (const [at, old] of before.files.entries()) {
    const now = after.files[at];
    if (now?.path !== old.path || now.decls.length !== old.decls.length) return undefined;
    if (now !== old) pairs.push([old, now]);
  }
  return pairs;
}

function sameDeclaration(old: Decl, now: Decl): boolean {
  if (old.kind !== 'FuncDecl' || now.kind !== 'FuncDecl') return old.kind === now.kind;
  return old.name.name === now.name.name && (old.recv === undefined) === (now.recv === undefined);
}

/** Changed functions, and those that use what the change uses otherwise. */
function seedsOf(
  before: GoPackage,
  after: GoPackage,
  changed: readonly FuncDecl[],
  partners: ReadonlyMap<FuncDecl, FuncDecl>,
): readonly FuncDecl[] {
  const pairs = [...partners].filter(([, old]) => changed.includes(old));
  const touched = [
    seedsOfFunctions(after, pairs),
    seedsOfFunctions(
      before,
      pairs.map(([now, old]) => [old, now] as const),
    ),
  ].map((seeds) => ({ ...seeds, fields: usedOtherwise(before, after, seeds.fields, changed, partners) }));
  return [...new Set([...changed, ...usersOf(before, touched)])];
}

/** Those of some fields of which the changed functions make another use than before. */
function usedOtherwise(
  before: GoPackage,
  after: GoPackage,
  fields: ReadonlySet<string>,
  changed: readonly FuncDecl[],
  partners: ReadonlyMap<FuncDecl, FuncDecl>,
): ReadonlySet<string> {
  const fieldIn = (pkg: GoPackage, field: string) => {
    const [type = '', name = ''] = field.split('.');
    return pkg.types.get(type)?.fields.get(name);
  };
  const differs = (field: string) => {
    const [old, now] = [fieldIn(before, field), fieldIn(after, field)];
    return !old || !now || usesIn(old, changed) !== usesIn(now, changed, partners);
  };
  return new Set([...fields].filter(differs));
}

/** How the changed functions use a field, as a text that is equal for equal uses. Calls of its methods do not count. */
function usesIn(field: FieldInfo, changed: readonly FuncDecl[], partners?: ReadonlyMap<FuncDecl, FuncDecl>): string {
  return field.uses
    .filter(({ kind, func }) => kind !== 'call' && func && changed.includes(partners?.get(func) ?? func))
    .map(({ kind }) => kind)
    .sort()
    .join(' ');
}

function textOf(file: File, decl: Decl): string {
  return file.text.slice(decl.range.start, decl.range.end);
}
