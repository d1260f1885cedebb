/**
 * Results that a caller has to fetch: a goroutine of the type sends on a channel without room, from which only a method
 * receives that others call. Who has stopped the type has no reason to call that method again.
 */

import type { FuncDecl } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { FieldUse, GoPackage, TypeInfo } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { isPlainOperation, type OwnChannel } from './channels.ts';
import type { Contract } from './contract.ts';
import { isMethodOf, runsItself } from './leading-methods.ts';
import { constructorsOf } from './maker.ts';
import { type Services, startsOfUse } from './services.ts';
import { namedGoroutines, startersOf } from './starters.ts';
import { stopsOf } from './stops.ts';
import { unasked } from './unasked.ts';

/** The contract about the results in a channel, if it is such a channel and the type can be stopped. */
export function fetchedContracts(
  pkg: GoPackage,
  type: TypeInfo,
  services: Services,
  channel: OwnChannel,
): readonly Contract[] {
  const { capacity, closes, receives, ranges, sends } = channel;
  if (capacity !== 0 || closes.length > 0 || receives.length === 0 || ranges.length > 0) return [];
  const operations = sends.filter((use) => isPlainOperation(pkg, use) && isOwnGoroutine(pkg, type, services, use));
  const [stop] = stopsOf(pkg, type, services);
  if (operations.length === 0 || !stop || !receives.every((use) => isFetch(pkg, type, services, use, stop))) return [];
  const starts = operations.flatMap((use) => startsOfUse(services, use));
  const [made] = constructorsOf(pkg, type);
  const starters = startersOf(pkg, type, made, undefined, starts, services);
  if (!starters || starters.length === 0) return [];
  return [
    unasked({
      type,
      constructor: made,
      starters,
      stop,
      operations,
      goroutines: namedGoroutines(pkg, type, starts),
    }),
  ];
}

function isOwnGoroutine(pkg: GoPackage, type: TypeInfo, services: Services, use: FieldUse): boolean {
  const owner = services.ownerOf(use.node);
  return owner !== undefined && runsItself(pkg, type, services, owner);
}

/** A receive in an exported method that the package does not call: whoever has the value calls it when it likes. */
function isFetch(pkg: GoPackage, type: TypeInfo, services: Services, use: FieldUse, stop: FuncDecl): boolean {
  const owner = services.ownerOf(use.node);
  if (owner?.kind !== 'FuncDecl' || owner === stop || !isMethodOf(pkg, owner, type)) return false;
  return isExported(owner.name.name) && !services.isStarted(owner) && !isCalled(pkg, owner);
}

function isCalled(pkg: GoPackage, decl: FuncDecl): boolean {
  return pkg.callersOf(decl).some((call) => !isTestFile(pkg.fileOf(call).path));
}
