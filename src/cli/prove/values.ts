/**
 * Values for the parameters and receivers of a generated test, from their types alone. Where a type has several values
 * that may matter, the source asks `pick(&n, a, b)`: the test goes through all of them, the likeliest first.
 */
import type { Expr, FuncType } from '../../go/ast.ts';
import type { GoPackage, TypeInfo } from '../../go/package.ts';
import { basicValues, standardValues } from './standard-values.ts';
import { Stubs } from './stubs.ts';
import {
  flat,
  type Imports,
  importPathOf,
  type Scope,
  signatureSource,
  typeSource,
  Unnameable,
} from './type-source.ts';

/** No more ways than these are tried. */
const maxWays = 768;
/** Fields of fields of a value are filled so deep. */
const maxDepth = 2;

export interface ValueWishes {
  /** Name of the generated function `pick`. */
  readonly pick: string;
  /** Constants that the code compares with, as source. */
  readonly constants: readonly string[];
  /** The witness takes a way on which something is nil. */
  readonly nil: boolean;
}

export class Values {
  readonly imports: Imports;
  readonly stubs: Stubs;
  /** Parts that a person has to fill in, each with what it is. */
  readonly gaps: string[] = [];
  readonly home: GoPackage;
  readonly wishes: ValueWishes;
  #ways = 1;

  constructor(home: GoPackage, imports: Imports, wishes: ValueWishes) {
    this.home = home;
    this.imports = imports;
    this.wishes = wishes;
    this.stubs = new Stubs(this);
  }

  /** How many combinations of picks there are. */
  get ways(): number {
    return this.#ways;
  }

  type(type: Expr, scope: Scope): string {
    return typeSource(type, scope, this.home, this.imports);
  }

  /** One of several values as source; only the first when more would be too many combinations. */
  pick(sources: readonly string[], type: string): string {
    const kept = sources.slice(0, Math.max(1, Math.floor(maxWays / this.#ways)));
    const [first = 'nil'] = kept;
    if (kept.length === 1) return first;
    this.#ways *= kept.length;
    return `${this.wishes.pick}[${type}](&n, ${kept.join(', ')})`;
  }

  /** A value of a type, with picks. */
  value(type: Expr, scope: Scope, depth = 0): string {
    if (depth > maxDepth) return this.plain(type, scope, depth);
    if (type.kind === 'Ellipsis' && type.elt) return `${this.#slice(type.elt, scope, depth)}...`;
    const before = this.#ways;
    const sources = this.#alternatives(type, scope, depth);
    if (sources.length === 1 || this.#ways > before) return sources[0] ?? 'nil';
    return this.pick(sources, this.type(type, scope));
  }

  /** The likeliest value of a type, without picks. */
  plain(type: Expr, scope: Scope, depth = 0): string {
    const ways = this.#ways;
    this.#ways = maxWays;
    try {
      if (type.kind === 'Ellipsis' && type.elt) return `${this.#slice(type.elt, scope, depth)}...`;
      return this.#alternatives(type, scope, depth)[0] ?? 'nil';
    } finally {
      this.#ways = ways;
    }
  }

  /** What a function that the test hands over may return, likeliest first. */
  results(type: Expr, scope: Scope): readonly string[] {
    const name = type.kind === 'Ident' && !scope.pkg.types.has(type.name) ? type.name : undefined;
    if (name === 'error' || name === 'bool') return this.#basic(name);
    if (type.kind === 'StarExpr' && this.wishes.nil) return [this.plain(type, scope, 1), 'nil'];
    return [this.plain(type, scope, 1)];
  }

  #alternatives(type: Expr, scope: Scope, depth: number): readonly string[] {
    switch (type.kind) {
      case 'Ident':
        return this.#ident(type.name, scope, depth);
      case 'ParenExpr':
        return this.#alternatives(type.x, scope, depth);
      case 'SelectorExpr':
        return this.#selected(type, '', scope, depth) ?? this.#zero(type, scope);
      case 'StarExpr':
        return this.#pointer(type.x, scope, depth);
      case 'ArrayType':
        return type.len ? this.#zero(type, scope) : [this.#slice(type.elt, scope, depth)];
      case 'MapType': {
        const source = this.type(type, scope);
        const entry = `${this.plain(type.key, scope, depth + 1)}: ${this.plain(type.value, scope, depth + 1)}`;
        return [`${source}{${entry}}`, `${source}{}`];
      }
      case 'ChanType':
        return this.stubs.channels(type, scope);
      case 'FuncType':
        return this.stubs.functions(type, scope);
      case 'InterfaceType':
        return type.methods.length === 0
          ? (basicValues.get('any') ?? [])
          : this.stubs.implementations(type, scope, 'Value');
      case 'IndexExpr':
        return this.#generic(type, scope, depth);
      case 'StructType':
        return [`${this.type(type, scope)}{}`];
      default:
        return this.#zero(type, scope);
    }
  }

  #ident(name: string, scope: Scope, depth: number): readonly string[] {
    const argument = scope.typeArgs.get(name);
    const own = argument === undefined ? scope.pkg.types.get(name) : undefined;
    if (own) return this.#named(own, name, scope, depth);
    return this.#basic(argument ?? name);
  }

  #basic(name: string): readonly string[] {
    const known = basicValues.get(name);
    if (!known) return [`*new(${name})`];
    if (name === 'error') this.imports.add('errors');
    if (name === 'string') return this.#strings(known);
    return /int|byte|rune/.test(name) ? [...new Set([...known, ...this.#constants(/^\d{1,4}$/)])].slice(0, 5) : known;
  }

  #strings(known: readonly string[]): readonly string[] {
    const wished = this.#constants(/^("|os\.)/);
    if (wished.some((text) => text.startsWith('os.'))) this.imports.add('os');
    return [...new Set([...wished, ...known])].slice(0, 4);
  }

  #constants(shape: RegExp): readonly string[] {
    return this.wishes.constants.filter((text) => shape.test(text));
  }

  #slice(elt: Expr, scope: Scope, depth: number): string {
    const source = this.type(elt, scope);
    const one = this.plain(elt, scope, depth + 1);
    const list = `[]${source}`;
    // Functions and interfaces decide what becomes of their list; numbers and texts seldom do.
    const chosen = isBasic(elt, scope) ? one : this.value(elt, scope, depth + 1);
    return this.pick(
      [`${list}{${one}, ${one}}`, `${list}{${chosen}}`, 'nil', `${list}{${one}, ${one}, ${one}, ${one}}`],
      list,
    );
  }

  #pointer(elem: Expr, scope: Scope, depth: number): readonly string[] {
    const known = elem.kind === 'SelectorExpr' ? this.#selected(elem, '*', scope, depth) : undefined;
    if (known) return known;
    const name =
      elem.kind === 'Ident' ? elem.name : elem.kind === 'IndexExpr' && elem.x.kind === 'Ident' ? elem.x.name : '';
    const own = scope.typeArgs.has(name) ? undefined : scope.pkg.types.get(name);
    const isStruct = own?.spec.type.kind === 'StructType';
    if (own && isStruct && (scope.pkg === this.home || this.#isOpen(own)) && depth <= maxDepth)
      return [`&${this.literal(own, this.type(elem, scope), scope, depth)}`];
    return [`new(${this.type(elem, scope)})`];
  }

  /** A struct whose fields a test can set. */
  #isOpen({ name }: TypeInfo): boolean {
    return /^\p{Lu}/u.test(name);
  }

  #selected(
    type: Expr & { readonly kind: 'SelectorExpr' },
    star: '' | '*',
    { file, pkg }: Scope,
    depth: number,
  ): readonly string[] | undefined {
    const path = type.x.kind === 'Ident' ? importPathOf(file, type.x.name) : undefined;
    if (path === undefined) return undefined;
    const standard = standardValues.get(`${star}${path}.${type.sel.name}`);
    if (standard) {
      for (const needed of standard.imports ?? []) this.imports.add(needed);
      return standard.sources;
    }
    if (star === '*') return undefined;
    const other = pkg.imported(path) ?? (path === this.home.importPath ? this.home : undefined);
    const info = other?.types.get(type.sel.name);
    return (
      other && info && this.#named(info, type.sel.name, { pkg: other, file: info.file, typeArgs: new Map() }, depth)
    );
  }

  #named(info: TypeInfo, name: string, around: Scope, depth: number): readonly string[] {
    const scope: Scope = { pkg: around.pkg, file: info.file, typeArgs: around.typeArgs };
    const { type } = info.spec;
    if (type.kind === 'StructType') return [this.literal(info, this.#nameOf(name, scope), scope, depth)];
    if (type.kind === 'InterfaceType') return this.stubs.implementations(type, scope, name);
    if (depth > maxDepth + 2) return [`*new(${this.#nameOf(name, scope)})`];
    return this.#alternatives(type, scope, depth + 1);
  }

  #nameOf(name: string, scope: Scope): string {
    if (scope.pkg === this.home) return name;
    if (!/^\p{Lu}/u.test(name) || scope.pkg.importPath === undefined) throw new Unnameable(`${name} is not exported`);
    return `${this.imports.add(scope.pkg.importPath, scope.pkg.name)}.${name}`;
  }

  #generic(type: Expr & { readonly kind: 'IndexExpr' }, scope: Scope, depth: number): readonly string[] {
    const info = type.x.kind === 'Ident' ? scope.pkg.types.get(type.x.name) : undefined;
    if (!info) return this.#zero(type, scope);
    const names = info.spec.typeParams.flatMap((field) => field.names.map(({ name }) => name));
    const typeArgs = new Map(
      names.map((name, at) => [name, type.indices[at] ? this.type(type.indices[at], scope) : 'int']),
    );
    const inner: Scope = { pkg: scope.pkg, file: info.file, typeArgs };
    if (info.spec.type.kind === 'StructType') return [this.literal(info, this.type(type, scope), inner, depth)];
    return this.#alternatives(info.spec.type, inner, depth + 1);
  }

  /** A composite literal whose channels, functions and the like are set. */
  literal(info: TypeInfo, source: string, scope: Scope, depth: number): string {
    const { type } = info.spec;
    if (type.kind !== 'StructType' || depth > maxDepth) return `${source}{}`;
    const elements = type.fields.flatMap(({ names, type: held }) =>
      names
        .filter(({ name }) => name !== '_' && (scope.pkg === this.home || /^\p{Lu}/u.test(name)))
        .flatMap(({ name }) =>
          this.#isWorthSetting(held, scope) ? [`${name}: ${this.#field(held, info.name, scope, depth + 1)}`] : [],
        ),
    );
    return `${source}{${elements.join(', ')}}`;
  }

  /** What would block or crash when it is left zero, and numbers that are often limits. */
  #isWorthSetting(type: Expr, scope: Scope): boolean {
    if (['ChanType', 'FuncType', 'MapType', 'InterfaceType'].includes(type.kind)) return true;
    if (type.kind === 'ArrayType') return type.len === undefined;
    if (type.kind === 'SelectorExpr') {
      const path = type.x.kind === 'Ident' ? importPathOf(scope.file, type.x.name) : undefined;
      return standardValues.has(`${path}.${type.sel.name}`);
    }
    if (type.kind === 'StarExpr') return type.x.kind === 'Ident' || this.#isWorthSetting({ ...type.x }, scope);
    if (type.kind !== 'Ident' || scope.typeArgs.has(type.name)) return false;
    const own = scope.pkg.types.get(type.name);
    if (own)
      return own.spec.type.kind === 'StructType' || this.#isWorthSetting(own.spec.type, { ...scope, file: own.file });
    return type.name === 'int' || type.name === 'bool';
  }

  #zero(type: Expr, scope: Scope): readonly string[] {
    const source = this.type(type, scope);
    if (type.kind === 'SelectorExpr' || type.kind === 'IndexExpr') this.gaps.push(source);
    return [`*new(${source})`];
  }

  /** The next one of a list is there or not. */
  #field(held: Expr, owner: string, scope: Scope, depth: number): string {
    const value = this.value(held, scope, depth);
    const again = held.kind === 'StarExpr' && held.x.kind === 'Ident' && held.x.name === owner;
    return again ? this.pick([value, 'nil'], this.type(held, scope)) : value;
  }

  /** Parameter types of a function that the test calls, as arguments. */
  args({ params }: FuncType, scope: Scope): string {
    return flat(params)
      .map((type) => this.value(type, scope))
      .join(', ');
  }

  signature(type: FuncType, scope: Scope, name?: (at: number) => string): string {
    return signatureSource(type, (inner) => this.type(inner, scope), name);
  }
}

function isBasic(type: Expr, { pkg }: Scope): boolean {
  return type.kind === 'Ident' && !pkg.types.has(type.name) && type.name !== 'error';
}
