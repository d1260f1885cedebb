/** Builds a small program around one value of a type: calls of its methods, one after the other, and goroutines of them. */
import type { FuncDecl } from '../../go/ast.ts';
import type { FieldInfo, FieldUse, TypeInfo } from '../../go/package.ts';
import { range } from '../../text/offset.ts';
import type { Code, CodeRef, Hint, NewObject, Site, Slot, StructShape } from '../ir.ts';
import { CodeBuilder } from '../lower/code-builder.ts';
import type { PackageLowering } from '../lower/package-lowering.ts';
import { makeOf, ownChannel } from './channels.ts';

/** The place of instructions that stand for what a caller does: no place in the source. */
export const nowhere: Site = { range: range(0, 0) };

/** Structs in structs are filled to this depth. */
const maxNesting = 3;

export class Calls {
  readonly #lowering: PackageLowering;
  readonly #b = new CodeBuilder(0);
  readonly #end = this.#b.label();
  #context: Slot | undefined;
  readonly #given = new Map<TypeInfo, Slot>();

  constructor(lowering: PackageLowering) {
    this.#lowering = lowering;
  }

  /** The program; calls that fail to make a value lead to its end. */
  finish(ref: CodeRef): Code {
    this.#b.place(this.#end);
    this.#b.emit({ op: 'return', values: [] }, nowhere);
    return this.#b.finish({ ref, captureCount: 0, paramCount: 0, resultCount: 0 });
  }

  /** Calls what makes or starts the value. Who gets an error from it does not use the value. */
  begun(decl: FuncDecl, receiver: Slot | undefined): Slot {
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
  call(decl: FuncDecl, receiver: Slot | undefined): Slot {
    return this.#results(decl, receiver)[0] ?? this.#b.constant(null, nowhere);
  }

  /** Values that nobody knows for the parameters of a function, to call it with more than once. */
  arguments(decl: FuncDecl, receiver: Slot | undefined): readonly Slot[] {
    return this.#args(decl, receiver);
  }

  /** Calls with values of `arguments`. */
  callWith(decl: FuncDecl, args: readonly Slot[]): void {
    const resultHints = this.#lowering.resultHints(decl.type.results);
    const callee = { kind: 'static', code: this.#lowering.codeOf(decl) } as const;
    this.#b.emit({ op: 'call', dst: resultHints.map(() => this.#b.slot()), callee, args, resultHints }, nowhere);
  }

  /** From now on calls get this value wherever they want one of its type: as receiver and as parameter. */
  give(type: TypeInfo, value: Slot): void {
    this.#given.set(type, value);
  }

  /** Lets a field of the given value of one type lead to the given value of another one, directly or as an element. */
  link(from: TypeInfo, field: string, to: TypeInfo, shape: 'value' | 'list' | 'map'): void {
    const [object, value] = [this.#given.get(from), this.#given.get(to)];
    if (object === undefined || value === undefined) return;
    let src = value;
    if (shape !== 'value') {
      const list = this.#new({ kind: 'list', map: shape === 'map' });
      if (shape === 'map') {
        this.#b.emit({ op: 'setIndex', list, index: this.#unknown('any'), src: value }, nowhere);
        src = list;
      } else {
        src = this.#b.slot();
        this.#b.emit({ op: 'append', dst: src, list, values: [value] }, nowhere);
      }
    }
    this.#b.emit({ op: 'setField', object, field, src }, nowhere);
  }

  /** Gives a field a new map. */
  makeMap(object: Slot, field: string): void {
    const src = this.#new({ kind: 'list', map: true });
    this.#b.emit({ op: 'setField', object, field, src }, nowhere);
  }

  go(decl: FuncDecl, receiver: Slot | undefined): void {
    this.goCode(this.#lowering.codeOf(decl), this.#args(decl, receiver));
  }

  goCode(code: CodeRef, args: readonly Slot[]): void {
    this.#b.emit({ op: 'go', callee: { kind: 'static', code }, args }, nowhere);
  }

  /** From now on calls are given a context of this program's, where they want one. It ends at some time. */
  giveContext(): void {
    this.#context = this.#b.slot();
    this.#b.emit({ op: 'newContext', dst: this.#context, timer: true, detached: false }, nowhere);
  }

  /** A zero value. What a literal of the package gives a field is a channel made here, or something nobody knows. */
  literal(type: TypeInfo): Slot {
    const object = this.#new({ kind: 'struct', shape: () => this.#shapeOf(type) });
    for (const field of type.fields.values()) {
      const initial = initialOf(field);
      if (!initial) continue;
      const src = this.#fieldValue(field, initial);
      this.#b.emit({ op: 'setField', object, field: field.name, src }, nowhere);
    }
    return object;
  }

  /** A value that has been in use: its locks and counters are free, all else is what nobody knows. */
  used(type: TypeInfo): Slot {
    const shape = this.#shapeOf(type);
    const object = this.#new({ kind: 'struct', shape: () => shape });
    this.#fill(object, shape, maxNesting);
    return object;
  }

  /** What lies in a field of a value. */
  field(object: Slot, field: FieldInfo): Slot {
    const dst = this.#b.slot();
    const hint = this.#lowering.shapes.hint(field.type);
    this.#b.emit({ op: 'getField', dst, object, field: field.name, hint }, nowhere);
    return dst;
  }

  #results(decl: FuncDecl, receiver: Slot | undefined): readonly Slot[] {
    const resultHints = this.#lowering.resultHints(decl.type.results);
    const dst = resultHints.map(() => this.#b.slot());
    const callee = { kind: 'static', code: this.#lowering.codeOf(decl) } as const;
    this.#b.emit({ op: 'call', dst, callee, args: this.#args(decl, receiver), resultHints }, nowhere);
    return dst;
  }

  #args(decl: FuncDecl, receiver: Slot | undefined): readonly Slot[] {
    const hints = this.#lowering.hintsOf(decl);
    const types = this.#typesOf(decl);
    return hints.map((hint, at) => {
      if (at === 0 && decl.recv && receiver !== undefined) return receiver;
      const type = types[at];
      return (type && this.#given.get(type)) ?? this.#unknown(hint);
    });
  }

  /** The types of the receiver and the parameters, as far as the package declares them. */
  #typesOf({ recv, type }: FuncDecl): readonly (TypeInfo | undefined)[] {
    if (this.#given.size === 0) return [];
    const { pkg } = this.#lowering;
    const fields = [...(recv ? [recv] : []), ...type.params];
    return fields.flatMap((field) => {
      const of = pkg.typeInfoOf(pkg.typeOfTypeExpr(field.type));
      return Array.from({ length: Math.max(1, field.names.length) }, () => of);
    });
  }

  #unknown(hint: Hint): Slot {
    if (hint === 'context' && this.#context !== undefined) return this.#context;
    const dst = this.#b.slot();
    this.#b.emit({ op: 'unknown', dst, hint }, nowhere);
    return dst;
  }

  #new(object: NewObject): Slot {
    const dst = this.#b.slot();
    this.#b.emit({ op: 'new', dst, object }, nowhere);
    return dst;
  }

  #shapeOf(type: TypeInfo): StructShape {
    return this.#lowering.shapes.structOf(type.type) ?? { typeName: type.name, fields: new Map() };
  }

  #fill(object: Slot, { fields }: StructShape, depth: number): void {
    for (const [field, { zero, hint }] of fields) {
      if (zero.kind !== 'object') {
        const src = this.#unknown(hint());
        this.#b.emit({ op: 'setField', object, field, src }, nowhere);
      } else if (zero.object.kind === 'struct' && depth > 0) {
        const inner = this.#b.slot();
        this.#b.emit({ op: 'getField', dst: inner, object, field, hint: hint() }, nowhere);
        this.#fill(inner, zero.object.shape(), depth - 1);
      }
    }
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
function initialOf({ uses }: FieldInfo): FieldUse | undefined {
  return (
    uses.find((use) => use.kind === 'init') ?? uses.find((use) => use.kind === 'assign' && use.func?.recv === undefined)
  );
}
