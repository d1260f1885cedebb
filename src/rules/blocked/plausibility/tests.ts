/** Tests arrange what they test, and the process that runs them ends soon. */
import type { Site } from '../../../concurrency/ir.ts';
import type { TraceStep } from '../../../concurrency/leak.ts';
import { isContext } from '../../../concurrency/open/stops.ts';
import type { Expr, Stmt } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import { isTestCode, isTestFile, isTestHelper } from '../../../go/test-code.ts';
import { contains } from '../../../text/offset.ts';
import { nodesAround, operationAt, sourceSite } from '../operation.ts';
import type { Story } from '../story.ts';
import type { Assumption } from './assumption.ts';

/** What stays in a test stays until the test process ends, so it is never an error. */
export function testCode(pkg: GoPackage, { site }: Story): Assumption | undefined {
  return isInTest(pkg, site) ? { kind: 'test-code', text: 'the test process goes on', place: site } : undefined;
}

/** Only a test leaves the code that it tests blocked: it arranges states that callers need not meet. */
export function testArranges(pkg: GoPackage, { leak, site }: Story): Assumption | undefined {
  if (!isInTest(pkg, leak.entry.site) || isInTest(pkg, site)) return undefined;
  return { kind: 'test-arranges', text: `others do what the test \`${leak.entry.name}\` does` };
}

/** A context of a test that code elsewhere made ends while the test runs: such a context ends with its test. */
export function testEndsEarly(pkg: GoPackage, { leak }: Story): Assumption | undefined {
  if (!isInTest(pkg, leak.entry.site)) return undefined;
  const step = leak.trace.find((one) => isEndOfContext(pkg, one));
  const place = step && sourceSite(step.site, step.callers);
  return place && { kind: 'test-ends-early', text: 'the context of the test ends before the test', place };
}

/** The path takes an arm or a branch in which the test is told to have failed: what it leaves behind then is no news. */
export function testFails(pkg: GoPackage, { leak }: Story): Assumption | undefined {
  if (!isInTest(pkg, leak.entry.site)) return undefined;
  for (const step of leak.trace) {
    const failure = takenBlock(step)?.find((stmt) => stmt.kind === 'ExprStmt' && isFailure(pkg, stmt.x));
    const place = failure && sourceSite(step.site, step.callers);
    if (place) return { kind: 'test-fails', text: 'the test has failed before', place };
  }
  return undefined;
}

/** The statements that a choice leads to: of the arm of a `select`, or of a branch of an `if`. */
function takenBlock({ site, what }: TraceStep): readonly Stmt[] | undefined {
  if (what.kind === 'select' && what.arm !== 'default' && what.arm.file) {
    const arm = nodesAround(what.arm.file, what.arm.range).findLast((node) => node.kind === 'CommClause');
    return arm?.kind === 'CommClause' ? arm.body : undefined;
  }
  if (what.kind !== 'branch' || !site.file) return undefined;
  const choice = nodesAround(site.file, site.range).findLast((node) => node.kind === 'IfStmt');
  if (choice?.kind !== 'IfStmt' || !contains(choice.cond.range, site.range)) return undefined;
  const taken = what.taken ? choice.body : choice.els;
  return taken?.kind === 'BlockStmt' ? taken.list : undefined;
}

const failures: ReadonlySet<string> = new Set(['Error', 'Errorf', 'Fail', 'Failf']);
const assertions = /^github\.com\/stretchr\/testify\/(assert|require)$/;

/** `t.Error(...)`, `assert.Fail(t, ...)`; what ends the test at once (`t.Fatal`) ends the path as well. */
function isFailure(pkg: GoPackage, call: Expr): boolean {
  const callee = call.kind === 'CallExpr' ? pkg.calleeOf(call) : undefined;
  if (callee?.kind !== 'external' && callee?.kind !== 'externalMethod') return false;
  return failures.has(callee.name) && (callee.path === 'testing' || assertions.test(callee.path));
}

/** A receive from the `Done()` of a context that code outside ended. */
function isEndOfContext(pkg: GoPackage, { site, callers, what }: TraceStep): boolean {
  if ((what.kind !== 'recv' && what.kind !== 'select') || what.fromOutside !== true) return false;
  const place = sourceSite(what.kind === 'select' && what.arm !== 'default' ? what.arm : site, callers);
  const target = place && operationAt(place).target;
  if (target?.kind !== 'CallExpr' || target.fun.kind !== 'SelectorExpr') return false;
  return target.fun.sel.name === 'Done' && isContext(pkg.typeOf(target.fun.x));
}

/** Whether a place stands in a test file, in a file of helpers for tests, or in a function that is given a test. */
export function isInTest(pkg: GoPackage, { file, range }: Site): boolean {
  if (!file) return false;
  if (isTestFile(file.path) || isTestCode(file)) return true;
  return nodesAround(file, range).some(
    (node) => (node.kind === 'FuncDecl' || node.kind === 'FuncLit') && isTestHelper(pkg, node),
  );
}
