/** Methods that give the goroutines of a type something to do. */
import type { FuncDecl } from '../../go/ast.ts';
import type { GoPackage, TypeInfo } from '../../go/package.ts';
import { isMethodOf } from './leading-methods.ts';
import type { Func, Services } from './services.ts';

/** The methods that send on a channel of the type from which one of the functions receives. */
export function feedersOf(
  pkg: GoPackage,
  type: TypeInfo,
  services: Services,
  receivers: ReadonlySet<Func | undefined>,
): readonly FuncDecl[] {
  return [...type.fields.values()].flatMap((field) => {
    const takes = ({ kind }: { readonly kind: string }) => kind === 'receive' || kind === 'range';
    if (!field.uses.some((use) => takes(use) && receivers.has(services.ownerOf(use.node)))) return [];
    const from = field.uses.find(
      ({ kind, func, inner }) =>
        kind === 'send' && func && !inner && isMethodOf(pkg, func, type) && services.startsOf(func).length === 0,
    );
    return from?.func ?? [];
  });
}
