/** Ends what a field runs at the end of the type's stop method. */
import { fixOf, insertAfterLine, insertBefore, refuse, replaceNode } from '../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { FuncDecl, ReturnStmt } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { returnsOf } from '../ownership/error-returns.ts';
import type { UnstoppedField } from './unstopped-field.ts';

export function unstoppedFieldFix(pkg: GoPackage, finding: UnstoppedField): readonly SuggestedFix[] | FixRefusal {
  const { ending, field, stops, started } = finding;
  const [stop, ...others] = stops;
  const receiver = stop?.recv?.names[0]?.name;
  if (!stop?.body || !receiver || receiver === '_' || others.length > 0)
    return refuse('which stop method should end it is not decided here');
  if (ending.kind !== 'seen') return refuse('what the module returns from it is not in sight');
  const end = ending.running.stop;
  if (end.type.params.length > 0) return refuse(`what to give \`${end.name.name}\` is not decided here`);
  if (pkg.fileOf(started) !== stop.file) return refuse('the stop method is in another file');
  const exits = returnsOf(pkg, stop);
  const last = stop.body?.list.at(-1);
  if (exits.length > 1 || (exits.length === 1 && exits[0] !== last))
    return refuse('the stop method returns in several places');
  const call = `${receiver}.${field.name}.${end.name.name}()`;
  return [withCall(stop, exits[0], end.type.results.length > 0 ? `_ = ${call}` : call, call)];
}

function withCall(stop: FuncDecl, exit: ReturnStmt | undefined, line: string, call: string): SuggestedFix {
  const { file, body } = stop;
  const head = `\`${stop.name.name}\` calls \`${call}\``;
  const { startLine, endLine } = file.lines.linesOf(body?.range ?? stop.range);
  if (body && startLine === endLine) {
    const texts = body.list.map(({ range: { start, end } }) => file.text.slice(start, end));
    const lines = exit ? [...texts.slice(0, -1), line, ...texts.slice(-1)] : [...texts, line];
    return fixOf(file, head, [replaceNode(file, body, ['{', ...lines.map((each) => `\t${each}`), '}'])]);
  }
  if (exit) return fixOf(file, head, [insertBefore(file, exit, [line])]);
  const end = body?.list.at(-1)?.range.end ?? stop.range.start;
  return fixOf(file, head, [insertAfterLine(file, end, '\t', [line])]);
}
