/** From a site of the explorer back to the source: which operation stands there, and what it works on. */
import { shownCode } from '../../analysis/shown-code.ts';
import type { Site } from '../../concurrency/ir.ts';
import type { Expr, File, Node } from '../../go/ast.ts';
import { nodesAround } from '../../go/nodes-around.ts';
import { contains, type Range, range } from '../../text/offset.ts';

export { nodesAround };

/** A site that lies in the source, not in a library model. */
export interface SourceSite extends Site {
  readonly file: File;
}

export interface Operation {
  readonly kind: 'send' | 'receive' | 'range' | 'select' | 'call' | 'other';
  readonly node: Node | undefined;
  /** Channel, mutex, WaitGroup or condition it works on; absent for a `select`. */
  readonly target?: Expr;
  /** Source of the target, e.g. `s.results`; empty when there is none. */
  readonly name: string;
  /** Source of the operation on one line: `s.results <- v`, `<-done`, `range jobs`, `select`, `wg.Wait()`. */
  readonly text: string;
  /** Range to point at: the operation, or the head of a loop or `select`. */
  readonly range: Range;
}

/** The innermost site that lies in the source: the site itself, or the nearest caller when a library model blocks. */
export function sourceSite(site: Site, callers: readonly Site[]): SourceSite | undefined {
  return [site, ...callers].find((one): one is SourceSite => one.file !== undefined);
}

/** What stands at a site. */
export function operationAt(site: SourceSite): Operation {
  const path = nodesAround(site.file, site.range);
  for (let at = path.length - 1; at >= 0; at--) {
    const node = path[at];
    const operation = node && toOperation(site.file, node);
    if (operation) return operation;
    if (node?.kind === 'FuncLit' || node?.kind === 'BlockStmt') break;
  }
  return { kind: 'other', node: path.at(-1), name: '', text: sourceText(site.file, site.range), range: site.range };
}

/** `select {}`. */
export function isEmptySelect({ node }: Operation): boolean {
  return node?.kind === 'SelectStmt' && node.clauses.length === 0;
}

/** `t.C`: the channel of a timer or ticker, as far as the text shows. */
export function isTimerChannel(target: Expr | undefined): boolean {
  return target?.kind === 'SelectorExpr' && target.sel.name === 'C';
}

/** The whole function of a code reference's site: the literal, or the declaration whose name the site is. */
export function functionRange(site: Site): Range {
  if (!site.file) return site.range;
  const decl = nodesAround(site.file, site.range)[0];
  return decl?.kind === 'FuncDecl' && decl.name.range.start === site.range.start ? decl.range : site.range;
}

/** Source on one line, white space folded, cut to `limit` characters. */
export function sourceText(file: File, span: Range, limit = 60): string {
  return shownCode(file.text.slice(span.start, span.end), limit);
}

/** The variable or field that a `make` is assigned to. */
export function assignedTo(place: SourceSite): Expr | undefined {
  const path = nodesAround(place.file, place.range);
  const holder = path.findLast(
    (node) => node.kind === 'AssignStmt' || node.kind === 'ValueSpec' || node.kind === 'KeyValueExpr',
  );
  if (holder?.kind === 'AssignStmt')
    return holder.lhs[holder.rhs.findIndex((value) => contains(value.range, place.range))];
  if (holder?.kind === 'ValueSpec') {
    const at = holder.values.findIndex((value) => contains(value.range, place.range));
    return holder.names[at === -1 ? 0 : at];
  }
  return holder?.kind === 'KeyValueExpr' ? holder.key : undefined;
}

/** The source of what a `make` is assigned to. */
export function assignedName(place: SourceSite): string | undefined {
  const target = assignedTo(place);
  return target && sourceText(place.file, target.range, 40);
}

/** Name of the declared function around a site. */
export function functionAt(site: Site): string | undefined {
  const decl = site.file && nodesAround(site.file, site.range)[0];
  return decl?.kind === 'FuncDecl' ? decl.name.name : undefined;
}

/** Whether two sites are the same range of the same file. */
export function sameSite(a: Site, b: Site | undefined): boolean {
  return b !== undefined && a.file === b.file && a.range.start === b.range.start && a.range.end === b.range.end;
}

function toOperation(file: File, node: Node): Operation | undefined {
  const text = (span: Range) => sourceText(file, span);
  switch (node.kind) {
    case 'SendStmt':
      return {
        kind: 'send',
        node,
        target: node.chan,
        name: text(node.chan.range),
        text: node.value.kind === 'FuncLit' ? `${text(node.chan.range)} <- func(...)` : text(node.range),
        range: node.range,
      };
    case 'UnaryExpr':
      if (node.op !== '<-') return undefined;
      return {
        kind: 'receive',
        node,
        target: node.x,
        name: text(node.x.range),
        text: text(node.range),
        range: node.range,
      };
    case 'RangeStmt':
      return {
        kind: 'range',
        node,
        target: node.x,
        name: text(node.x.range),
        text: `range ${text(node.x.range)}`,
        range: headOf(file, node.range, node.body.range.start),
      };
    case 'SelectStmt':
      return { kind: 'select', node, name: '', text: 'select', range: headOf(file, node.range, node.range.end) };
    case 'CallExpr': {
      const target = node.fun.kind === 'SelectorExpr' ? node.fun.x : undefined;
      return {
        kind: 'call',
        node,
        ...(target ? { target } : {}),
        name: target ? text(target.range) : '',
        text: node.args.some((arg) => arg.kind === 'FuncLit') ? `${text(node.fun.range)}(...)` : text(node.range),
        range: firstLine(file, node.range),
      };
    }
    default:
      return undefined;
  }
}

function headOf(file: File, span: Range, bodyStart: number): Range {
  const brace = file.text.indexOf('{', span.start);
  const end = Math.min(bodyStart, brace === -1 ? span.end : brace);
  return range(span.start, span.start + file.text.slice(span.start, end).trimEnd().length);
}

function firstLine(file: File, span: Range): Range {
  const end = file.text.indexOf('\n', span.start);
  return end === -1 || end >= span.end ? span : range(span.start, end);
}
