/** A server that says it was shut down, before anybody has done so. */
import type { FuncDecl } from '../../../go/ast.ts';
import { walk } from '../../../go/walk.ts';
import { nodesAround, sourceSite } from '../operation.ts';
import type { Story } from '../story.ts';
import type { Assumption } from './assumption.ts';

/** Errors with which serving ends once the server was shut down, and never before. */
const closed = /\b(ErrServerClosed|ErrServerStopped)\b/;

/**
 * The function shuts its server down further below than the place that is stuck, and the path takes the server to be shut
 * down already. Assumed: nobody else has the server.
 */
export function endedByItself({ leak: { trace }, site: stuck }: Story): Assumption | undefined {
  for (const { what, site, callers } of trace) {
    const place = what.kind === 'branch' ? sourceSite(site, callers) : undefined;
    if (!place || what.kind !== 'branch' || place.file !== stuck.file) continue;
    const text = place.file.text.slice(place.range.start, place.range.end);
    if (!closed.test(text) || what.taken === text.includes('!=')) continue;
    const [decl] = nodesAround(place.file, place.range);
    if (decl?.kind !== 'FuncDecl' || nodesAround(stuck.file, stuck.range)[0] !== decl) continue;
    const stops = stopsIn(decl);
    if (stops.length > 0 && stops.every((start) => start > stuck.range.start))
      return { kind: 'ended-by-itself', text: 'the server is shut down before anybody does so', place };
  }
  return undefined;
}

/** Where the function shuts something down. */
function stopsIn(decl: FuncDecl): readonly number[] {
  const found: number[] = [];
  walk(decl, (node) => {
    if (node.kind === 'CallExpr' && node.fun.kind === 'SelectorExpr' && /^(Shutdown|Close)$/.test(node.fun.sel.name))
      found.push(node.range.start);
  });
  return found;
}
