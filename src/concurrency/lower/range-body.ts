/**
 * The body of `for x := range seq` as the function that the iterator calls: `continue` returns true, `break` returns false.
 * What leads further out (`return`, `goto`, a label of another loop) says so in a cell, returns false, and is done by the
 * function around the loop once the iterator has returned.
 */
import type { BranchStmt, RangeStmt, ReturnStmt } from '../../go/ast.ts';
import { literalName, type Slot } from '../ir.ts';
import { placeOf, writePlace } from './assignments.ts';
import { Unsupported } from './code-builder.ts';
import { lowerExpr } from './expressions.ts';
import { FunctionLowering, type LoopBody } from './function-lowering.ts';
import { lowerBlock, lowerBranch, returnValues } from './statements.ts';

/** Calls the iterator with the body of the loop; `count`: how many values it gives. */
export function lowerRangeBody(f: FunctionLowering, stmt: RangeStmt, count: number, label: string | undefined): void {
  const site = f.site(stmt.x);
  const iterator = lowerExpr(f, stmt.x);
  const cells = Array.from({ length: 1 + (f.namedResults?.length ?? f.resultCount) }, () => f.b.slot());
  for (const cell of cells) {
    f.b.emit({ op: 'new', dst: cell, object: { kind: 'cell' } }, site);
    f.b.emit({ op: 'store', cell, src: f.b.constant(0, site) }, site);
  }
  const captured = f.analysis.captured(stmt);
  const captures = [...cells, ...captured.map((binding) => f.storageOf(binding)?.slot ?? f.unknown('any', site))];
  const exits: (ReturnStmt | BranchStmt)[] = [];
  const code = f.lowering.lazy(literalName, f.site(stmt.body), (ref) => {
    const body = new FunctionLowering(f.lowering, f.func, captures.length + count);
    const all = captures.length;
    body.loopBody = { exits, outcome: 0, results: cells.slice(1).map((_, at) => at + 1), stmt };
    captured.forEach((binding, at) => {
      const slot = cells.length + at;
      body.storage.set(binding, { slot, cell: f.analysis.cells.has(binding) });
      if (binding.decl?.kind === 'CaseClause') body.clauseVariables.set(binding.decl, { slot, cell: false });
    });
    compile(body, stmt, all, label);
    return body.b.finish({ ref, captureCount: all, paramCount: count, resultCount: 1 });
  });
  if (!code.resolve()) throw new Unsupported('the body of a loop over a function');
  const closure = f.b.slot();
  f.b.emit({ op: 'closure', dst: closure, code, captures }, site);
  f.b.emit({ op: 'call', dst: [], callee: { kind: 'value', slot: iterator }, args: [closure], resultHints: [] }, site);
  leave(f, exits, cells);
}

function compile(body: FunctionLowering, stmt: RangeStmt, params: Slot, label: string | undefined): void {
  const { b } = body;
  [stmt.key, stmt.value].forEach((target, at) => {
    if (!target) return;
    if (stmt.tok === ':=' && target.kind === 'Ident') body.declare(target, params + at);
    else writePlace(body, placeOf(body, target), params + at, stmt);
  });
  const [more, enough] = [b.label(), b.label()];
  body.targets.push({ label, breakTo: enough, continueTo: more });
  lowerBlock(body, stmt.body);
  const site = body.site(stmt.x);
  b.place(more);
  b.emit({ op: 'return', values: [b.constant(true, site)] }, site);
  b.place(enough);
  b.emit({ op: 'return', values: [b.constant(false, site)] }, site);
}

/** Does what the body of a loop could not do itself. */
function leave(f: FunctionLowering, exits: LoopBody['exits'], [outcome, ...results]: readonly Slot[]): void {
  exits.forEach((stmt, at) => {
    const site = f.site(stmt);
    const [chosen, isThis] = [f.b.slot(), f.b.slot()];
    const [yes, no] = [f.b.label(), f.b.label()];
    f.b.emit({ op: 'load', dst: chosen, cell: outcome ?? 0 }, site);
    f.b.emit({ op: 'binary', dst: isThis, operator: '==', x: chosen, y: f.b.constant(at + 1, site) }, site);
    f.b.branch(isThis, { yes, no }, site);
    f.b.place(yes);
    if (stmt.kind === 'BranchStmt') lowerBranch(f, stmt);
    else
      returnValues(
        f,
        stmt,
        stmt.results.length === 0 ? [] : results.map((cell) => f.read({ slot: cell, cell: true }, site)),
      );
    f.b.place(no);
  });
}
