/** Functions, channels and interfaces that a generated test hands over: they do little, take a moment, and answer. */
import type { ChanType, Expr, Field, FuncType, InterfaceType } from '../../go/ast.ts';
import { block, laidOut } from './layout.ts';
import { flat, importPathOf, type Scope } from './type-source.ts';
import type { Values } from './values.ts';

/** Combinations of results that a function may return. */
const maxAnswers = 4;

interface Method {
  readonly name: string;
  readonly type: FuncType;
  readonly scope: Scope;
}

export class Stubs {
  readonly #values: Values;
  readonly #types = new Map<string, string>();
  readonly #kinds = new Map<string, number>();

  constructor(values: Values) {
    this.#values = values;
  }

  /** Declarations of the stub types. */
  get sources(): readonly string[] {
    return [...this.#types.values()];
  }

  /** Function literals: one for each answer, and one that changes its answer after two calls. */
  functions(type: FuncType, scope: Scope): readonly string[] {
    const head = `func${this.#values.signature(type, scope, parameter)}`;
    const calls = this.#callbacks(type, scope);
    const answers = this.#answers(type, scope);
    const bodies = answers.map((answer) => [...calls, ...returning(answer)]);
    const waits = flat(type.params).findIndex((one) => isContext(one, scope));
    const sources = bodies.map((body) => `${head} ${block(['nap()', ...body])}`);
    if (waits >= 0) sources.push(`${head} ${block([`<-${parameter(waits)}.Done()`, 'nap()', ...(bodies[0] ?? [])])}`);
    const [first, second] = [answers[0], answers[1]];
    if (first !== undefined && second !== undefined)
      sources.push(...this.#changing(type, scope, [answers.at(-1) ?? second, first]));
    return sources;
  }

  /** Twice one answer, then the other; and the other way round. */
  #changing(type: FuncType, scope: Scope, answers: readonly [string, string]): readonly string[] {
    this.#values.imports.add('sync/atomic');
    const signature = this.#values.signature(type, scope, parameter);
    const bare = this.#values.signature(type, scope);
    return [answers, [...answers].reverse()].map(([before, after]) => {
      const early = `if atomic.AddInt32(&calls, 1) <= 2 ${block([`return ${before}`])}`;
      const body = block(['nap()', early, `return ${after}`]);
      return `func() func${bare} ${block(['var calls int32', `return func${signature} ${body}`])}()`;
    });
  }

  /** Channels in the states that matter to who gets them. */
  channels(type: ChanType, scope: Scope): readonly string[] {
    const elem = this.#values.type(type.value, scope);
    const one = () => this.#values.plain(type.value, scope, 1);
    const make = (room: string, ...statements: readonly string[]) =>
      `func() chan ${elem} ${block([`c := make(chan ${elem}${room})`, ...statements, 'return c'])}()`;
    const filled = (close: boolean) => make(', 4', `c <- ${one()}`, `c <- ${one()}`, ...(close ? ['close(c)'] : []));
    const reader = block([`for v := range c ${block(['nap()', ...this.#use(type.value, 'v', scope)])}`]);
    const read = make('', `go func() ${reader}()`);
    const silent = `make(chan ${elem})`;
    // Who reads a function or a pointer from a closed channel finds nil.
    const closed = type.value.kind === 'FuncType' || type.value.kind === 'StarExpr' ? [] : [filled(true)];
    if (type.dir === 'recv') return [...closed, filled(false), silent];
    if (type.dir === 'send') return [silent, read, `make(chan ${elem}, 4)`];
    return [silent, read, `make(chan ${elem}, 4)`];
  }

  /** Somebody who takes a job does it. */
  #use(type: Expr, name: string, scope: Scope): readonly string[] {
    if (type.kind === 'FuncType') return [this.call(name, type, scope)];
    const info = type.kind === 'Ident' ? scope.pkg.types.get(type.name) : undefined;
    const held = info?.spec.type;
    if (held?.kind === 'FuncType') return [this.call(name, held, scope)];
    if (held?.kind !== 'StructType') return [`_ = ${name}`];
    const calls = held.fields.flatMap((field) =>
      field.type.kind === 'FuncType' ? field.names.map((one) => [`${name}.${one.name}`, field.type] as const) : [],
    );
    const used = calls.flatMap(([callee, func]) => (func.kind === 'FuncType' ? [this.call(callee, func, scope)] : []));
    return used.length > 0 ? used : [`_ = ${name}`];
  }

  /** A call with plain arguments, its results dropped. */
  call(callee: string, type: FuncType, scope: Scope): string {
    return `${callee}(${flat(type.params)
      .map((one) => this.#values.plain(one, scope, 1))
      .join(', ')})`;
  }

  /** Functions that a stub is given are called before it returns. */
  #callbacks(type: FuncType, scope: Scope): readonly string[] {
    return flat(type.params).flatMap((param, at) => {
      const info = param.kind === 'Ident' ? scope.pkg.types.get(param.name) : undefined;
      const func = info ? info.spec.type : param;
      return func.kind === 'FuncType' ? [this.call(parameter(at), func, scope)] : [];
    });
  }

  #answers({ results }: FuncType, scope: Scope): readonly string[] {
    const lists = flat(results).map((type) => this.#values.results(type, scope));
    let answers: readonly (readonly string[])[] = [[]];
    for (const list of lists) answers = list.flatMap((one) => answers.map((before) => [...before, one]));
    return answers.slice(0, maxAnswers).map((answer) => answer.join(', '));
  }

  /** Values of a type that implements an interface: one for each kind of answer. */
  implementations(type: InterfaceType, scope: Scope, name: string): readonly string[] {
    const { embedded, methods } = this.#members(type, scope);
    const stub = `${this.#values.wishes.pick.replace(/Pick$/, '')}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    if (!this.#types.has(stub)) {
      this.#types.set(stub, '');
      this.#types.set(stub, this.#declaration(stub, embedded, methods));
    }
    const kinds = this.#kindsOf(stub, methods);
    const fields = embedded.map(({ source, value }) => `${source.split('.').at(-1)}: ${value}`);
    return Array.from(
      { length: Math.min(kinds, 3) },
      (_, kind) => `&${stub}{${[`kind: ${kind}`, ...fields].join(', ')}}`,
    );
  }

  /** How many kinds of answers a stub gives; one while its own answers are made up, as a method may return its own interface. */
  #kindsOf(stub: string, methods: readonly Method[]): number {
    const known = this.#kinds.get(stub);
    if (known !== undefined) return known;
    this.#kinds.set(stub, 1);
    const kinds = Math.max(1, ...methods.map((method) => this.#answers(method.type, method.scope).length));
    this.#kinds.set(stub, kinds);
    return kinds;
  }

  #declaration(stub: string, embedded: readonly { readonly source: string }[], methods: readonly Method[]): string {
    const fields = ['kind int', ...embedded.map(({ source }) => source)];
    const bodies = methods.map(({ name, type, scope }) => {
      this.#values.imports.add('time');
      const answers = this.#answers(type, scope);
      const body = ['\ttime.Sleep(time.Millisecond)', ...this.#callbacks(type, scope).map((call) => `\t${call}`)];
      if (answers.length > 1) {
        const cases = answers.slice(1).map((answer, at) => `\tcase ${at + 1}:\n\t\treturn ${answer}`);
        body.push(`\tswitch s.kind {\n${cases.join('\n')}\n\t}`);
      }
      const [first] = answers;
      if (first) body.push(`\treturn ${first}`);
      const head = this.#values.signature(type, scope, parameter);
      return `func (s *${stub}) ${name}${head} {\n${body.map(laidOut).join('\n')}\n}`;
    });
    return [`type ${stub} struct {\n${fields.map((field) => `\t${field}`).join('\n')}\n}`, ...bodies].join('\n\n');
  }

  #members(
    type: InterfaceType,
    scope: Scope,
  ): {
    readonly embedded: readonly { readonly source: string; readonly value: string }[];
    readonly methods: readonly Method[];
  } {
    const embedded: { source: string; value: string }[] = [];
    const methods: Method[] = [];
    for (const field of type.methods) {
      if (field.type.kind === 'FuncType' && field.names.length > 0) {
        const func = field.type;
        methods.push(...field.names.map(({ name }) => ({ name, type: func, scope })));
        continue;
      }
      const inner = this.#interfaceBehind(field, scope);
      if (inner) {
        const below = this.#members(inner.type, inner.scope);
        embedded.push(...below.embedded);
        methods.push(...below.methods);
      } else
        embedded.push({
          source: this.#values.type(field.type, scope),
          value: this.#values.plain(field.type, scope, 1),
        });
    }
    return { embedded, methods };
  }

  #interfaceBehind({ type }: Field, scope: Scope): { readonly type: InterfaceType; readonly scope: Scope } | undefined {
    const path =
      type.kind === 'SelectorExpr' && type.x.kind === 'Ident' ? importPathOf(scope.file, type.x.name) : undefined;
    const pkg = path === undefined ? scope.pkg : scope.pkg.imported(path);
    const name = type.kind === 'Ident' ? type.name : type.kind === 'SelectorExpr' ? type.sel.name : undefined;
    const info = name === undefined ? undefined : pkg?.types.get(name);
    if (!pkg || info?.spec.type.kind !== 'InterfaceType') return undefined;
    return { type: info.spec.type, scope: { pkg, file: info.file, typeArgs: scope.typeArgs } };
  }
}

function parameter(at: number): string {
  return `p${at}`;
}

function returning(answer: string): readonly string[] {
  return answer === '' ? [] : [`return ${answer}`];
}

function isContext(type: Expr, { file }: Scope): boolean {
  return (
    type.kind === 'SelectorExpr' &&
    type.sel.name === 'Context' &&
    type.x.kind === 'Ident' &&
    importPathOf(file, type.x.name) === 'context'
  );
}
