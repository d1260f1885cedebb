/**
 * The channel of http.CloseNotifier: a value comes when the client goes away while the handler runs, and none after it has
 * returned (https://pkg.go.dev/net/http#CloseNotifier). Who only waits for it outlives the request.
 */
import type { Expr } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import type { StuckProcess } from '../leak.ts';
import { nodesAround } from './place.ts';

/** Whether a function gets such a channel; a cheap look at its text. */
export function asksForCloseNotify(text: string): boolean {
  return text.includes('.CloseNotify()');
}

/** Whether a goroutine waits for such a channel and for nothing else. */
export function waitsForCloseNotify(pkg: GoPackage, { kind, site, process }: StuckProcess): boolean {
  if (kind !== 'recv' || !site.file || process.start === undefined) return false;
  const receive = nodesAround(site.file, site.range).findLast((node) => node.kind === 'UnaryExpr' && node.op === '<-');
  return receive?.kind === 'UnaryExpr' && isCloseNotify(pkg, receive.x);
}

/** The call itself, or a variable that it is assigned to. */
function isCloseNotify(pkg: GoPackage, chan: Expr): boolean {
  if (chan.kind === 'CallExpr') return chan.fun.kind === 'SelectorExpr' && chan.fun.sel.name === 'CloseNotify';
  const decl = chan.kind === 'Ident' ? pkg.bindingOf(chan)?.decl : undefined;
  const values = decl?.kind === 'AssignStmt' ? decl.rhs : decl?.kind === 'ValueSpec' ? decl.values : [];
  const [only] = values;
  return values.length === 1 && only?.kind === 'CallExpr' && isCloseNotify(pkg, only);
}
