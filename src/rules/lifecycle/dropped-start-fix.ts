/** Ends the goroutine of a dropped value before each error that would drop it. */
import { fixOf, insertBefore, refuse } from '../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { GoPackage } from '../../go/package.ts';
import type { DroppedStart } from './dropped-start.ts';

export function droppedFix(pkg: GoPackage, finding: DroppedStart): readonly SuggestedFix[] | FixRefusal {
  const { started, value, stop, exits, within } = finding;
  if (within) return refuse('whether the function that failed has ended it itself is not decided here');
  if (stop.type.params.length > 0) return refuse(`what to give \`${stop.name.name}\` is not decided here`);
  if (exits.some((exit) => pkg.parentOf(exit)?.kind !== 'BlockStmt' || sharesLine(pkg, exit)))
    return refuse('a return shares its line with other code');
  const call = `${value}.${stop.name.name}()`;
  const line = stop.type.results.length > 0 ? `_ = ${call}` : call;
  const file = pkg.fileOf(started);
  const edits = exits.map((exit) => insertBefore(file, exit, [line]));
  return [
    fixOf(file, `Call \`${call}\` before ${finding.fails ? 'the error is returned' : 'the function returns'}`, edits),
  ];
}

function sharesLine(pkg: GoPackage, exit: DroppedStart['exit']): boolean {
  const { lines, text } = pkg.fileOf(exit);
  return text.slice(lines.lineStart(lines.lineAt(exit.range.start)), exit.range.start).trim() !== '';
}
