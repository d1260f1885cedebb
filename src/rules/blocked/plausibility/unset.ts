/**
 * Places that a path finds to be nil although the package sets them: a variable of the package before anybody has started what
 * sets it, and a field that holds what a call has given without an error.
 */
import type { Leak, TraceStep } from '../../../concurrency/leak.ts';
import type { AssignStmt, BinaryExpr, Expr, FuncDecl, IfStmt, Node } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import { isTestFile } from '../../../go/test-code.ts';
import { walk } from '../../../go/walk.ts';
import { contains } from '../../../text/offset.ts';
import { nodesAround, sourceSite, sourceText } from '../operation.ts';
import { arrivals } from './arrivals.ts';
import type { Assumption } from './assumption.ts';

/** The place that a step of a path finds to be nil, when it hardly is. */
export function unsetPlace(pkg: GoPackage, leak: Leak, step: TraceStep): Assumption | undefined {
  const check = checkOf(step);
  const place = sourceSite(step.site, step.callers);
  if (!check || !place) return undefined;
  const isUnset =
    check.place.kind === 'SelectorExpr' ? isFilledOnTheWay(pkg, leak, check) : isVariableSetElsewhere(pkg, check);
  if (!isUnset) return undefined;
  return { kind: 'nil-value', text: `\`${sourceText(place.file, check.place.range, 40)}\` is nil`, place };
}

interface Check {
  readonly decl: FuncDecl;
  readonly place: Expr;
  /** The `if` around it, when it is one. */
  readonly statement: IfStmt | undefined;
}

/** A comparison that found something to be nil. */
function checkOf({ site, what }: TraceStep): Check | undefined {
  if (what.kind !== 'branch' || !site.file) return undefined;
  const path = nodesAround(site.file, site.range);
  const [decl] = path;
  const asked = path.findLast((node): node is BinaryExpr => node.kind === 'BinaryExpr');
  if (decl?.kind !== 'FuncDecl' || asked?.y.kind !== 'Ident' || asked.y.name !== 'nil') return undefined;
  if ((asked.op !== '==' && asked.op !== '!=') || (asked.op === '==') !== what.taken) return undefined;
  const statement = path.findLast((node): node is IfStmt => node.kind === 'IfStmt');
  return {
    decl,
    place: asked.x,
    statement: statement && contains(statement.cond.range, asked.range) ? statement : undefined,
  };
}

/**
 * A variable of the package that production code sets, and that this function does not set where it is nil: it was called
 * before what it belongs to was started.
 */
function isVariableSetElsewhere(pkg: GoPackage, { place, statement }: Check): boolean {
  const binding = place.kind === 'Ident' ? pkg.bindingOf(place) : undefined;
  if (binding?.kind !== 'var' || !binding.global) return false;
  const sets = pkg.usesOf(binding).flatMap((use) => {
    const assignment = pkg.parentOf(use);
    const isSet = assignment?.kind === 'AssignStmt' && assignment.lhs.some((target) => target === use);
    return isSet && !isTestFile(pkg.fileOf(use).path) ? [assignment] : [];
  });
  return sets.length > 0 && !sets.some((one) => statement !== undefined && contains(statement.range, one.range));
}

/** On this path the field was given a value that had come without an error, and nobody has cleared it since. */
function isFilledOnTheWay(pkg: GoPackage, { trace }: Leak, { decl, place }: Check): boolean {
  const field = pkg.fieldOf(place);
  if (!field) return false;
  const decls = new Set(trace.flatMap(({ site }) => (site.file ? nodesAround(site.file, site.range).slice(0, 1) : [])));
  let filled = false;
  let cleared = false;
  for (const other of decls) {
    if (other.kind !== 'FuncDecl' || other === decl) continue;
    for (const assignment of assignmentsTo(other, (target) => pkg.fieldOf(target) === field)) {
      const [value] = assignment.rhs;
      filled ||= value?.kind === 'Ident' && arrivals(pkg, other, value).length > 0;
      cleared ||= value?.kind === 'Ident' && value.name === 'nil';
    }
  }
  return filled && !cleared;
}

function assignmentsTo(root: Node, isTarget: (expr: Expr) => boolean): readonly AssignStmt[] {
  const found: AssignStmt[] = [];
  walk(root, (node) => {
    if (node.kind === 'AssignStmt' && node.lhs.length === 1 && node.lhs.some(isTarget)) found.push(node);
    return true;
  });
  return found;
}
