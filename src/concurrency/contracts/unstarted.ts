/**
 * A stop method that waits until the type runs, when it never will: `Run` says that it runs by closing a channel, returns an
 * error before that on another way, and else stays for as long as the value is in use. Whoever calls the stop method runs
 * beside it, and cannot know that it has failed.
 */
import type { FuncDecl } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { GoPackage, TypeInfo } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { isPlainOperation, type OwnChannel } from './channels.ts';
import type { Contract } from './contract.ts';
import { isMethodOf } from './leading-methods.ts';
import { constructorsOf } from './maker.ts';
import type { Services } from './services.ts';
import { stopsOf } from './stops.ts';
import { askedAlone } from './unasked.ts';

/** The contracts of stop methods that wait for the close of a channel by which another method says that it runs. */
export function unstartedContracts(
  pkg: GoPackage,
  type: TypeInfo,
  services: Services,
  { sends, closes, receives }: OwnChannel,
): readonly Contract[] {
  const [close] = closes;
  const run = close?.func;
  if (!close || !run || closes.length > 1 || sends.length > 0 || close.inner) return [];
  if (!isRun(pkg, type, run) || !staysAfter(run, close.node.range.end)) return [];
  // The literal says enough of the value: the channel is one that the package makes for it.
  if (constructorsOf(pkg, type).length === 0) return [];
  return stopsOf(pkg, type, services).flatMap((method): readonly Contract[] => {
    const operations = receives.filter((use) => use.func === method && !use.inner && isPlainOperation(pkg, use));
    if (operations.length === 0 || method === run) return [];
    return [{ ...askedAlone(type, method), operations, goroutines: undefined, servers: [], failing: run }];
  });
}

function isRun(pkg: GoPackage, type: TypeInfo, run: FuncDecl): boolean {
  const last = run.type.results.at(-1);
  const result = last && pkg.typeOfTypeExpr(last.type);
  const fails = result !== undefined && 'name' in result && result.name === 'error';
  return fails && isExported(run.name.name) && isMethodOf(pkg, run, type);
}

/** After the close it waits for something, or loops without a condition: it returns when all is over. */
function staysAfter({ body }: FuncDecl, from: number): boolean {
  let stays = false;
  if (body)
    walk(body, (node) => {
      if (stays || node.kind === 'FuncLit' || node.kind === 'DeferStmt' || node.range.end <= from) return false;
      if (node.range.start < from) return true;
      stays =
        (node.kind === 'UnaryExpr' && node.op === '<-') ||
        (node.kind === 'SelectStmt' && node.clauses.every(({ comm }) => comm !== undefined)) ||
        (node.kind === 'ForStmt' && node.cond === undefined);
      return !stays;
    });
  return stays;
}
