/** Making the channel where it is declared. */
import { fixOf, refuse } from '../../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../../analysis/diagnostic.ts';
import type { Pass } from '../../../analysis/rule.ts';
import type { ValueSpec } from '../../../go/ast.ts';
import { nodesAround } from '../operation.ts';
import type { Story } from '../story.ts';

export function makeFixes({ operation, site }: Story, { pkg }: Pass): readonly SuggestedFix[] | FixRefusal {
  const { target, name } = operation;
  const binding = target?.kind === 'Ident' ? pkg.bindingOf(target) : undefined;
  const spec = binding?.decl;
  if (spec?.kind !== 'ValueSpec' || !binding?.file) return refuse('the channel is not declared here');
  if (spec.names.length !== 1 || spec.values.length > 0 || spec.type?.kind !== 'ChanType')
    return refuse('the declaration is not of the form `var ch chan T`');
  const { file } = binding;
  const type = file.text.slice(spec.type.range.start, spec.type.range.end);
  const decl = nodesAround(file, spec.range).findLast((node) => node.kind === 'GenDecl');
  const alone =
    decl?.kind === 'GenDecl' &&
    decl.specs.length === 1 &&
    !file.text.slice(decl.range.start, spec.range.start).includes('(');
  if (!decl || !alone) return refuse('the channel is declared in a group');
  const newText = binding.global ? `var ${name} = make(${type})` : `${name} := make(${type})`;
  return [fixOf(file, `Make \`${name}\` where it is declared`, [{ range: decl.range, newText }])].filter(() =>
    declaredBefore(spec, site.range.start, binding.global),
  );
}

function declaredBefore(spec: ValueSpec, at: number, global: boolean): boolean {
  return global || spec.range.end <= at;
}
