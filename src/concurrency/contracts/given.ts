/** What a function is given by its callers. */
import type { FuncDecl } from '../../go/ast.ts';
import type { GoPackage, TypeInfo } from '../../go/package.ts';

/** The types of a function's receiver and parameters, as far as the package declares them. */
export function givenTo(pkg: GoPackage, { recv, type }: FuncDecl): readonly TypeInfo[] {
  return [...(recv ? [recv] : []), ...type.params].flatMap(
    (field) => pkg.typeInfoOf(pkg.typeOfTypeExpr(field.type)) ?? [],
  );
}
