/** What is at hand to end a wait: a context, or the channel that stops the loop on the other side. */
import type { Expr, Node } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import { contextAt } from '../../lifecycle/equipment.ts';
import { operationAt, sourceSite, sourceText } from '../operation.ts';
import type { Story } from '../story.ts';
import { type FunctionAround, isContextVisible } from './scope.ts';

/** Something to wait for beside the operation. */
export interface End {
  readonly channel: string;
  /** The context's expression when it is one. */
  readonly context?: string;
}

/** The context and the stop channel at hand where a story ends, in a function. */
export function endsAt(story: Story, pkg: GoPackage, func: FunctionAround): readonly End[] {
  const enclosing = pkg.enclosing(func.body);
  const contexts = [contextAt(pkg, enclosing.func, func.node.kind === 'FuncLit' ? func.node : enclosing.inner)];
  const found: End[] = [];
  for (const context of contexts) {
    if (context && isContextVisible(pkg, func, context)) found.push({ channel: `${context}.Done()`, context });
  }
  const stop = stopOfLoop(story, pkg);
  if (stop && !found.some((end) => end.channel === stop)) found.push({ channel: stop });
  return found;
}

/** The channel whose closing ended the service loop: a field that the package closes, written for this receiver. */
function stopOfLoop({ stoppedLoop, operation }: Story, pkg: GoPackage): string | undefined {
  const arm = stoppedLoop?.reason?.what.kind === 'select' ? stoppedLoop.reason.what.arm : undefined;
  const place = arm && arm !== 'default' ? sourceSite(arm, []) : undefined;
  const chan = place && operationAt(place).target;
  if (!place || !chan) return undefined;
  const owner = operation.target?.kind === 'SelectorExpr' ? operation.target.x : undefined;
  const field = pkg.fieldOf(chan);
  if (!field?.uses.some((use) => use.kind === 'close') || !owner) return contextOfField(chan, owner, pkg);
  return `${ownerText(owner, pkg)}.${field.name}`;
}

/** `s.ctx.Done()` for a loop that ends with a context in a field of the same receiver. */
function contextOfField(chan: Expr, owner: Expr | undefined, pkg: GoPackage): string | undefined {
  if (chan.kind !== 'CallExpr' || chan.fun.kind !== 'SelectorExpr' || !owner) return undefined;
  const field = pkg.fieldOf(chan.fun.x);
  return field ? `${ownerText(owner, pkg)}.${field.name}.Done()` : undefined;
}

function ownerText(owner: Node, pkg: GoPackage): string {
  return sourceText(pkg.fileOf(owner), owner.range);
}
