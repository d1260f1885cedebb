/** What looks stuck and is no defect: it is meant so, or it hangs on what only the author knows. */
import type { GoPackage } from '../../go/package.ts';
import { hasNoCrew } from './crew.ts';
import { countsWork, fillsOwnBuffer } from './measured.ts';
import { isQueued, trustsNil } from './nil-values.ts';
import { isEmptySelect, nodesAround, type Operation, type SourceSite } from './operation.ts';
import { givesBackToken } from './own-counter.ts';
import type { Story } from './story.ts';
import { missesCases } from './unmatched.ts';

/** What looks stuck is meant so, or cannot come to pass as far as its author knows. */
export function isExpected(pkg: GoPackage, story: Story): boolean {
  if (waitsOnPurpose(pkg, story) || isNilByContract(story)) return true;
  if (givesBackToken(story) || fillsOwnBuffer(story) || countsWork(story) || hasNoCrew(story)) return true;
  return missesCases(story) || isOutsidesDoing(story) || trustsNil(story) || isQueued(story) || isRefused(story);
}

/** The function left since the call to which it gave the callback had failed: what failed keeps no callback. */
function isRefused({ root, departure }: Story): boolean {
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
  return call?.kind === 'CallExpr' && call.args.some((arg) => arg.kind === 'FuncLit');
}

/** Code outside took the value that is missed, or put in the one that is in the way: it knows what it does. */
function isOutsidesDoing({ leak, root }: Story): boolean {
  if (root.object === undefined || leak.outsider) return false;
  const met = root.kind === 'send' ? 'recv' : 'send';
  return leak.trace.some(({ what }) => what.kind === met && what.fromOutside === true && what.object === root.object);
}

/** A getter that returns nil says that the channel will never be ready: `ctx.Done()`, `s.ShouldStop()` of no `s`. */
function isNilByContract({ root, operation }: Story): boolean {
  return root.kind === 'nil-recv' && operation.target?.kind === 'CallExpr';
}

/**
 * Outside a goroutine of its own, `select {}` and `<-make(chan T)` say in plain words that the caller is to wait for ever;
 * and a program whose `main` alone waits for a context that nobody cancels runs until it is killed.
 */
function waitsOnPurpose(pkg: GoPackage, { root, operation, context, leak, site }: Story): boolean {
  if (isEmptySelect(operation)) return root.process.start === undefined || isCalledToWait(pkg, site);
  if (root.process.start !== undefined) return false;
  if (root.kind !== 'recv') return false;
  return isMadeHere(operation) || (context !== undefined && leak.stuck.length === 1 && leak.entry.name === 'main');
}

/** The function around is called elsewhere without `go`, so that its caller waits. */
function isCalledToWait(pkg: GoPackage, { file, range }: SourceSite): boolean {
  const [decl, ...inner] = nodesAround(file, range);
  if (decl?.kind !== 'FuncDecl' || inner.some((node) => node.kind === 'FuncLit')) return false;
  return pkg.callersOf(decl).some((call) => pkg.parentOf(call)?.kind !== 'GoStmt');
}

function isMadeHere({ target }: Operation): boolean {
  return target?.kind === 'CallExpr' && target.fun.kind === 'Ident' && target.fun.name === 'make';
}
