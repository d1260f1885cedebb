/**
 * What a change touches outside the functions whose text it changes, and who uses it: fields, package variables and types by
 * their bindings (`touched-uses.ts`).
 */
import type { Decl, File, FuncDecl, StructType } from '../go/ast.ts';
import type { GoPackage, TypeInfo } from '../go/package.ts';
import type { Range } from '../text/offset.ts';
import { type Collected, collectUses, noSeeds, type Seeds } from './touched-uses.ts';

/** A name that is the same on both sides of a change: receiver type and name of a function. */
export function keyOf(decl: FuncDecl): string {
  const recv = decl.recv ? sourceOf(decl.file, decl.recv.type).replace(/^\*|\[.*$/g, '') : '';
  return `${recv}.${decl.name.name}`;
}

/** What is touched by the text of some functions that their other version does not have. */
export function seedsOfFunctions(pkg: GoPackage, versions: Iterable<readonly [FuncDecl, FuncDecl]>): Seeds {
  const seeds = noSeeds();
  for (const [decl, other] of versions) {
    const region = changedRegion(decl, [other]);
    if (region) collectUses(pkg, decl, region, seeds);
  }
  return seeds;
}

/** What is touched by the text of one side that the other side does not have. */
export function seedsOf(pkg: GoPackage, other: GoPackage): Seeds {
  const seeds = noSeeds();
  const others = functionsByKey(other);
  for (const decl of pkg.funcDecls) {
    const region = changedRegion(decl, others.get(keyOf(decl)) ?? []);
    if (region) collectUses(pkg, decl, region, seeds);
  }
  for (const [name, info] of pkg.types) collectType(name, info, other.types.get(name), seeds);
  const before = valuesOf(other);
  for (const [name, text] of valuesOf(pkg)) {
    if (before.get(name) === text) continue;
    seeds.values.add(name);
    const spec = pkg.global(name)?.decl;
    if (spec) collectUses(pkg, spec, spec.range, seeds);
  }
  return seeds;
}

/** Functions of a package that use one of the seeds. */
export function usersOf(pkg: GoPackage, sides: readonly Seeds[]): ReadonlySet<FuncDecl> {
  const users = new Set<FuncDecl>();
  const all = (of: (seeds: Seeds) => ReadonlySet<string>) => new Set(sides.flatMap((seeds) => [...of(seeds)]));
  for (const field of all(({ fields }) => fields)) {
    const [type = '', name = ''] = field.split('.');
    for (const { func } of pkg.types.get(type)?.fields.get(name)?.uses ?? []) if (func) users.add(func);
  }
  for (const name of all(({ values }) => values)) {
    const binding = pkg.global(name);
    for (const use of binding ? pkg.usesOf(binding) : []) {
      const { func } = pkg.enclosing(use);
      if (func) users.add(func);
    }
  }
  const mention = mentionOf(
    all(({ types }) => types),
    all(({ looseFields }) => looseFields),
  );
  if (mention) for (const decl of pkg.funcDecls) if (mention.test(sourceOf(decl.file, decl))) users.add(decl);
  return users;
}

/**
 * The part of a function that no function of its name on the other side has: between the first and the last line that
 * differ; undefined when nothing differs.
 */
export function changedRegion(decl: FuncDecl, others: readonly FuncDecl[]): Range | undefined {
  const text = sourceOf(decl.file, decl);
  if (others.some((other) => sourceOf(other.file, other) === text)) return undefined;
  const [other] = others;
  if (!other) return decl.range;
  const [now, old] = [text.split('\n'), sourceOf(other.file, other).split('\n')];
  const most = Math.min(now.length, old.length);
  let head = 0;
  while (head < most && now[head] === old[head]) head += 1;
  let tail = 0;
  while (tail < most - head && now.at(-1 - tail) === old.at(-1 - tail)) tail += 1;
  const length = (lines: readonly string[]) => lines.reduce((sum, line) => sum + line.length + 1, 0);
  const start = decl.range.start + length(now.slice(0, head));
  const end = decl.range.end - length(now.slice(now.length - tail));
  return { start, end: Math.max(start, end) } as Range;
}

export function functionsByKey(pkg: GoPackage): ReadonlyMap<string, readonly FuncDecl[]> {
  const byKey = new Map<string, FuncDecl[]>();
  for (const decl of pkg.funcDecls) {
    const same = byKey.get(keyOf(decl)) ?? [];
    same.push(decl);
    byKey.set(keyOf(decl), same);
  }
  return byKey;
}

/** Of two structs that differ in plain fields alone, only these fields are touched: no method came or went with them. */
function collectType(name: string, info: TypeInfo, before: TypeInfo | undefined, seeds: Collected): void {
  const text = (one: TypeInfo) => sourceOf(one.file, one.spec);
  if (before && text(info) === text(before)) return;
  const struct = structOf(info);
  if (!before || !struct || !structOf(before) || embedded(info) !== embedded(before)) {
    seeds.types.add(name);
    return;
  }
  for (const [field, { field: decl }] of info.fields) {
    const old = before.fields.get(field);
    if (!old || sourceOf(info.file, decl) !== sourceOf(before.file, old.field)) seeds.fields.add(`${name}.${field}`);
  }
}

function structOf({ spec }: TypeInfo): StructType | undefined {
  return spec.type.kind === 'StructType' && !spec.alias ? spec.type : undefined;
}

function embedded(info: TypeInfo): string {
  return [...info.fields.values()].flatMap((one) => (one.embedded ? sourceOf(info.file, one.field) : [])).join(' ');
}

/** Package variables and constants with what declares them; constants that count on with all of their group. */
function valuesOf(pkg: GoPackage): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const add = (file: File, decl: Decl) => {
    if (decl.kind !== 'GenDecl' || decl.tok === 'import' || decl.tok === 'type') return;
    const whole = sourceOf(file, decl);
    for (const spec of decl.specs) {
      if (spec.kind !== 'ValueSpec') continue;
      const text = /\biota\b/.test(whole) ? whole : sourceOf(file, spec);
      for (const { name } of spec.names) if (name !== '_') values.set(name, text);
    }
  };
  for (const file of pkg.files) for (const decl of file.decls) add(file, decl);
  return values;
}

function mentionOf(types: ReadonlySet<string>, fields: ReadonlySet<string>): RegExp | undefined {
  const word = (names: ReadonlySet<string>, before: string) =>
    names.size === 0 ? [] : [`${before}(?:${[...names].join('|')})(?![\\p{L}\\p{N}_])`];
  const parts = [...word(types, '(?<![\\p{L}\\p{N}_])'), ...word(fields, '\\.\\s*')];
  return parts.length === 0 ? undefined : new RegExp(parts.join('|'), 'u');
}

function sourceOf(file: File, { range }: { readonly range: Range }): string {
  return file.text.slice(range.start, range.end);
}
