/** What looks stuck and is no defect: it is meant so, or it hangs on what only the author knows. */
import { receivedFrom } from '../../concurrency/open/stops.ts';
import type { Expr } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { contains } from '../../text/offset.ts';
import { hasNoCrew } from './crew.ts';
import { countsWork, fillsOwnBuffer } from './measured.ts';
import { trustsNil } from './nil-values.ts';
import { isEmptySelect, nodesAround, type Operation, type SourceSite } from './operation.ts';
import { givesBackToken } from './own-counter.ts';
import { isQueued } from './queued.ts';
import type { Story } from './story.ts';
import { missesCases } from './unmatched.ts';

/** What looks stuck is meant so, or cannot come to pass as far as its author knows. */
export function isExpected(pkg: GoPackage, story: Story): boolean {
  if (waitsOnPurpose(pkg, story) || isNilByContract(pkg, story)) return true;
  if (givesBackToken(story) || fillsOwnBuffer(pkg, story) || countsWork(pkg, story) || hasNoCrew(story)) return true;
  return (
    missesCases(story) || isOutsidesDoing(story) || trustsNil(pkg, story) || isQueued(pkg, story) || isRefused(story)
  );
}

/** The function left since the call to which it gave the callback had failed: what failed keeps no callback. */
function isRefused({ root, departure, site }: Story): boolean {
  if (!root.callback || !departure?.site) return false;
  const path = nodesAround(departure.site.file, departure.site.range);
  const failed = path.findLastIndex((node) => node.kind === 'IfStmt');
  const [choice, block] = [path[failed], path[failed - 1]];
  if (choice?.kind !== 'IfStmt' || choice.cond.kind !== 'BinaryExpr' || choice.cond.op !== '!=') return false;
  const asked = choice.cond.x.kind === 'Ident' ? choice.cond.x.name : undefined;
  const before = block?.kind === 'BlockStmt' ? block.list[block.list.indexOf(choice) - 1] : undefined;
  const from = choice.init ?? before;
  if (from?.kind !== 'AssignStmt' || !from.lhs.some((target) => target.kind === 'Ident' && target.name === asked))
    return false;
  const [call] = from.rhs;
  if (call?.kind !== 'CallExpr') return false;
  const runs = (arg: Expr) => [site, ...root.callers].some((place) => contains(arg.range, place.range));
  return call.args.some((arg) => arg.kind === 'FuncLit' && runs(arg));
}

/** Code outside took the value that is missed, or put in the one that is in the way: it knows what it does. */
function isOutsidesDoing({ leak, root }: Story): boolean {
  if (root.object === undefined || leak.outsider) return false;
  const met = root.kind === 'send' ? 'recv' : 'send';
  return leak.trace.some(({ what }) => what.kind === met && what.fromOutside === true && what.object === root.object);
}

/**
 * A getter that says `return nil` itself, or one that is not seen, promises so that the channel will never be ready:
 * `ctx.Done()`, `s.ShouldStop()` of no `s`. One that hands out what a field holds promises nothing.
 */
function isNilByContract(pkg: GoPackage, { root, operation }: Story): boolean {
  if (root.kind !== 'nil-recv' || operation.target?.kind !== 'CallExpr') return false;
  const callee = pkg.calleeOf(operation.target);
  if (callee.kind !== 'func' && callee.kind !== 'method') return true;
  let promised = false;
  walk(callee.decl, (node) => {
    if (node.kind !== 'ReturnStmt') return !promised && node.kind !== 'FuncLit';
    promised ||= node.results.some((result) => result.kind !== 'SelectorExpr');
    return false;
  });
  return promised;
}

/**
 * Outside a goroutine of its own, `select {}` and `<-make(chan T)` say in plain words that the caller is to wait forever;
 * and a program whose `main` alone waits for a context that nobody cancels runs until it is killed.
 */
function waitsOnPurpose(pkg: GoPackage, { root, operation, context, leak, site }: Story): boolean {
  if (isEmptySelect(operation)) return root.process.start === undefined || isCalledToWait(pkg, site);
  if (root.process.start !== undefined) return false;
  if (root.kind === 'select') return hasArmForNobody(operation);
  if (root.kind !== 'recv') return false;
  return isMade(operation.target) || (context !== undefined && leak.stuck.length === 1 && leak.entry.name === 'main');
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

function isMade(channel: Expr | undefined): boolean {
  return channel?.kind === 'CallExpr' && channel.fun.kind === 'Ident' && channel.fun.name === 'make';
}
