/** Types as source that a test file of the package can hold: qualified and imported as it has to be there. */
import type { Expr, Field, File, FuncType } from '../../go/ast.ts';
import { importNames } from '../../go/import-name.ts';
import type { GoPackage } from '../../go/package.ts';

/** Where a type expression stands. */
export interface Scope {
  readonly pkg: GoPackage;
  readonly file: File;
  /** What type parameters stand for. */
  readonly typeArgs: ReadonlyMap<string, string>;
}

/** A type that a file of another package cannot name. */
export class Unnameable extends Error {}

/** The imports of the file that is written, by path. */
export class Imports {
  readonly #names = new Map<string, string>();
  readonly #home: GoPackage;

  constructor(home: GoPackage) {
    this.#home = home;
  }

  /** The name under which a package is imported. */
  add(path: string, wanted?: string): string {
    const known = this.#names.get(path);
    if (known !== undefined) return known;
    const taken = new Set(this.#names.values());
    const free = (name: string) => !taken.has(name) && this.#home.global(name)?.decl === undefined;
    const usual = wanted ?? importNames(path)[0] ?? 'imported';
    let name = usual;
    for (let at = 2; !free(name); at++) name = `${usual}${at}`;
    this.#names.set(path, name);
    return name;
  }

  /** The import declaration for a text: values that were weighed and not taken leave nothing behind. */
  source(text: string): string {
    const used = [...this.#names].filter(([, name]) => new RegExp(`(?<![\\w.])${name}\\.`).test(text));
    const lines = used.map(([path, name]) => {
      const plain = name === path.split('/').at(-1);
      return { path, line: plain ? `\t"${path}"` : `\t${name} "${path}"` };
    });
    const isStandard = (path: string) => !(path.split('/', 1)[0] ?? '').includes('.') && path !== this.#home.importPath;
    const group = (standard: boolean) =>
      lines
        .filter(({ path }) => isStandard(path) === standard)
        .sort((a, b) => (a.path < b.path ? -1 : 1))
        .map(({ line }) => line);
    const groups = [group(true), group(false)].filter((one) => one.length > 0);
    return `import (\n${groups.map((one) => one.join('\n')).join('\n\n')}\n)`;
  }
}

/** The path behind `pkg` of `pkg.Name`. */
export function importPathOf(file: File, name: string): string | undefined {
  const named = file.imports.find((spec) => spec.name === name);
  return (named ?? file.imports.find((spec) => spec.name === undefined && importNames(spec.path).includes(name)))?.path;
}

/** Source of a type for the package `home`. Throws `Unnameable` for unexported types of other packages. */
export function typeSource(type: Expr, scope: Scope, home: GoPackage, imports: Imports): string {
  const again = (inner: Expr): string => typeSource(inner, scope, home, imports);
  switch (type.kind) {
    case 'Ident':
      return identSource(type.name, scope, home, imports);
    case 'SelectorExpr': {
      const path = type.x.kind === 'Ident' ? importPathOf(scope.file, type.x.name) : undefined;
      if (type.x.kind !== 'Ident' || path === undefined)
        throw new Unnameable('a type of a package that is not imported');
      return path === home.importPath ? type.sel.name : `${imports.add(path, type.x.name)}.${type.sel.name}`;
    }
    case 'StarExpr':
      return `*${again(type.x)}`;
    case 'ParenExpr':
      return again(type.x);
    case 'Ellipsis':
      return `...${type.elt ? again(type.elt) : ''}`;
    case 'ArrayType':
      return `[${type.len ? textOf(type.len, scope) : ''}]${again(type.elt)}`;
    case 'MapType':
      return `map[${again(type.key)}]${again(type.value)}`;
    case 'ChanType': {
      const value = again(type.value);
      const head = type.dir === 'both' ? 'chan ' : type.dir === 'send' ? 'chan<- ' : '<-chan ';
      return type.dir !== 'recv' && value.startsWith('<-') ? `${head}(${value})` : `${head}${value}`;
    }
    case 'FuncType':
      return `func${signatureSource(type, again)}`;
    case 'IndexExpr':
      return `${again(type.x)}[${type.indices.map(again).join(', ')}]`;
    default:
      return literalType(type, scope, home);
  }
}

function identSource(name: string, { pkg, typeArgs }: Scope, home: GoPackage, imports: Imports): string {
  const argument = typeArgs.get(name);
  if (argument !== undefined) return argument;
  if (pkg === home || !pkg.types.has(name)) return name;
  if (!/^\p{Lu}/u.test(name) || pkg.importPath === undefined)
    throw new Unnameable(`${pkg.name}.${name} is not exported`);
  return `${imports.add(pkg.importPath, pkg.name)}.${name}`;
}

/** `struct{…}` and `interface{…}` as they are written, where they are written in this package. */
function literalType(type: Expr, scope: Scope, home: GoPackage): string {
  const text = textOf(type, scope);
  if (/^(struct|interface)\s*\{\s*\}$/.test(text)) return text.replace(/\s/g, '');
  if (scope.pkg !== home) throw new Unnameable('a type literal of another package');
  return text;
}

function textOf({ range }: Expr, { file }: Scope): string {
  return file.text.slice(range.start, range.end);
}

/** `(a int, b string) error`; `name` gives the names of the parameters, absent leaves them out. */
export function signatureSource(
  { params, results }: FuncType,
  source: (type: Expr) => string,
  name?: (at: number) => string,
): string {
  const given = flat(params).map((type, at) => (name ? `${name(at)} ${source(type)}` : source(type)));
  const back = flat(results).map(source);
  const [only] = back;
  const tail = back.length === 0 ? '' : back.length === 1 ? ` ${only}` : ` (${back.join(', ')})`;
  return `(${given.join(', ')})${tail}`;
}

/** The types of a parameter or result list, one for each value. */
export function flat(fields: readonly Field[]): readonly Expr[] {
  return fields.flatMap(({ names, type }) => (names.length === 0 ? [type] : names.map(() => type)));
}
