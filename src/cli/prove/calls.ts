/** How a generated test enters the code: the calls of a scenario as Go statements. */
import type { Scenario } from '../../analysis/diagnostic.ts';
import type { Expr, File, FuncDecl, FuncType } from '../../go/ast.ts';
import { nodesAround } from '../../go/nodes-around.ts';
import type { GoPackage, TypeInfo } from '../../go/package.ts';
import { range } from '../../text/offset.ts';
import { goWords } from './go-words.ts';
import { block } from './layout.ts';
import { flat, importPathOf, type Scope } from './type-source.ts';
import type { Values } from './values.ts';

/** A function that can be called by name: declared, or a literal in a variable of the package. */
interface Entry {
  readonly name: string;
  readonly type: FuncType;
  readonly recv?: Expr;
  readonly scope: Scope;
}

/** Results of results are used so deep. */
const maxUse = 3;
/** Two that take locks for an instant meet in so many rounds. */
const manyTimes = 200_000;

/** The statements that walk a scenario; undefined when an entry cannot be called by name. */
export function callsOf(scenario: Scenario, pkg: GoPackage, values: Values): readonly string[] | undefined {
  const entries = scenario.calls.map(({ path, range }) => {
    const file = pkg.files.find((one) => one.path === path);
    return file && entryAt(file, range.start, pkg);
  });
  if (entries.length === 0 || entries.some((entry) => entry === undefined)) return undefined;
  const known = entries.filter((entry) => entry !== undefined);
  return new Calls(pkg, values).statements(known, scenario);
}

function entryAt(file: File, start: number, pkg: GoPackage): Entry | undefined {
  const at = nodesAround(file, range(start, start + 1))[0];
  if (at?.kind === 'FuncDecl') return declared(at, pkg);
  if (at?.kind !== 'GenDecl') return undefined;
  const spec = at.specs.find((one) => one.kind === 'ValueSpec');
  if (spec?.kind !== 'ValueSpec') return undefined;
  const [name] = spec.names;
  const [value] = spec.values;
  if (!name || value?.kind !== 'FuncLit') return undefined;
  return { name: name.name, type: value.type, scope: { pkg, file, typeArgs: new Map() } };
}

function declared({ name, type, recv, file }: FuncDecl, pkg: GoPackage): Entry {
  const typeArgs = new Map(
    type.typeParams.flatMap((field) => field.names.map((one) => [one.name, argumentFor(field.type)])),
  );
  return { name: name.name, type, ...(recv ? { recv: recv.type } : {}), scope: { pkg, file, typeArgs } };
}

/** A type that most constraints allow. */
function argumentFor(constraint: Expr): string {
  if (constraint.kind === 'InterfaceType') {
    const [first] = constraint.methods;
    if (first?.type.kind === 'Ident') return first.type.name;
  }
  return 'int';
}

class Calls {
  readonly #pkg: GoPackage;
  readonly #values: Values;
  /** Variables of the test by the name of the type whose methods are called. */
  readonly #receivers = new Map<string, string>();
  readonly #lines: string[] = [];

  constructor(pkg: GoPackage, values: Values) {
    this.#pkg = pkg;
    this.#values = values;
  }

  statements(entries: readonly Entry[], { anyOrder, again, handedOut }: Scenario): readonly string[] {
    const [only] = entries;
    if (entries.length === 1 && only && !again) {
      this.#one(only, handedOut === true);
      return this.#lines;
    }
    const methods = entries.filter((entry) => entry.recv !== undefined || !this.#makes(entry));
    for (const entry of entries) if (!methods.includes(entry)) this.#construct(entry);
    if (again) {
      this.#lines.push(`run(atOnce, ${this.#rounds(methods).join(', ')})`);
      return this.#lines;
    }
    const calls = (anyOrder ? repeatedOnce(methods) : methods).map((entry) => this.#call(entry));
    if (anyOrder && calls.length > 1) {
      const order = this.#values.pick(['inOrder', 'backwards', 'atOnce'], 'int');
      this.#lines.push(`run(${order}, ${calls.map((call) => `func() ${block([call])}`).join(', ')})`);
    } else this.#lines.push(`run(inOrder, ${calls.map((call) => `func() ${block([call])}`).join(', ')})`);
    return this.#lines;
  }

  /** Functions that make a call many times; one method has to meet itself. */
  #rounds(methods: readonly Entry[]): readonly string[] {
    const calls = methods.map((entry) => this.#call(entry));
    const meeting = calls.length === 1 ? [...calls, ...calls] : calls;
    return meeting.map((call) => `func() ${block([`for range ${manyTimes} ${block([call])}`])}`);
  }

  #one(entry: Entry, handedOut: boolean): void {
    const call = this.#call(entry);
    const results = flat(entry.type.results);
    if (results.length === 0 || !(handedOut || results.some((type) => this.#isUsable(type, entry.scope)))) {
      this.#lines.push(call);
      return;
    }
    const names = results.map((_, at) => `r${at}`);
    const uses = results.map((type, at) => this.#use(names[at] ?? '', type, entry.scope, 0));
    const kept = names.map((name, at) => ((uses[at] ?? []).length > 0 ? name : '_'));
    const assign = kept.every((name) => name === '_') ? '=' : ':=';
    this.#lines.push(`${kept.join(', ')} ${assign} ${call}`, ...uses.flat());
  }

  /** The call as an expression; a receiver is made before. */
  #call(entry: Entry): string {
    const { name, type, recv, scope } = entry;
    if (!recv) {
      const given = [...scope.typeArgs.values()];
      return `${name}${given.length > 0 ? `[${given.join(', ')}]` : ''}(${this.#values.args(type, scope)})`;
    }
    const receiver = this.#receiver(recv, scope);
    return `${receiver}.${name}(${this.#values.args(type, this.#inside(recv, scope))})`;
  }

  #receiver(recv: Expr, scope: Scope): string {
    const name = baseName(recv);
    const known = this.#receivers.get(name);
    if (known !== undefined) return known;
    const info = this.#pkg.types.get(name);
    const variable = this.#free(name);
    this.#receivers.set(name, variable);
    const type = this.#values.type(recv, this.#inside(recv, scope));
    const value = info ? this.#valueOf(info, recv, type, scope) : `*new(${type})`;
    this.#lines.push(`${variable} := ${value}`);
    return variable;
  }

  /** What a constructor makes, or a literal. */
  #valueOf(info: TypeInfo, recv: Expr, type: string, scope: Scope): string {
    const bare = type.replace(/^\*/, '');
    const inner: Scope = { ...this.#inside(recv, scope), file: info.file };
    const literal = info.spec.type.kind === 'StructType' ? this.#values.literal(info, bare, inner, 0) : undefined;
    const plain = literal ?? this.#values.value(info.spec.type, inner, 1);
    const value = type.startsWith('*')
      ? literal === undefined
        ? `func() ${type} ${block([`v := ${bare}(${plain})`, 'return &v'])}()`
        : `&${plain}`
      : (literal ?? `${bare}(${plain})`);
    const made = this.#constructed(info, type);
    if (made === undefined) return value;
    const types = `func() ${type}`;
    return `${this.#values.pick([`${types} ${block([`return ${value}`])}`, `${types} ${block(made)}`], types)}()`;
  }

  #constructed({ name }: TypeInfo, type: string): readonly string[] | undefined {
    const maker = [...this.#pkg.funcs.values()].find(
      (decl) => /^(new|make|open|create)/i.test(decl.name.name) && baseName(flat(decl.type.results)[0]) === name,
    );
    if (!maker || maker.type.typeParams.length > 0) return undefined;
    const results = flat(maker.type.results);
    const pointer = results[0]?.kind === 'StarExpr';
    if (pointer !== type.startsWith('*')) return undefined;
    const scope: Scope = { pkg: this.#pkg, file: maker.file, typeArgs: new Map() };
    const args = flat(maker.type.params).map((one) => this.#values.plain(one, scope));
    const call = `${maker.name.name}(${args.join(', ')})`;
    if (results.length === 1) return [`return ${call}`];
    return [`v${', _'.repeat(results.length - 1)} := ${call}`, 'return v'];
  }

  /** Type parameters of a receiver stand for what the test gives it. */
  #inside(recv: Expr, scope: Scope): Scope {
    const inner = recv.kind === 'StarExpr' ? recv.x : recv;
    if (inner.kind !== 'IndexExpr') return scope;
    const names = inner.indices.flatMap((one) => (one.kind === 'Ident' ? [one.name] : []));
    return { ...scope, typeArgs: new Map([...scope.typeArgs, ...names.map((name) => [name, 'int'] as const)]) };
  }

  /** Whether an entry makes the value whose methods follow. */
  #makes({ type }: Entry): boolean {
    const [first] = flat(type.results);
    return first !== undefined && this.#pkg.types.has(baseName(first));
  }

  #construct(entry: Entry): void {
    const [first, ...others] = flat(entry.type.results);
    const name = baseName(first);
    const variable = this.#free(name);
    this.#lines.push(`${variable}${', _'.repeat(others.length)} := ${this.#call(entry)}`, `_ = ${variable}`);
    this.#receivers.set(name, variable);
  }

  #free(type: string): string {
    const wanted = type.charAt(0).toLowerCase() + type.slice(1);
    return this.#pkg.global(wanted)?.decl || wanted === type || goWords.has(wanted) ? `${wanted}Value` : wanted;
  }

  #isUsable(type: Expr, scope: Scope): boolean {
    return this.#use('r', type, scope, 0).length > 0;
  }

  /** Statements that use a result as its type allows: functions are called, iterators ranged over and left. */
  #use(name: string, type: Expr, scope: Scope, depth: number): readonly string[] {
    if (depth > maxUse) return [];
    if (type.kind === 'FuncType') return this.#useFunc(name, type, scope, depth);
    if (type.kind === 'SelectorExpr') return this.#useStandard(name, type, scope);
    if (type.kind === 'IndexExpr' && type.x.kind === 'SelectorExpr') return this.#useIterator(name, type.x, scope);
    if (type.kind === 'ArrayType') {
      const inner = this.#use('one', type.elt, scope, depth + 1);
      return inner.length === 0 ? [] : [`for _, one := range ${name} {`, ...inner.map((line) => `\t${line}`), '}'];
    }
    const info = type.kind === 'Ident' ? scope.pkg.types.get(type.name) : undefined;
    const below = info?.spec.type;
    if (below?.kind === 'FuncType') return this.#useFunc(name, below, scope, depth);
    if (below?.kind === 'StructType')
      return below.fields.flatMap((field) =>
        field.names.flatMap((one) => this.#use(`${name}.${one.name}`, field.type, scope, depth + 1)),
      );
    if (below?.kind === 'InterfaceType')
      return below.methods.flatMap(({ names, type: method }) =>
        method.kind === 'FuncType'
          ? names.map((one) => `${name}.${one.name}(${this.#values.args(method, scope)})`)
          : [],
      );
    return [];
  }

  #useFunc(name: string, type: FuncType, scope: Scope, depth: number): readonly string[] {
    const call = `${name}(${this.#values.args(type, scope)})`;
    const results = flat(type.results);
    const names = results.map((_, at) => `${name.replace(/\W/g, '')}${at}`);
    const uses = results.map((one, at) => this.#use(names[at] ?? '', one, scope, depth + 1));
    if (uses.every((lines) => lines.length === 0)) return [call];
    return [
      `${names.map((one, at) => ((uses[at] ?? []).length > 0 ? one : '_')).join(', ')} := ${call}`,
      ...uses.flat(),
    ];
  }

  #useStandard(name: string, type: Expr & { readonly kind: 'SelectorExpr' }, { file }: Scope): readonly string[] {
    const path = type.x.kind === 'Ident' ? importPathOf(file, type.x.name) : undefined;
    if (path !== 'net/http' || !['HandlerFunc', 'Handler'].includes(type.sel.name)) return [];
    for (const needed of ['context', 'net/http/httptest']) this.#values.imports.add(needed);
    const request = this.#values.pick(
      ['ended()', 'ending()', 'endingLate()'].map((ctx) => `httptest.NewRequest("GET", "/", nil).WithContext(${ctx})`),
      `*${this.#values.imports.add('net/http')}.Request`,
    );
    return [`${name}.ServeHTTP(httptest.NewRecorder(), ${request})`];
  }

  #useIterator(name: string, type: Expr & { readonly kind: 'SelectorExpr' }, { file }: Scope): readonly string[] {
    const path = type.x.kind === 'Ident' ? importPathOf(file, type.x.name) : undefined;
    if (path !== 'iter') return [];
    return [`for range ${name} {`, '\tbreak', '}'];
  }
}

/** A stop is not called twice; who asks may ask again. */
function repeatedOnce(entries: readonly Entry[]): readonly Entry[] {
  const isStop = ({ name, type }: Entry) =>
    type.params.length === 0 && /close|stop|shutdown|end|quit|cancel/i.test(name);
  return entries.filter((entry, at) => !isStop(entry) || entries.findIndex(({ name }) => name === entry.name) === at);
}

function baseName(type: Expr | undefined): string {
  if (type?.kind === 'StarExpr') return baseName(type.x);
  if (type?.kind === 'IndexExpr') return baseName(type.x);
  return type?.kind === 'Ident' ? type.name : '';
}
