/** Stop channels that a type was given: `stop <-chan struct{}`. Nobody here can close them, so somebody else does. */
import type { FieldInfo, GoPackage } from '../../go/package.ts';

const stopNames = /^\w*(done|stop|quit|exit|clos(e|ed|ing)|cancel|abort|shutdown|kill|die|dying)\w*$/i;

export function isGivenStop(pkg: GoPackage, { name, type }: FieldInfo): boolean {
  const of = pkg.underlying(type);
  if (of.kind !== 'chan' || of.dir !== 'recv' || !stopNames.test(name)) return false;
  return of.elem.kind === 'struct' && of.elem.fields.length === 0;
}
