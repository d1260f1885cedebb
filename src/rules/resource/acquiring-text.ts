/** A cheap look at texts before anything is lowered: which functions may acquire a resource, and which may return one. */
import type { FuncDecl } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { work } from '../../work/meter.ts';
import type { ResourceTable } from './resources.ts';

/** Generated streams have no known name; they matter with a context that never ends. */
const endlessContext = /context\.(?:Background|TODO)\(/;

/** Methods of interfaces that stand for an HTTP client. */
const doers = ['Do', 'RoundTrip'];

/** How often functions that return each other's results are looked for. */
const rounds = 3;

const returning = new WeakMap<ResourceTable, WeakMap<GoPackage, ReadonlySet<FuncDecl>>>();

/** Whether a function may hand a resource to its caller. */
export function mayReturnAcquired(pkg: GoPackage, decl: FuncDecl, table: ResourceTable): boolean {
  return returningFunctions(pkg, table).has(decl);
}

/** Says of a text whether its code may acquire a resource, itself or through functions of packages in sight. */
export function acquiringText(pkg: GoPackage, table: ResourceTable): (text: string) => boolean {
  const others = [...importsOf(pkg)].flatMap((path) => pkg.imported(path) ?? []);
  const names = [pkg, ...others].flatMap((each) => [...returningFunctions(each, table)].map(({ name }) => name.name));
  const wanted = new Set([...wordsOf(pkg, table), ...names]);
  return (text) => callsOneOf(text, wanted);
}

function importsOf(pkg: GoPackage): ReadonlySet<string> {
  return new Set(pkg.files.flatMap(({ imports }) => imports.map(({ path }) => path)));
}

/** The words that can stand for an acquiring call in the package. */
function wordsOf(pkg: GoPackage, table: ResourceTable): ReadonlySet<string> {
  const paths = importsOf(pkg);
  const words = table.words.flatMap(({ word, path }) => (path === undefined || paths.has(path) ? [word] : []));
  return new Set([...words, ...doers]);
}

function returningFunctions(pkg: GoPackage, table: ResourceTable): ReadonlySet<FuncDecl> {
  const answers = returning.get(table) ?? new WeakMap<GoPackage, ReadonlySet<FuncDecl>>();
  returning.set(table, answers);
  const known = answers.get(pkg);
  if (known) return known;
  const candidates = pkg.funcDecls.filter(returnsForeignValue);
  const found = new Set<FuncDecl>();
  let wanted = wordsOf(pkg, table);
  for (let round = 0; round < rounds; round++) {
    const more = candidates.filter((decl) => !found.has(decl) && callsOneOf(bodyText(decl), wanted));
    if (more.length === 0) break;
    for (const decl of more) found.add(decl);
    wanted = new Set(more.map(({ name }) => name.name));
  }
  answers.set(pkg, found);
  return found;
}

/** The engine of the language searches a text faster than the analysis looks at nodes. */
const charactersPerStep = 100;

/** One look at each word: there may be thousands of names, so they are no alternatives of a pattern. */
function callsOneOf(text: string, names: ReadonlySet<string>): boolean {
  work(text.length / charactersPerStep);
  if (endlessContext.test(text)) return true;
  for (const { 0: word, index } of text.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu))
    if (names.has(word) && /[([]/.test(text.charAt(index + word.length))) return true;
  return false;
}

/** A resource is a value of another package, `*http.Response`, or a function. */
function returnsForeignValue(decl: FuncDecl): boolean {
  const last = decl.type.params.at(-1);
  const start = last ? last.type.range.end : decl.name.range.end;
  return (
    decl.type.results.length > 0 &&
    /\w\.\w|\bfunc\s*\(/.test(decl.file.text.slice(start, decl.bodyRange?.start ?? start))
  );
}

function bodyText(decl: FuncDecl): string {
  return decl.bodyRange ? decl.file.text.slice(decl.bodyRange.start, decl.bodyRange.end) : '';
}
