/**
 * Which functions of other packages are looked into, asked of the text, so that those that play no part are not even turned
 * into syntax: they hold a construct of concurrency, or name a function that has one, or are short.
 */
import type { FuncDecl } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';

/** What blocks, wakes, starts or keeps a goroutine. */
const constructs =
  /<-|\bgo\s+[\w(]|\bselect\b|\bclose\(|\bchan\b|\.(?:R?Lock|R?Unlock|Wait|Add|Done|Go|Signal|Broadcast|Do|Acquire|Release|Stop|AfterFunc)\(|\bcontext\.|\bsync\.|\bPipe\(/;

/** In a signature: a function or channel is handed over, or handed out. */
const carrying = /\bchan\b|\bfunc\(/;

/** What makes a channel, or a goroutine that can wait. */
const making = /\bgo\s+[\w(]|\.Go\(|\bmake\(\s*chan\b/;

/** A question about the text of one function. */
type Test = (body: string, decl: FuncDecl) => boolean;

const touches: Test = (body, { file, name, bodyRange }) =>
  constructs.test(body) || carrying.test(file.text.slice(name.range.end, bodyRange?.start));
const makes: Test = (body) => making.test(body);

/**
 * Whether calls of a function of another package are followed. Short ones are, whatever they do: they read and write the
 * flags that branches hang on, and two questions about one flag must have one answer.
 */
export function isWorthSeeing(home: GoPackage, decl: FuncDecl): boolean {
  return isShort(decl) || reaching(home, touches).has(decl);
}

/** Characters of the body of an accessor, a constructor or a conversion. */
const shortBody = 200;

function isShort({ bodyRange }: FuncDecl): boolean {
  return bodyRange !== undefined && bodyRange.end - bodyRange.start <= shortBody;
}

/** Functions that call one of another package that may start a goroutine or make a channel. */
export function callersAcross(pkg: GoPackage): ReadonlySet<FuncDecl> {
  return new Set(pkg.funcDecls.filter((decl) => namesAcross(pkg, decl, makes)));
}

/** Whether a package imports one whose functions may start a goroutine or make a channel. */
export function importsMakers(pkg: GoPackage): boolean {
  return pkg.funcDecls.some((decl) => namesAcross(pkg, decl, makes));
}

const known = new WeakMap<GoPackage, Map<Test, ReadonlySet<FuncDecl>>>();

function reaching(pkg: GoPackage, test: Test): ReadonlySet<FuncDecl> {
  const ofPackage = known.get(pkg) ?? new Map<Test, ReadonlySet<FuncDecl>>();
  known.set(pkg, ofPackage);
  const done = ofPackage.get(test);
  if (done) return done;
  // Import cycles do not compile; they end here.
  ofPackage.set(test, new Set());
  const found = collect(pkg, test);
  ofPackage.set(test, found);
  return found;
}

function collect(pkg: GoPackage, test: Test): ReadonlySet<FuncDecl> {
  const found = new Set<FuncDecl>();
  const work = pkg.funcDecls.filter((decl) => test(bodyOf(decl), decl) || namesAcross(pkg, decl, test));
  const namers = work.length > 0 ? namersOf(pkg) : new Map<FuncDecl, readonly FuncDecl[]>();
  for (let decl = work.pop(); decl; decl = work.pop()) {
    if (found.has(decl)) continue;
    found.add(decl);
    work.push(...(namers.get(decl) ?? []));
  }
  return found;
}

/** Whether a function of another package that passes the test is named in a body. */
function namesAcross(pkg: GoPackage, decl: FuncDecl, test: Test): boolean {
  const body = bodyOf(decl);
  return decl.file.imports.some(({ path, name }) => {
    const home = name === '_' || name === '.' ? undefined : pkg.imported(path);
    if (!home) return false;
    const qualifier = name ?? home.name;
    if (!body.includes(`${qualifier}.`)) return false;
    const members = new Set(body.match(new RegExp(`(?<![\\w.])${qualifier}\\.[\\w\u0080-\uffff]+`, 'g')));
    if (members.size === 0) return false;
    const worth = reaching(home, test);
    return [...members].some((member) => {
      const target = home.funcs.get(member.slice(qualifier.length + 1));
      return target !== undefined && worth.has(target);
    });
  });
}

/** In whose bodies the name of a function stands, as that of a call. */
function namersOf(pkg: GoPackage): ReadonlyMap<FuncDecl, readonly FuncDecl[]> {
  const byName = new Map<string, FuncDecl[]>();
  for (const decl of pkg.funcDecls) byName.set(decl.name.name, [...(byName.get(decl.name.name) ?? []), decl]);
  const namers = new Map<FuncDecl, FuncDecl[]>();
  for (const decl of pkg.funcDecls) {
    const words = new Set(bodyOf(decl).match(/[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/g));
    for (const other of [...words].flatMap((word) => byName.get(word) ?? []))
      namers.set(other, [...(namers.get(other) ?? []), decl]);
  }
  return namers;
}

function bodyOf({ bodyRange, file }: FuncDecl): string {
  return bodyRange ? file.text.slice(bodyRange.start, bodyRange.end) : '';
}
