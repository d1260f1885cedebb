/** Stop channels that a type was given: `stop <-chan struct{}`. Nobody here can close them, so somebody else does. */
import type { FieldInfo, GoPackage } from '../../go/package.ts';
import { isStopChannelName } from '../../go/stop-names.ts';

export function isGivenStop(pkg: GoPackage, { name, type }: FieldInfo): boolean {
  const of = pkg.underlying(type);
  if (of.kind !== 'chan' || of.dir !== 'recv' || !isStopChannelName(name)) return false;
  return of.elem.kind === 'struct' && of.elem.fields.length === 0;
}
