/** The state while one function is lowered, and its frame: parameters, captures, results. */
import type {
  BranchStmt,
  CaseClause,
  File,
  FuncDecl,
  FuncLit,
  Ident,
  Node,
  RangeStmt,
  ReturnStmt,
} from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import type { GoType } from '../../go/types.ts';
import type { Code, CodeRef, Hint, Label, Site, Slot, Zero } from '../ir.ts';
import type { CaptureAnalysis } from './captures.ts';
import { CodeBuilder, Unsupported } from './code-builder.ts';
import type { EmbeddedField } from './embedding.ts';
import { PackageLowering } from './package-lowering.ts';
import { lowerBlock } from './statements.ts';
import { isValueObject } from './value-types.ts';

/** Where a variable lives: its value in a slot, or a cell whose reference is in the slot. */
export interface Storage {
  readonly slot: Slot;
  readonly cell: boolean;
}

/** What `break` and `continue` leave; `label` when the statement is labelled. */
export interface JumpTarget {
  readonly label: string | undefined;
  readonly breakTo: Label;
  readonly continueTo?: Label;
  /** False for a labelled block, which only a `break` with its label leaves. */
  readonly breakable?: boolean;
}

/** The body of a loop that an iterator calls, while it is lowered as a function of its own. */
export interface LoopBody {
  readonly stmt: RangeStmt;
  /** Statements that lead out of the function around the loop, or to another loop of it: numbered from 1. */
  readonly exits: (ReturnStmt | BranchStmt)[];
  /** A cell for the number of the exit that was taken, and cells for what it returns. */
  readonly outcome: Slot;
  readonly results: readonly Slot[];
}

const maxNesting = 400;

export class FunctionLowering {
  readonly lowering: PackageLowering;
  readonly pkg: GoPackage;
  readonly func: FuncDecl | FuncLit;
  readonly file: File | undefined;
  readonly b: CodeBuilder;
  readonly analysis: CaptureAnalysis;
  readonly storage = new Map<Binding, Storage>();
  /** The variable of a type switch has one binding per clause. */
  readonly clauseVariables = new Map<CaseClause, Storage>();
  readonly targets: JumpTarget[] = [];
  readonly gotoLabels = new Map<string, Label>();
  /** The label of the statement that comes next. */
  pendingLabel: string | undefined;
  /** Where `fallthrough` goes. */
  fallthroughTo: Label | undefined;
  namedResults: readonly Storage[] | undefined;
  loopBody: LoopBody | undefined;
  readonly resultCount: number;
  #nesting = 0;

  constructor(lowering: PackageLowering, func: FuncDecl | FuncLit, reserved: number) {
    this.lowering = lowering;
    this.pkg = lowering.pkg;
    this.func = func;
    this.file = func.kind === 'FuncDecl' ? func.file : lowering.pkg.fileOf(func);
    this.b = new CodeBuilder(reserved);
    this.analysis = lowering.analysisOf(func);
    this.resultCount = PackageLowering.resultCount(func.type.results);
  }

  site(node: Node): Site {
    return this.lowering.site(this.file, node);
  }

  hint(type: GoType): Hint {
    return this.lowering.shapes.hint(type);
  }

  /** Guards recursion over the tree. */
  nested<T>(run: () => T): T {
    if (++this.#nesting > maxNesting) throw new Unsupported('the code is nested too deeply');
    try {
      return run();
    } finally {
      this.#nesting--;
    }
  }

  /** @param key the same value whenever it is asked for by this key */
  unknown(hint: Hint, site: Site, key?: string): Slot {
    const dst = this.b.slot();
    this.b.emit({ op: 'unknown', dst, hint, ...(key === undefined ? {} : { key }) }, site);
    return dst;
  }

  zero(zero: Zero, site: Site): Slot {
    const dst = this.b.slot();
    if (zero.kind === 'object') this.b.emit({ op: 'new', dst, object: zero.object }, site);
    else this.b.emit({ op: 'const', dst, value: zero.kind === 'nil' ? null : zero.value }, site);
    return dst;
  }

  /** Declares a variable that starts with the value of a slot, which nothing else writes to. */
  declare(ident: Ident, value: Slot): void {
    const binding = this.pkg.bindingOf(ident);
    if (ident.name === '_' || !binding) return;
    this.declareBinding(binding, value, this.site(ident));
  }

  declareBinding(binding: Binding, value: Slot, site: Site): void {
    const known = this.storage.get(binding);
    const slot = known?.slot ?? this.b.slot();
    const cell = this.analysis.cells.has(binding);
    this.storage.set(binding, { slot, cell });
    if (!cell) {
      this.b.emit({ op: 'move', dst: slot, src: value }, site);
      return;
    }
    this.b.emit({ op: 'new', dst: slot, object: { kind: 'cell' } }, site);
    this.b.emit({ op: 'store', cell: slot, src: value }, site);
  }

  storageOf(binding: Binding): Storage | undefined {
    if (binding.decl?.kind === 'CaseClause') return this.clauseVariables.get(binding.decl) ?? this.storage.get(binding);
    return this.storage.get(binding);
  }

  read(storage: Storage, site: Site): Slot {
    if (!storage.cell) return storage.slot;
    const dst = this.b.slot();
    this.b.emit({ op: 'load', dst, cell: storage.slot }, site);
    return dst;
  }

  write(storage: Storage, src: Slot, site: Site): void {
    if (storage.cell) this.b.emit({ op: 'store', cell: storage.slot, src }, site);
    else this.b.emit({ op: 'move', dst: storage.slot, src }, site);
  }

  /** Follows embedded fields from an object to the one that declares a promoted member. */
  follow(object: Slot, path: readonly EmbeddedField[], site: Site): Slot {
    let at = object;
    for (const field of path) {
      const dst = this.b.slot();
      this.b.emit({ op: 'getField', dst, object: at, field: field.name, hint: this.hint(field.type) }, site);
      at = dst;
    }
    return at;
  }
}

/** Parameter identifiers in slot order; unnamed ones are undefined. */
function parameters(func: FuncDecl | FuncLit): readonly (Ident | undefined)[] {
  const fields = [...(func.kind === 'FuncDecl' && func.recv ? [func.recv] : []), ...func.type.params];
  return fields.flatMap((field): readonly (Ident | undefined)[] =>
    field.names.length > 0 ? field.names : [undefined],
  );
}

export function compileDecl(lowering: PackageLowering, decl: FuncDecl, ref: CodeRef): Code | undefined {
  if (!decl.body) return undefined;
  const params = parameters(decl);
  const f = new FunctionLowering(lowering, decl, params.length);
  return compileBody(f, decl, decl.body, params, 0, ref);
}

export function compileLit(lowering: PackageLowering, lit: FuncLit, ref: CodeRef): Code {
  const params = parameters(lit);
  const captured = lowering.analysisOf(lit).captured(lit);
  const f = new FunctionLowering(lowering, lit, captured.length + params.length);
  captured.forEach((binding, slot) => {
    f.storage.set(binding, { slot, cell: f.analysis.cells.has(binding) });
    if (binding.decl?.kind === 'CaseClause') f.clauseVariables.set(binding.decl, { slot, cell: false });
  });
  return compileBody(f, lit, lit.body, params, captured.length, ref);
}

type Body = NonNullable<FuncDecl['body']>;

function compileBody(
  f: FunctionLowering,
  func: FuncDecl | FuncLit,
  body: Body,
  params: readonly (Ident | undefined)[],
  captureCount: number,
  ref: CodeRef,
): Code {
  params.forEach((ident, index) => {
    if (ident) declareParameter(f, func, ident, captureCount + index, index === 0);
  });
  declareResults(f, func);
  lowerBlock(f, body);
  const end = f.site(func.kind === 'FuncDecl' ? func.name : func.type);
  f.b.emit({ op: 'return', values: [] }, { ...end, range: { start: body.range.end, end: body.range.end } });
  const { namedResults } = f;
  const frame = {
    ref,
    captureCount,
    paramCount: params.length,
    resultCount: PackageLowering.resultCount(func.type.results),
  };
  if (!namedResults) return f.b.finish(frame);
  const resultCells = new Set(namedResults.flatMap((storage, index) => (storage.cell ? [index] : [])));
  return f.b.finish({ ...frame, namedResults: namedResults.map((storage) => storage.slot), resultCells });
}

/** A method on a struct value works on a copy of the receiver. */
function declareParameter(
  f: FunctionLowering,
  func: FuncDecl | FuncLit,
  ident: Ident,
  slot: Slot,
  first: boolean,
): void {
  const binding = f.pkg.bindingOf(ident);
  if (!binding || ident.name === '_') return;
  const site = f.site(ident);
  const isReceiver = first && func.kind === 'FuncDecl' && func.recv !== undefined;
  if (isReceiver && isValueObject(f.pkg, f.pkg.typeOfBinding(binding))) {
    const copy = f.b.slot();
    f.b.emit({ op: 'copy', dst: copy, src: slot }, site);
    f.declareBinding(binding, copy, site);
  } else if (f.analysis.cells.has(binding)) f.declareBinding(binding, slot, site);
  else f.storage.set(binding, { slot, cell: false });
}

function declareResults(f: FunctionLowering, func: FuncDecl | FuncLit): void {
  const named = func.type.results.some((field) => field.names.length > 0);
  if (!named) return;
  const storages: Storage[] = [];
  for (const field of func.type.results) {
    const zero = f.lowering.shapes.zero(f.pkg.typeOfTypeExpr(field.type));
    for (const ident of field.names) {
      const site = f.site(ident);
      const value = f.zero(zero, site);
      const binding = ident.name === '_' ? undefined : f.pkg.bindingOf(ident);
      if (binding) f.declareBinding(binding, value, site);
      storages.push((binding && f.storage.get(binding)) ?? { slot: value, cell: false });
    }
  }
  f.namedResults = storages;
}

/** Code for a promoted method found by dynamic type: walks to the embedded value and calls the method. */
export function compilePromoted(
  lowering: PackageLowering,
  path: readonly EmbeddedField[],
  target: CodeRef,
  decl: FuncDecl,
  ref: CodeRef,
): Code {
  const paramCount = parameters(decl).length;
  const resultCount = PackageLowering.resultCount(decl.type.results);
  const f = new FunctionLowering(lowering, decl, paramCount);
  const site = target.site;
  const receiver = f.follow(0, path, site);
  const args = [receiver, ...Array.from({ length: paramCount - 1 }, (_, index) => index + 1)];
  const dst = Array.from({ length: resultCount }, () => f.b.slot());
  const resultHints = lowering.resultHints(decl.type.results);
  f.b.emit({ op: 'call', dst, callee: { kind: 'static', code: target }, args, resultHints }, site);
  f.b.emit({ op: 'return', values: dst }, site);
  return f.b.finish({ ref, captureCount: 0, paramCount, resultCount });
}
