/**
 * A small program around one value of a type: makes it, starts it, stops it in a goroutine of its own, and meanwhile calls
 * the method that asks. It exists as instructions only; witnesses tell the functions that it calls.
 */
import type { FuncDecl } from '../../go/ast.ts';
import type { FieldInfo, FieldUse, TypeInfo } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { range } from '../../text/offset.ts';
import type { Code, CodeRef, Hint, Site, Slot } from '../ir.ts';
import { CodeBuilder } from '../lower/code-builder.ts';
import { functionName, type PackageLowering } from '../lower/package-lowering.ts';
import { answererOf } from './answerer.ts';
import { makeOf, ownChannel } from './channels.ts';
import type { Contract } from './contract.ts';

/** The environment of a contract as an entry of a search. */
export function environmentOf(lowering: PackageLowering, contract: Contract): CodeRef {
  const decl = contract.method ?? contract.begin[0]?.method ?? contract.constructor;
  const site: Site = decl ? lowering.site(decl.file, decl.name) : nowhere;
  return lowering.lazy(decl ? functionName(decl) : contract.type.name, site, (self) =>
    new Environment(lowering).build(contract, self),
  );
}

const nowhere: Site = { range: range(0, 0) };

class Environment {
  readonly #lowering: PackageLowering;
  readonly #b = new CodeBuilder(0);
  readonly #end = this.#b.label();

  constructor(lowering: PackageLowering) {
    this.#lowering = lowering;
  }

  build(contract: Contract, ref: CodeRef): Code {
    const { constructor: made, type, begin, stop, method, feeder, calls, answers } = contract;
    const value = made ? this.#begun(made, undefined) : this.#literal(type);
    for (const one of begin) {
      if (one.kind === 'call') this.#begun(one.method, value);
      else this.#go(one.method, value);
    }
    if (answers) this.#goCode(answererOf(this.#lowering, answers), [value]);
    if (stop) this.#go(stop, value);
    if (feeder) this.#call(feeder, value);
    if (method) for (let i = 0; i < calls; i++) this.#call(method, value);
    this.#b.place(this.#end);
    this.#b.emit({ op: 'return', values: [] }, nowhere);
    return this.#b.finish({ ref, captureCount: 0, paramCount: 0, resultCount: 0 });
  }

  /** Calls what makes or starts the value. Who gets an error from it does not use the value. */
  #begun(decl: FuncDecl, receiver: Slot | undefined): Slot {
    const results = this.#results(decl, receiver);
    const error = this.#lowering.resultHints(decl.type.results).at(-1) === 'error' ? results.at(-1) : undefined;
    if (error !== undefined) {
      const [isNil, begun] = [this.#b.slot(), this.#b.label()];
      this.#b.emit({ op: 'binary', dst: isNil, operator: '==', x: error, y: this.#b.constant(null, nowhere) }, nowhere);
      this.#b.branch(isNil, { yes: begun, no: this.#end, entered: this.#b.constant(false, nowhere) }, nowhere);
      this.#b.place(begun);
    }
    return results[0] ?? this.#b.constant(null, nowhere);
  }

  /** Calls with values that nobody knows; the first result. */
  #call(decl: FuncDecl, receiver: Slot | undefined): Slot {
    return this.#results(decl, receiver)[0] ?? this.#b.constant(null, nowhere);
  }

  #results(decl: FuncDecl, receiver: Slot | undefined): readonly Slot[] {
    const resultHints = this.#lowering.resultHints(decl.type.results);
    const dst = resultHints.map(() => this.#b.slot());
    const callee = { kind: 'static', code: this.#lowering.codeOf(decl) } as const;
    this.#b.emit({ op: 'call', dst, callee, args: this.#args(decl, receiver), resultHints }, nowhere);
    return dst;
  }

  #go(decl: FuncDecl, receiver: Slot): void {
    this.#goCode(this.#lowering.codeOf(decl), this.#args(decl, receiver));
  }

  #goCode(code: CodeRef, args: readonly Slot[]): void {
    this.#b.emit({ op: 'go', callee: { kind: 'static', code }, args }, nowhere);
  }

  #args(decl: FuncDecl, receiver: Slot | undefined): readonly Slot[] {
    const hints = this.#lowering.hintsOf(decl);
    if (receiver === undefined || !decl.recv) return hints.map((hint) => this.#unknown(hint));
    return [receiver, ...hints.slice(1).map((hint) => this.#unknown(hint))];
  }

  #unknown(hint: Hint): Slot {
    const dst = this.#b.slot();
    this.#b.emit({ op: 'unknown', dst, hint }, nowhere);
    return dst;
  }

  /** A zero value. What a literal of the package gives a field is a channel made here, or something nobody knows. */
  #literal(type: TypeInfo): Slot {
    const shape = this.#lowering.shapes.structOf(type.type);
    const object = this.#b.slot();
    const zero = { typeName: type.name, fields: new Map() };
    this.#b.emit({ op: 'new', dst: object, object: { kind: 'struct', shape: () => shape ?? zero } }, nowhere);
    for (const field of type.fields.values()) {
      const initial = initialOf(field);
      if (!initial) continue;
      const src = this.#fieldValue(field, initial);
      this.#b.emit({ op: 'setField', object, field: field.name, src }, nowhere);
    }
    return object;
  }

  #fieldValue(field: FieldInfo, initial: FieldUse): Slot {
    const { pkg } = this.#lowering;
    const call = initial.value && makeOf(pkg, initial.value);
    const type = pkg.underlying(field.type);
    if (!call || type.kind !== 'chan') return this.#unknown(this.#lowering.shapes.hint(field.type));
    const dst = this.#b.slot();
    const size = call.args[1];
    const capacity = size ? pkg.constantOf(size) : 0;
    const cap = typeof capacity === 'number' ? this.#b.constant(capacity, nowhere) : this.#unknown('len');
    const site = this.#lowering.site(initial.file, call);
    this.#b.emit({ op: 'makeChan', dst, cap, elem: this.#lowering.shapes.hint(type.elem) }, site);
    if (!ownChannel(pkg, field)) this.#b.emit({ op: 'escape', src: dst }, site);
    return dst;
  }
}

/** What a literal, or a function without receiver, gives a field. */
function initialOf(field: FieldInfo): FieldUse | undefined {
  const uses = field.uses.filter((use) => !isTestFile(use.file.path));
  return (
    uses.find((use) => use.kind === 'init') ?? uses.find((use) => use.kind === 'assign' && use.func?.recv === undefined)
  );
}
