/**
 * A Go file whose parts are computed when asked for: the text is parsed on the first question about its syntax, a
 * declaration is lowered on the first look inside. What follows from the header alone needs no parsing.
 */

import { LineIndex } from '../text/line-index.ts';
import { type Range, range } from '../text/offset.ts';
import type {
  BadDecl,
  BlockStmt,
  BrokenPart,
  Comment,
  Decl,
  Field,
  File,
  FuncDecl,
  FuncType,
  GenDecl,
  Ident,
  ImportSpec,
  Spec,
} from './ast.ts';
import { docBefore, scanComments } from './comments.ts';
import { type FileHeader, isGenerated, readHeader } from './file-header.ts';
import { parseGo } from './grammar-gaps.ts';
import { ident, type Source } from './lower.ts';
import { isGenDecl, lowerGenDecl } from './lower-decl.ts';
import { lowerBlock } from './lower-stmt.ts';
import { lowerFuncType, lowerParams } from './lower-type.ts';
import type { SourceFile } from './package.ts';
import type { SyntaxNode, TopLevelNode } from './parser/syntax.ts';

/** Larger files are not parsed; the limit is in UTF-16 units. The largest file of Go's own source has 2.6 million. */
export const maxFileLength = 5_000_000;

/**
 * Makes the syntax tree of a file. Never throws. The result is immutable and independent of any package, so it can be
 * kept and used for several packages (a file unchanged between base and head is parsed once).
 */
export function parseFile(source: SourceFile): File {
  return new LazyFile(source);
}

/** Whether something inside the declaration was asked for, so that nodes below it can exist. */
export function isLowered(decl: Decl): boolean {
  return !(decl instanceof LazyFuncDecl || decl instanceof LazyGenDecl) || decl.lowered;
}

interface Syntax {
  readonly decls: readonly Decl[];
  readonly broken: readonly BrokenPart[];
}

class LazyFile implements File {
  readonly path: string;
  readonly text: string;
  readonly packageName: string;
  readonly generated: boolean;
  readonly header: FileHeader;
  #lines: LineIndex | undefined;
  #syntax: Syntax | undefined;
  #imports: readonly ImportSpec[] | undefined;
  #comments: readonly Comment[] | undefined;

  constructor(source: SourceFile) {
    this.path = source.path;
    this.text = source.text;
    this.header = readHeader(source.text);
    this.packageName = this.header.packageName ?? '';
    this.generated = isGenerated(this.header);
  }

  get lines(): LineIndex {
    this.#lines ??= new LineIndex(this.text);
    return this.#lines;
  }

  get decls(): readonly Decl[] {
    return this.#parsed().decls;
  }

  get broken(): readonly BrokenPart[] {
    return this.#parsed().broken;
  }

  get imports(): readonly ImportSpec[] {
    this.#imports ??= this.decls.flatMap((decl) =>
      decl.kind === 'GenDecl' && decl.tok === 'import' ? decl.specs.filter((spec) => spec.kind === 'ImportSpec') : [],
    );
    return this.#imports;
  }

  get comments(): readonly Comment[] {
    this.#comments ??= scanComments(this.text);
    return this.#comments;
  }

  #parsed(): Syntax {
    this.#syntax ??= parseDecls(this);
    return this.#syntax;
  }
}

function parseDecls(file: File): Syntax {
  const whole = range(0, file.text.length);
  if (file.text.length > maxFileLength) {
    return { decls: [], broken: [{ range: whole, reason: `the file is larger than ${maxFileLength} characters` }] };
  }
  const tree = parseGo(file.text);
  if (!tree) return { decls: [], broken: [{ range: whole, reason: 'the file takes too long to parse' }] };
  const decls: Decl[] = [];
  const broken: BrokenPart[] = [];
  for (const node of tree.top) {
    if (node.type === 'package_clause' || node.type === 'empty_statement') continue;
    const part = brokenPart(file, node);
    if (part) broken.push(part);
    else if (
      node.cutAt !== undefined &&
      hidesCode.test(file.text.slice(range(node.cutAt, node.cutAt).start, range(node.start, node.end).end))
    )
      broken.push(cutPart(file, node, node.cutAt));
    decls.push(declOf(file, node, part));
  }
  return { decls, broken };
}

function brokenPart(file: File, node: TopLevelNode): BrokenPart | undefined {
  const place = range(node.start, node.end);
  const line = (at: number) => file.lines.lineAt(range(at, at).start);
  if (node.errorAt !== undefined) return { range: place, reason: `syntax error on line ${line(node.errorAt)}` };
  if (isGenDecl(node.type) || isFunction(node)) return undefined;
  return { range: place, reason: `statement outside a function on line ${line(node.start)}` };
}

/** What is cut off may start, wait or keep waiting; long sums and tables of constants hide nothing. */
const hidesCode = /\bfunc\b|\bgo\b|<-|\bselect\b|\.(?:R?Lock|Wait)\(/;

/** The rest of the declaration is analysed; what is nested too deeply in it is not seen. */
function cutPart(file: File, node: TopLevelNode, at: number): BrokenPart {
  const line = file.lines.lineAt(range(at, at).start);
  return { range: range(node.start, node.end), reason: `nested too deeply on line ${line}` };
}

function isFunction(node: TopLevelNode): boolean {
  return node.type === 'function_declaration' || node.type === 'method_declaration';
}

function declOf(file: File, node: TopLevelNode, broken: BrokenPart | undefined): Decl {
  if (isFunction(node)) return LazyFuncDecl.from(file, node, broken) ?? badDecl(node);
  return broken || !isGenDecl(node.type) ? badDecl(node) : new LazyGenDecl(file, node);
}

function badDecl(node: TopLevelNode): BadDecl {
  return { kind: 'BadDecl', range: range(node.start, node.end) };
}

const genTokens: Readonly<Record<string, GenDecl['tok']>> = {
  import_declaration: 'import',
  const_declaration: 'const',
  type_declaration: 'type',
};

class LazyGenDecl implements GenDecl {
  readonly kind = 'GenDecl';
  readonly range: Range;
  readonly tok: GenDecl['tok'];
  readonly #source: Source;
  readonly #node: TopLevelNode;
  #lowered: GenDecl | undefined;

  constructor(source: Source, node: TopLevelNode) {
    this.range = range(node.start, node.end);
    this.tok = genTokens[node.type] ?? 'var';
    this.#source = source;
    this.#node = node;
  }

  get lowered(): boolean {
    return this.#lowered !== undefined;
  }

  get specs(): readonly Spec[] {
    return this.#lower().specs;
  }

  get doc(): string {
    return this.#lower().doc ?? '';
  }

  #lower(): GenDecl {
    this.#lowered ??= lowerGenDecl(this.#source, this.#node.read());
    return this.#lowered;
  }
}

interface Signature {
  readonly type: FuncType;
  readonly recv: Field | undefined;
}

class LazyFuncDecl implements FuncDecl {
  readonly kind = 'FuncDecl';
  readonly range: Range;
  readonly name: Ident;
  readonly file: File;
  readonly broken?: BrokenPart;
  readonly bodyRange?: Range;
  readonly #node: TopLevelNode;
  readonly isMethod: boolean;
  #signature: Signature | undefined;
  #body: BlockStmt | undefined;

  /** Undefined when a syntax error took the name. */
  static from(file: File, node: TopLevelNode, broken: BrokenPart | undefined): LazyFuncDecl | undefined {
    const parts = node.outline();
    const name = parts.find((part) => part.field === 'name' && part.named);
    return name && new LazyFuncDecl(file, node, ident(file, name), parts, broken);
  }

  private constructor(file: File, node: TopLevelNode, name: Ident, parts: readonly SyntaxNode[], broken?: BrokenPart) {
    this.file = file;
    this.range = range(node.start, node.end);
    this.name = name;
    this.#node = node;
    this.isMethod = node.type === 'method_declaration';
    const body = parts.find((part) => part.field === 'body' && part.named);
    if (body) this.bodyRange = range(body.start, body.end);
    if (broken) this.broken = broken;
  }

  get lowered(): boolean {
    return this.#signature !== undefined || this.#body !== undefined;
  }

  get type(): FuncType {
    return this.#head().type;
  }

  // The contract has optional properties, which a getter without a value cannot express under
  // exactOptionalPropertyTypes; hence the types below.
  get recv(): Field {
    return this.#head().recv as Field;
  }

  get doc(): string {
    return docBefore(this.file.text, this.range.start) as string;
  }

  get body(): BlockStmt {
    if (!this.#body && this.bodyRange && !this.broken) {
      const block = this.#node.readField('body');
      if (block) this.#body = lowerBlock(this.file, block);
    }
    return this.#body as BlockStmt;
  }

  #head(): Signature {
    this.#signature ??= this.#readHead();
    return this.#signature;
  }

  #readHead(): Signature {
    const node = this.#node.read('body');
    const receiver = this.isMethod ? node.children.find((child) => child.field === 'receiver') : undefined;
    return { type: lowerFuncType(this.file, node), recv: receiver && lowerParams(this.file, receiver)[0] };
  }
}
