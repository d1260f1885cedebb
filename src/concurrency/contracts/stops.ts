/** The methods of a type that end its goroutines. */

import type { FuncDecl } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { GoPackage, TypeInfo } from '../../go/package.ts';
import { isStopName } from '../../go/stop-names.ts';
import { isTestFile } from '../../go/test-code.ts';
import type { Services } from './services.ts';

const cancelField = /cancel|stop|quit|shutdown/i;

/**
 * Methods with the name of an end, and methods that close a channel of the type from which one of its goroutines
 * receives, or call its cancel function. First those that do so, then those with such a name, exported ones before others.
 */
export function stopsOf(pkg: GoPackage, type: TypeInfo, services: Services): readonly FuncDecl[] {
  const methods = [...type.methods.values()].filter(
    (method) => !isTestFile(method.file.path) && !services.isStarted(method),
  );
  const named = methods.filter((method) => isStopName(method.name.name));
  const ending = new Set(endingMethods(pkg, type, services));
  const ends = (method: FuncDecl) => ending.has(method) || (named.includes(method) && callsOneOf(pkg, method, ending));
  const rank = (method: FuncDecl) =>
    (ends(method) ? 0 : 4) + (named.includes(method) ? 0 : 2) + (isExported(method.name.name) ? 0 : 1);
  return methods.filter((method) => named.includes(method) || ending.has(method)).sort((a, b) => rank(a) - rank(b));
}

function callsOneOf(pkg: GoPackage, method: FuncDecl, others: ReadonlySet<FuncDecl>): boolean {
  return [...others].some((other) => pkg.callersOf(other).some((call) => pkg.enclosing(call).func === method));
}

function endingMethods(pkg: GoPackage, type: TypeInfo, services: Services): readonly FuncDecl[] {
  return [...type.fields.values()].flatMap((field) => {
    const isChannel = pkg.underlying(field.type).kind === 'chan';
    const uses = field.uses.filter(
      (use) =>
        (isChannel &&
          use.kind === 'close' &&
          field.uses.some((other) => waits(other.kind) && inService(other.node, services))) ||
        (!isChannel && use.kind === 'call' && use.method === undefined && cancelField.test(field.name)),
    );
    return uses.flatMap((use) => (use.func && services.ownerOf(use.node) === use.func ? [use.func] : []));
  });
}

function waits(kind: string): boolean {
  return kind === 'receive' || kind === 'range';
}

function inService(node: Parameters<Services['ownerOf']>[0], services: Services): boolean {
  const owner = services.ownerOf(node);
  return owner !== undefined && services.startsOf(owner).length > 0;
}
