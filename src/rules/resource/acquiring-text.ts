/** A cheap look at texts before anything is lowered: which functions may acquire a resource, and which may return one. */
import type { FuncDecl } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { acquiringWords } from './resources.ts';

/** Generated streams have no known name; they matter with a context that never ends. */
const endlessContext = 'context\\.(?:Background|TODO)\\(';

const words: readonly string[] = [...acquiringWords, 'Do', 'RoundTrip'];

const acquires = new RegExp(`\\b(?:${words.join('|')})\\(|${endlessContext}`);

/** How often functions that return each other's results are looked for. */
const rounds = 3;

const returning = new WeakMap<GoPackage, ReadonlySet<FuncDecl>>();

/** Whether a function may hand a resource to its caller. */
export function mayReturnAcquired(pkg: GoPackage, decl: FuncDecl): boolean {
  return returningFunctions(pkg).has(decl);
}

/** Matches the text of functions that may acquire a resource, themselves or through functions of packages in sight. */
export function acquiringText(pkg: GoPackage): RegExp {
  const paths = new Set(pkg.files.flatMap(({ imports }) => imports.map(({ path }) => path)));
  const others = [...paths].flatMap((path) => pkg.imported(path) ?? []);
  const names = [pkg, ...others].flatMap((each) => [...returningFunctions(each)].map(({ name }) => name.name));
  return textOf([...words, ...new Set(names)]);
}

function returningFunctions(pkg: GoPackage): ReadonlySet<FuncDecl> {
  const known = returning.get(pkg);
  if (known) return known;
  const candidates = pkg.funcDecls.filter(returnsForeignValue);
  const found = new Set<FuncDecl>();
  let pattern = acquires;
  for (let round = 0; round < rounds; round++) {
    const more = candidates.filter((decl) => !found.has(decl) && pattern.test(bodyText(decl)));
    if (more.length === 0) break;
    for (const decl of more) found.add(decl);
    pattern = textOf(more.map(({ name }) => name.name));
  }
  returning.set(pkg, found);
  return found;
}

function textOf(names: readonly string[]): RegExp {
  return new RegExp(`\\b(?:${names.join('|')})\\(|${endlessContext}`);
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
