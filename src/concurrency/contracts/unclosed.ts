/** Channels over which a goroutine ranges although what ends the type does not close them. */
import type { FuncDecl } from '../../go/ast.ts';
import type { FieldUse, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { armOf, type OwnChannel } from './channels.ts';

/**
 * Whether nothing closes the channel, and the type is meant to end: all who send also wait for another channel, which the
 * package closes. A loop that can be left in no other way, in a type whose method is called `Stop` or the like, is
 * `start-without-stop`; a stop method that sends may well say so to the loop.
 */
export function endsWithClose(pkg: GoPackage, channel: OwnChannel, stop: FuncDecl): boolean {
  const { closes, sends, ranges } = channel;
  if (closes.length > 0 || ranges.length === 0 || sends.length === 0) return false;
  if (sends.some((use) => use.func === stop) || ranges.some((use) => !isLeft(use))) return false;
  return sends.every((use) => givesUp(pkg, use));
}

/** The loop can be left by a `return` or `break`. */
function isLeft(use: FieldUse): boolean {
  const loop = use.node;
  if (loop.kind !== 'RangeStmt') return false;
  let found = false;
  walk(loop.body, (node) => {
    if (node.kind === 'FuncLit') return false;
    found ||= node.kind === 'ReturnStmt' || node.kind === 'BranchStmt';
    return !found;
  });
  return found;
}

function givesUp(pkg: GoPackage, use: FieldUse): boolean {
  const around = armOf(pkg, use);
  return around?.of.clauses.some((clause) => clause !== around.arm && waitsForClose(pkg, clause.comm)) ?? false;
}

/** `<-x.done` of a field that the package closes. */
function waitsForClose(pkg: GoPackage, comm: Parameters<typeof walk>[0] | undefined): boolean {
  if (comm?.kind !== 'ExprStmt' || comm.x.kind !== 'UnaryExpr' || comm.x.op !== '<-') return false;
  return pkg.fieldOf(comm.x.x)?.uses.some((use) => use.kind === 'close') ?? false;
}
