/** What waits forever because somebody says so: in plain words, or by a contract that everybody knows. */
import { receivedFrom } from '../../../concurrency/open/stops.ts';
import type { Expr } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import { walk } from '../../../go/walk.ts';
import { isEmptySelect, nodesAround, type Operation, type SourceSite } from '../operation.ts';
import { heldLock } from '../root-cause.ts';
import type { Story } from '../story.ts';
import type { Assumption } from './assumption.ts';

/**
 * Outside a goroutine of its own, `select {}` and a wait for a channel that nobody else can know say in plain words that the
 * caller is to wait forever; and a program whose `main` alone waits for a context that nobody cancels runs until it is killed.
 */
export function meantToWait(pkg: GoPackage, story: Story): Assumption | undefined {
  if (!waitsOnPurpose(pkg, story)) return undefined;
  return { kind: 'meant-to-wait', text: `\`${story.operation.text}\` was not meant to wait forever` };
}

function waitsOnPurpose(pkg: GoPackage, { root, operation, context, leak, site }: Story): boolean {
  // To wait is meant, and to keep others out meanwhile is not.
  if (isEmptySelect(operation) && heldLock(leak)?.holder === root) return false;
  if (isEmptySelect(operation)) return root.process.start === undefined || isCalledToWait(pkg, site);
  if (root.process.start !== undefined) return false;
  if (root.kind === 'select') return hasArmForNobody(operation);
  if (root.kind !== 'recv' && !(root.kind === 'nil-recv' && pkg.name === 'main')) return false;
  if (isMade(operation.target) || isForNobody(pkg, operation)) return true;
  return context !== undefined && leak.stuck.length === 1 && leak.entry.name === 'main';
}

/** The function around is called elsewhere without `go`, so that its caller waits. */
function isCalledToWait(pkg: GoPackage, { file, range }: SourceSite): boolean {
  const [decl, ...inner] = nodesAround(file, range);
  if (decl?.kind !== 'FuncDecl' || inner.some((node) => node.kind === 'FuncLit')) return false;
  return pkg.callersOf(decl).some((call) => pkg.parentOf(call)?.kind !== 'GoStmt');
}

/** An arm that receives from a channel nobody else can know: the others are to be waited for, however long. */
function hasArmForNobody({ node }: Operation): boolean {
  if (node?.kind !== 'SelectStmt') return false;
  return node.clauses.some(({ comm }) => comm !== undefined && isMade(receivedFrom(comm)));
}

/**
 * `forever := make(chan struct{}); <-forever`, or the same of one that is never made: a variable of which nothing else is done
 * than to wait for it, and a value that nobody looks at. Who asks for a value expects an answer.
 */
function isForNobody(pkg: GoPackage, { node, target }: Operation): boolean {
  const binding = target?.kind === 'Ident' ? pkg.bindingOf(target) : undefined;
  if (node?.kind !== 'UnaryExpr' || binding?.kind !== 'var' || binding.global) return false;
  if (pkg.parentOf(node)?.kind !== 'ExprStmt') return false;
  const { decl } = binding;
  const values = decl?.kind === 'AssignStmt' ? decl.rhs : decl?.kind === 'ValueSpec' ? decl.values : undefined;
  if (values === undefined || !values.every(isMade)) return false;
  return pkg.usesOf(binding).every((use) => pkg.parentOf(use) === node);
}

function isMade(channel: Expr | undefined): boolean {
  return channel?.kind === 'CallExpr' && channel.fun.kind === 'Ident' && channel.fun.name === 'make';
}

/**
 * A getter that says `return nil` itself, or one that is not seen, promises so that the channel will never be ready:
 * `ctx.Done()`, `s.ShouldStop()` of no `s`. One that hands out what a field holds promises nothing.
 */
export function nilByContract(pkg: GoPackage, { root, operation }: Story): Assumption | undefined {
  if (root.kind !== 'nil-recv' || operation.target?.kind !== 'CallExpr') return undefined;
  const assumption: Assumption = {
    kind: 'nil-by-contract',
    text: `\`${operation.name}\` does not mean "nobody to wait for" when it returns nil`,
  };
  const callee = pkg.calleeOf(operation.target);
  if (callee.kind !== 'func' && callee.kind !== 'method') return assumption;
  let promised = false;
  walk(callee.decl, (node) => {
    if (node.kind !== 'ReturnStmt') return !promised && node.kind !== 'FuncLit';
    promised ||= node.results.some((result) => result.kind !== 'SelectorExpr');
    return false;
  });
  return promised ? assumption : undefined;
}
